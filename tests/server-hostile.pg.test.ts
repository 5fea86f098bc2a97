import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  inlineScript,
  launch,
  removeFolder,
  temporaryFolder,
  type ServerProcess,
} from './server-process.ts';

let folder: string;
let server: ServerProcess;
let address: string;
let host: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = launch(folder);
  address = await server.ready();
  host = new URL(address).host;
});
afterAll(async () => {
  await server.end();
  await removeFolder(folder);
});

/** Sends bytes as they are and returns everything that comes back until the server hangs up. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(address);
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('error', () => resolve(answer));
    socket.on('close', () => resolve(answer));
  });
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
const get = (target: string, name = host) =>
  raw(`GET ${target} HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);

describe('a request line', () => {
  it.each([
    '/%zz',
    '/%',
    '/%00',
    '/..%2f..%2fetc%2fpasswd',
    '/../../etc/passwd',
    '/_app/../../data/server-secret',
    '/%2e%2e/data/server-secret',
    '/a\\..\\b',
    '//evil.example/',
    'http://evil.example/',
    '*',
    '/%0d%0aX-Injected:%201',
  ])('for %s is answered 400', async (target) => {
    const answer = await get(target);
    expect(statusOf(answer)).toBe(400);
    expect(answer).not.toMatch(/^x-injected/im);
  });

  it.each([
    ['no request at all', '\0\0\0\0\r\n\r\n'],
    ['a handshake for TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    ],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a header with a line feed', 'GET / HTTP/1.1\r\nHost: x\r\nA\nB: c\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ])('with %s is answered 400', async (_, bytes) => {
    expect(statusOf(await raw(bytes))).toBe(400);
  });

  it('with more headers than anybody needs is answered 431', async () => {
    const answer = await raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(statusOf(answer)).toBe(431);
  });

  it('to make a tunnel gets none', async () => {
    expect(await raw('CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n')).toBe('');
  });
});

describe('a name that is not ours', () => {
  it.each(['evil.example', 'localhost', 'localhost:1', '127.0.0.1.evil.example', 'a@localhost'])(
    'such as %s is answered 421 on every path',
    async (name) => {
      for (const path of ['/', '/trpc/system.about', '/healthz', '/metrics', '/readyz']) {
        expect(statusOf(await get(path, name))).toBe(421);
      }
    },
  );

  it('beside our own is answered 400', async () => {
    const two = `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
    expect(statusOf(await raw(two))).toBe(400);
  });
});

describe('every answer', () => {
  it.each(['/', '/healthz', '/readyz', '/metrics', '/trpc/system.about', '/trpc/x', '/gone.js'])(
    'carries the headers that protect the page: %s',
    async (path) => {
      const { headers } = await fetch(address + path);
      const policy = headers.get('content-security-policy') ?? '';
      const hash = createHash('sha256').update(inlineScript).digest('base64');
      expect(policy).toContain(`script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}';`);
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  it('names the request by the id it came with, and so does the log', async () => {
    const id = 'from-a-proxy-0001';
    const { headers } = await fetch(`${address}/healthz?token=canary-5170`, {
      headers: { 'x-request-id': id },
    });
    expect(headers.get('x-request-id')).toBe(id);
    await expect.poll(() => server.errors()).toContain(`"requestId":"${id}"`);
    expect(server.errors()).not.toContain('canary-5170');
  });
});

describe('a call', () => {
  const own = { 'content-type': 'application/json', 'x-offing-client': 'test' };
  const post = (path: string, headers: Record<string, string>, body: string) =>
    fetch(`${address}/trpc/${path}`, { method: 'POST', headers, body });

  it('of a procedure that is not there says so by a stable code, and no more', async () => {
    const response = await fetch(`${address}/trpc/no.such`);
    expect(response.status).toBe(404);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      error: { message: 'server.procedure-unknown', data: { failure: 'server.procedure-unknown' } },
    });
    expect(text).not.toMatch(/stack|node_modules|\.ts/);
  });

  it.each(['__proto__', 'constructor', 'toString', 'system.__proto__', 'system.constructor'])(
    'of %s finds nothing',
    async (path) => {
      const response = await fetch(`${address}/trpc/${path}`);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('server.procedure-unknown');
    },
  );

  it.each([
    ['another site', { ...own, origin: 'http://evil.example' }, 403],
    ['a form', { ...own, 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a form with files', { ...own, 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['an image or a plain form', { 'content-type': 'text/plain' }, 403],
  ])('from %s is refused', async (_, headers: Record<string, string>, status) => {
    const response = await post('system.about', headers, '{}');
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { data: { httpStatus: status } } });
  });

  it('with a body beyond the limit is refused, announced or not', async () => {
    const head = `POST /trpc/system.about HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Type: application/json\r\nX-Offing-Client: test\r\n`;
    expect(statusOf(await raw(`${head}Content-Length: 2000000\r\n\r\n{`))).toBe(413);
    const chunk = `${(1_100_000).toString(16)}\r\n${' '.repeat(1_100_000)}\r\n0\r\n\r\n`;
    const unannounced = await raw(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`);
    expect([405, 413]).toContain(statusOf(unannounced));
  });

  it('that holds more calls than ten is refused whole', async () => {
    const batch = (count: number) =>
      fetch(`${address}/trpc/${Array(count).fill('system.about').join(',')}?batch=1&input={}`);
    expect((await batch(10)).status).toBe(200);
    const response = await batch(11);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('server.request-invalid');
  });

  it.each(['{', '[[[[', '"\\ud800"', '{"0":{"__proto__":{"x":1}}}', '1e999'])(
    'with the input %s does not shake the server',
    async (input) => {
      const query = `?input=${encodeURIComponent(input)}`;
      const response = await fetch(`${address}/trpc/system.about${query}`);
      expect(await response.text()).not.toMatch(/stack|node_modules/);
      expect((await fetch(`${address}/readyz`)).status).toBe(200);
    },
  );
});

it('outlives a crowd that hangs up in the middle', async () => {
  const { hostname, port } = new URL(address);
  const pieces = ['G', 'GET /', `GET / HTTP/1.1\r\nHost: ${host}\r\n`, `POST /trpc/x HTTP/1.1\r\n`];
  await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const socket = connect(Number(port), hostname);
      await new Promise((resolve) => {
        socket.once('connect', () => socket.write(pieces[index % pieces.length]!, resolve));
        socket.once('error', resolve);
      });
      socket.resetAndDestroy();
    }),
  );
  expect((await fetch(`${address}/readyz`)).status).toBe(200);
  expect(server.child.exitCode).toBeNull();
});
