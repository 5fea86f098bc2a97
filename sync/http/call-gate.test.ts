import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientHeader, gateCall, longestBodyBytes } from './call-gate.ts';
import { serverOrigins } from './origins.ts';

const origins = serverOrigins({
  scheme: 'http',
  host: '127.0.0.1',
  port: 5170,
  publicOrigin: null,
});
const gate = (method: string, headers: Record<string, string>) =>
  gateCall({ method, headers }, origins);

const own = {
  origin: 'http://localhost:5170',
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/json',
  [clientHeader]: 'web',
};

describe('the gate before the procedures', () => {
  it('lets our own pages through', () => {
    expect(gate('POST', own)).toBeNull();
    expect(gate('GET', { 'sec-fetch-site': 'same-origin' })).toBeNull();
  });

  it('lets a program through that says what it is', () => {
    const program = { 'content-type': 'application/json; charset=utf-8', [clientHeader]: 'script' };
    expect(gate('POST', program)).toBeNull();
    expect(gate('GET', {})).toBeNull();
  });

  it('refuses to answer in parts, since a session begun in one would have no cookie', () => {
    expect(gate('POST', { ...own, 'trpc-accept': 'application/jsonl' })?.status).toBe(400);
    expect(gate('GET', { 'trpc-accept': 'application/jsonl' })?.status).toBe(400);
    expect(gate('POST', { ...own, accept: 'text/html, application/jsonl' })?.status).toBe(400);
  });

  it.each([
    ['another origin', { ...own, origin: 'http://evil.example' }],
    ['the same host on another port', { ...own, origin: 'http://localhost:9' }],
    ['a sandboxed frame', { ...own, origin: 'null' }],
    ['a cross-site request', { ...own, 'sec-fetch-site': 'cross-site' }],
    ['a sibling site', { ...own, 'sec-fetch-site': 'same-site' }],
  ])('refuses %s, reading or writing', (_, headers) => {
    expect(gate('POST', headers)).toMatchObject({ status: 403, code: 'server.origin-refused' });
    expect(gate('GET', headers)).toMatchObject({ status: 403 });
  });

  it('refuses a change without the client header', () => {
    const without = Object.entries(own).filter(([name]) => name !== clientHeader);
    expect(gate('POST', Object.fromEntries(without))).toMatchObject({ status: 403 });
  });

  it('refuses every body that is not JSON', () => {
    const types = fc.oneof(
      fc.constantFrom(
        'multipart/form-data; boundary=x',
        'application/x-www-form-urlencoded',
        'text/plain',
        'text/plain; application/json',
        'application/jsonp',
        'application/json, text/plain',
        'application/octet-stream',
        '',
      ),
      fc.string().filter((text) => !/^application\/json/i.test(text)),
    );
    fc.assert(
      fc.property(types, (type) => {
        expect(gate('POST', { ...own, 'content-type': type })?.status).toBe(415);
      }),
    );
  });

  it('takes a body packed with gzip and in no other way', () => {
    const packed = (encoding: string) => gate('POST', { ...own, 'content-encoding': encoding });
    for (const encoding of ['gzip', 'identity']) expect(packed(encoding)).toBeNull();
    for (const encoding of ['br', 'deflate', 'gzip, gzip', 'x-gzip', 'GZIP', '']) {
      expect(packed(encoding)).toMatchObject({ status: 415, code: 'server.request-invalid' });
    }
  });

  it('refuses a body that announces more than is read', () => {
    const length = String(longestBodyBytes + 1);
    expect(gate('POST', { ...own, 'content-length': length })).toMatchObject({ status: 413 });
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE'])('refuses %s', (method) => {
    expect(gate(method, own)).toMatchObject({ status: 405 });
  });
});
