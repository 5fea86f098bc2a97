/** A server that people reach over https through a proxy, as its answers look from outside. */
import { once } from 'node:events';
import { request, type IncomingHttpHeaders } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInstallation, password, type Installation } from '../accounts/installation.ts';

const publicName = 'offing.example';
const email = 'harbour@offing.example';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let at: Installation;
let port: number;

beforeAll(async () => {
  port = await freePort();
  at = await openInstallation({
    OFFING_PUBLIC_URL: `https://${publicName}`,
    OFFING_PROXIES: '127.0.0.1',
    PORT: `${port}`,
  });
});
afterAll(() => at?.close());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}

/** As the proxy passes it on; `fetch` would put its own name in the place of ours. */
function ask(
  method: string,
  path: string,
  given: { readonly headers?: Record<string, string>; readonly input?: unknown } = {},
): Promise<Answer> {
  const { headers = {}, input } = given;
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, method, headers: { host: publicName, ...headers } });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (body += text));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    sent.end(input === undefined ? undefined : JSON.stringify(input));
  });
}

const own = { 'content-type': 'application/json', 'x-offing-client': 'test' };
const call = (path: string, input: unknown, headers: Record<string, string> = {}) =>
  ask('POST', `/trpc/${path}`, { headers: { ...own, ...headers }, input });

