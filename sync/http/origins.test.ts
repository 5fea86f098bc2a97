import { describe, expect, it } from 'vitest';
import { serverOrigins } from './origins.ts';

const local = serverOrigins({
  scheme: 'http',
  host: '127.0.0.1',
  port: 5170,
  publicOrigin: null,
});

describe('the names a server answers to', () => {
  it('are those of this machine with the port', () => {
    for (const host of ['localhost:5170', '127.0.0.1:5170', '[::1]:5170', 'LOCALHOST:5170']) {
      expect(local.servesHost(host)).toBe(true);
    }
  });

  it('are no others: another name, port, or none at all', () => {
    const strangers = [
      'evil.example',
      'evil.example:5170',
      'localhost',
      'localhost:5171',
      'localhost:5170.evil.example',
      '127.0.0.1.evil.example:5170',
      '',
      undefined,
    ];
    for (const host of strangers) expect(local.servesHost(host)).toBe(false);
  });

  it('include the public one, with or without the port of its scheme', () => {
    const behindProxy = serverOrigins({
      scheme: 'http',
      host: '0.0.0.0',
      port: 5170,
      publicOrigin: 'https://offing.example',
    });
    expect(behindProxy.address).toBe('https://offing.example');
    expect(behindProxy.servesHost('offing.example')).toBe(true);
    expect(behindProxy.servesHost('offing.example:443')).toBe(true);
    expect(behindProxy.servesHost('offing.example:80')).toBe(false);
    expect(behindProxy.servesHost('0.0.0.0:5170')).toBe(false);
    expect(behindProxy.isOwn('https://offing.example')).toBe(true);
    expect(behindProxy.isOwn('http://offing.example')).toBe(false);
  });

  it('print this machine by its name, which passkeys need, and others by their address', () => {
    expect(local.address).toBe('http://localhost:5170');
    const one = serverOrigins({ scheme: 'https', host: '::1', port: 443, publicOrigin: null });
    expect(one.address).toBe('https://localhost');
    expect(one.servesHost('[::1]')).toBe(true);
    const six = serverOrigins({
      scheme: 'https',
      host: '2001:db8::7',
      port: 443,
      publicOrigin: null,
    });
    expect(six.address).toBe('https://[2001:db8::7]');
    expect(six.servesHost('[2001:db8::7]')).toBe(true);
  });

  it('do not include the opaque origin of a sandboxed frame', () => {
    expect(local.isOwn('null')).toBe(false);
    expect(local.isOwn('http://localhost:5170')).toBe(true);
  });
});