async function signIn(): Promise<Answer> {
  const answer = await call('auth.signIn', { email, password });
  expect(answer.status).toBe(200);
  return answer;
}
const cookieOf = ({ headers }: Answer) =>
  (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');

const paths = [
  '/',
  '/no/such/page',
  '/gone.js',
  '/_app/version.json',
  '/healthz',
  '/readyz',
  '/metrics',
  '/trpc/auth.me',
  '/trpc/no.such',
  '/api/v1/openapi.json',
  '/api/v1/profile',
  '/api/v1/no-such',
];

it('a new installation has no account at all', async () => {
  expect(await at.sql`select from users`).toHaveLength(0);
});

describe('every answer', () => {
  it.each(paths)('asks browsers to stay encrypted for a year or more: %s', async (path) => {
    for (const host of [publicName, 'evil.example']) {
      const { headers } = await ask('GET', path, { headers: { host } });
      const [age, ...rest] = (headers['strict-transport-security'] ?? '').split('; ');
      expect(Number(age?.replace('max-age=', ''))).toBeGreaterThanOrEqual(31_536_000);
      expect(rest).toContain('includeSubDomains');
    }
  });

  it.each(paths)('leads nowhere else and lets no other site read it: %s', async (path) => {
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
      const { status, headers } = await ask(method, path, {
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      });
      expect(status < 300 || status >= 400).toBe(true);
      expect(headers.location).toBeUndefined();
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it.each(paths)(
    'is shown in no frame, and tells no other site where one was: %s',
    async (path) => {
      for (const host of [publicName, 'evil.example']) {
        const { headers } = await ask('GET', path, { headers: { host } });
        expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
        expect(headers['referrer-policy']).toBe('same-origin');
      }
    },
  );

  it.each(paths)('lets neither plug-ins nor scripts of others into a page: %s', async (path) => {
    const policy = (await ask('GET', path)).headers['content-security-policy'] as string;
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1]?.split(' ') ?? [];
    const own = /^('self'|'wasm-unsafe-eval'|'sha256-[A-Za-z0-9+/=]{44}')$/;
    expect(scripts).not.toEqual([]);
    expect(scripts.filter((source) => !own.test(source))).toEqual([]);
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("base-uri 'none'");
  });

  it.each(paths)('to TRACE is a refusal that repeats nothing: %s', async (path) => {
    const { status, body } = await ask('TRACE', path, { headers: { cookie: 'canary-5170=1' } });
    expect([404, 405]).toContain(status);
    expect(body).not.toContain('canary-5170');
  });

  it.each(paths.filter((path) => !path.startsWith('/_app/')))(
    'says what it is and in which characters it is written: %s',
    async (path) => {
      const { headers, body } = await ask('GET', path);
      const type = headers['content-type'] ?? '';
      // JSON is UTF-8 by its own definition.
      expect(type).toMatch(/^application\/json(; charset=utf-8)?$|; ?charset=utf-8$/);
      expect(type.startsWith('application/json')).toBe(/^[{[]/.test(body));
    },
  );
});

describe('the cookies', () => {
  beforeAll(async () => {
    expect((await call('auth.signUp', { email, password })).status).toBe(200);
  });

  it('belong to this very host, stay encrypted, out of scripts and out of other sites', async () => {
    const { headers, body } = await signIn();
    const lines = headers['set-cookie'] ?? [];
    expect(lines.map((line) => line.split('=')[0]).sort()).toEqual([
      '__Host-offing',
      '__Host-offing-device',
    ]);
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split('; ');
      expect(attributes).toEqual(
        expect.arrayContaining(['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/']),
      );
      expect(line).not.toMatch(/domain=/i);
      // Nothing but the cookie carries the token.
      expect(body).not.toContain(pair.slice(pair.indexOf('=') + 1));
    }
  });

  it('under the names of a plain connection sign nobody in', async () => {
    const plain = cookieOf(await signIn()).replaceAll('__Host-', '');
    const { body } = await ask('GET', '/trpc/auth.me', { headers: { cookie: plain } });
    expect(JSON.parse(body)).toEqual({ result: { data: { account: null } } });
  });

  it('bring answers that no cache keeps, in the browser or before it', async () => {
    const cookie = cookieOf(await signIn());
    for (const path of ['auth.me', 'account.profile', 'security.sessions', 'security.audit']) {
      const input = path === 'security.audit' ? '?input={}' : '';
      const answer = await ask('GET', `/trpc/${path}${input}`, { headers: { cookie } });
      expect(answer.status).toBe(200);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('count a parameter that is given twice once, the first time', async () => {
    const headers = { cookie: cookieOf(await signIn()) };
    const input = (limit: number) => `input=${encodeURIComponent(JSON.stringify({ limit }))}`;
    const twice = `/trpc/security.audit?${input(1)}&${input(2)}`;
    const { body } = await ask('GET', twice, { headers });
    const { result } = JSON.parse(body) as { result: { data: { entries: unknown[] } } };
    expect(result.data.entries).toHaveLength(1);
  });

  it('open the account however old its password is', async () => {
    await at.sql`update users set password_changed_ms = 0, created_ms = 0`;
    const { body } = await signIn();
    expect(JSON.parse(body)).toEqual({ result: { data: { state: 'signed-in' } } });
  });
});

describe('what was refused stands in the log', () => {
  it.each([
    ['a name that is not ours', 421, '/prices', { host: 'evil.example' }, undefined],
    ['another site', 403, '/trpc/auth.signIn', { ...own, origin: 'https://evil.example' }, {}],
    ['a form', 415, '/trpc/auth.signIn', { ...own, 'content-type': 'text/plain' }, {}],
    ['an input of another shape', 400, '/trpc/auth.signIn', own, { email: 7 }],
    ['a wrong password', 401, '/trpc/auth.signIn', own, { email, password: 'not-the-password' }],
    ['nobody', 401, '/trpc/account.export', own, {}],
  ] as const)('with when, from where and what: %s', async (_, status, path, headers, input) => {
    const id = `refused-${status}-${path.length}`;
    const answer = await ask(input === undefined ? 'GET' : 'POST', path, {
      headers: { ...headers, 'x-request-id': id },
      input,
    });
    const line = () =>
      at.server
        .errors()
        .split('\n')
        .find((text) => text.includes(`"requestId":"${id}"`) && text.includes('"client"'));
    await expect.poll(line).toBeDefined();
    expect(JSON.parse(line() ?? '')).toMatchObject({
      atMs: expect.any(Number),
      method: input === undefined ? 'GET' : 'POST',
      path,
      status: answer.status,
      client: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
    expect(answer.status).toBe(status);
  });
});

it('from where in the log is what the proxy says, for each that comes through it', async () => {
  const clientOf = async (address: string, turn: number) => {
    const id = `forwarded-${turn}`;
    await ask('GET', '/healthz', { headers: { 'x-forwarded-for': address, 'x-request-id': id } });
    const client = () =>
      new RegExp(`"requestId":"${id}".*"client":"([0-9a-f]+)"`).exec(at.server.errors())?.[1];
    await expect.poll(client).toBeDefined();
    return client();
  };
  const first = await clientOf('203.0.113.1', 1);
  expect(await clientOf('203.0.113.2', 2)).not.toBe(first);
  expect(await clientOf('203.0.113.1', 3)).toBe(first);
});

it('how mails look is shown nowhere unless that is asked for', async () => {
  const { body } = await ask('GET', '/mail-preview/', { headers: { host: `localhost:${port}` } });
  expect(body).not.toContain('iframe');
});
