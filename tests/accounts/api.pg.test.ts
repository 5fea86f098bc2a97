import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tokenScopes, type TokenScope } from '../../core/identity/token-scopes.ts';
import { describeApi, refusalShape } from '../../sync/http/api-document.ts';
import { apiRoutes, type ApiRoute } from '../../sync/http/api-routes.ts';
import { longestBodyBytes } from '../../sync/http/call-gate.ts';
import { appRouter } from '../../sync/router.ts';
import { readApi } from '../../web/routes/api-reference/api-description.ts';
import { exampleText } from '../../web/routes/api-reference/call-examples.ts';
import { openInstallation, trader, type Installation } from './installation.ts';
import { callApi, makeToken, type ApiCall } from './programs.ts';
import type { Visitor } from './visitor.ts';

const routes = apiRoutes();
const guarded = routes.filter(({ needs }) => needs.scope !== undefined);

let at: Installation;
let who: Visitor;
let email: string;
let userId: string;
const tokens = new Map<TokenScope, string>();
let everything: string;

beforeAll(async () => {
  at = await openInstallation();
  ({ who, email, userId } = await trader(at));
  for (const scope of tokenScopes) tokens.set(scope, await makeToken(who, [scope]));
  everything = await makeToken(who, tokenScopes);
});
afterAll(() => at.close());

const call = (method: string, path: string, how?: ApiCall) =>
  callApi(at.address, method, path, how);

/** What the operations with a body are sent. */
const bodies: Readonly<Record<string, unknown>> = {
  'account.updateProfile': { displayName: 'Ada' },
  'account.putSettings': { value: { theme: 'dark' }, changedMs: 5 },
};
const callRoute = ({ method, path, procedure }: ApiRoute, token?: string) =>
  call(method, path, {
    ...(token === undefined ? {} : { token }),
    ...(procedure in bodies ? { body: bodies[procedure] } : {}),
  });

interface Answering {
  readonly _def: { readonly output: z.ZodType };
}
const outputOf = ({ procedure }: ApiRoute): z.ZodType => {
  const procedures = appRouter._def.procedures as unknown as Record<string, Answering>;
  return procedures[procedure]!._def.output;
};

describe('an operation of the API', () => {
  it.each(routes)('$method $path answers as described with its scope alone', async (route) => {
    const { scope } = route.needs;
    const { status, json, headers } = await callRoute(route, scope && tokens.get(scope));
    expect({ status, json }).toMatchObject({ status: 200 });
    expect(outputOf(route).parse(json)).toEqual(json);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBeNull();
  });

  it.each(guarded)('$method $path refuses every other scope', async (route) => {
    const others = tokenScopes.filter((scope) => scope !== route.needs.scope);
    for (const scope of others) {
      const answer = await callRoute(route, tokens.get(scope));
      expect(answer).toMatchObject({ status: 403, failure: 'auth.not-allowed' });
    }
  });

  it.each(guarded)('$method $path refuses who has no token, or a wrong one', async (route) => {
    const wrong = everything.slice(0, -1) + (everything.endsWith('A') ? 'B' : 'A');
    for (const token of [undefined, wrong, 'offing_', 'x', everything.slice('offing_'.length)]) {
      const answer = await callRoute(route, token);
      expect(answer).toMatchObject({ status: 401, failure: 'auth.sign-in-needed' });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('works for the account of its token', async () => {
    const { json } = await call('GET', '/profile', { token: everything });
    expect(json).toMatchObject({ email, displayName: 'Ada', role: 'trader' });
    await call('PUT', '/settings', {
      token: everything,
      body: { value: { theme: 'light' }, changedMs: 9 },
    });
    expect(await who.get('account.settings')).toEqual({
      settings: { value: { theme: 'light' }, changedMs: 9 },
    });
  });

  it('gives the trail in pages', async () => {
    const page = async (query: string) => {
      const { json } = await call('GET', `/audit${query}`, { token: everything });
      return json as { entries: { seq: number }[]; nextBeforeSeq: number | null };
    };
    const whole = await page('');
    const first = await page('?limit=2');
    const second = await page(`?limit=2&beforeSeq=${first.nextBeforeSeq}`);
    expect([...first.entries, ...second.entries]).toEqual(whole.entries.slice(0, 4));
    expect(whole.nextBeforeSeq).toBeNull();
  });

  it('believes no session cookie', async () => {
    const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect(cookie).not.toBe('');
    const answer = await call('GET', '/profile', { headers: { cookie } });
    expect(answer).toMatchObject({ status: 401, failure: 'auth.sign-in-needed' });
  });

  it('is refused as soon as its token was ended, or is too old', async () => {
    const ended = await makeToken(who, ['profile:read']);
    const old = await makeToken(who, ['profile:read']);
    for (const token of [ended, old]) {
      expect(await call('GET', '/profile', { token })).toMatchObject({ status: 200 });
    }
    const { tokens: list } = await who.get<{ tokens: { tokenId: string }[] }>('security.tokens');
    await who.post('security.revokeToken', { tokenId: list[1]!.tokenId });
    await at.sql`update api_tokens set expires_ms = 1
      where user_id = ${userId} and token_id = ${list[0]!.tokenId}`;
    for (const token of [ended, old]) {
      expect(await call('GET', '/profile', { token })).toMatchObject({ status: 401 });
    }
  });
});

describe('the description', () => {
  it('is there for everybody, by GET and by its head', async () => {
    const { status, json } = await call('GET', '/openapi.json');
    expect(status).toBe(200);
    expect(json).toEqual(JSON.parse(JSON.stringify(describeApi())));
    expect(await call('HEAD', '/openapi.json')).toMatchObject({ status: 200, text: '' });
  });
});

describe('what is no call', () => {
  const settings = { value: {}, changedMs: 1 };
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

  it.each<[string, number, string, string, string, ApiCall]>([
    ['an unknown path', 404, 'server.procedure-unknown', 'GET', '/nothing', {}],
    ['a procedure outside the API', 404, 'server.procedure-unknown', 'GET', '/auth/me', {}],
    ['a name of every object', 404, 'server.procedure-unknown', 'GET', '/__proto__', {}],
    ['another method', 405, 'server.request-invalid', 'DELETE', '/profile', {}],
    ['a method of no path', 405, 'server.request-invalid', 'POST', '/openapi.json', { text: '{}' }],
    ['a body that breaks off', 400, 'server.request-invalid', 'PATCH', '/profile', { text: '{' }],
    ['an empty body', 400, 'server.request-invalid', 'PATCH', '/profile', { text: '' }],
    ['no object', 400, 'server.request-invalid', 'PATCH', '/profile', { text: '[1]' }],
    ['null', 400, 'server.request-invalid', 'PATCH', '/profile', { text: 'null' }],
    [
      'bytes that are no text',
      400,
      'server.request-invalid',
      'PATCH',
      '/profile',
      { text: Uint8Array.of(34, 255, 34) },
    ],
    [
      'a deep nest',
      400,
      'server.request-invalid',
      'PUT',
      '/settings',
      { text: `{"changedMs":1,"value":{"a":${deep}}}` },
    ],
    [
      'a form',
      415,
      'server.request-invalid',
      'PATCH',
      '/profile',
      { text: 'displayName=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    [
      'plain text',
      415,
      'server.request-invalid',
      'PATCH',
      '/profile',
      { text: '{"displayName":"x"}', headers: { 'content-type': 'text/plain' } },
    ],
    [
      'a compressed body',
      415,
      'server.request-invalid',
      'PATCH',
      '/profile',
      { text: '{}', headers: { 'content-encoding': 'gzip' } },
    ],
    [
      'more than is known',
      400,
      'server.request-invalid',
      'PATCH',
      '/profile',
      { body: { displayName: 'x', role: 'admin' } },
    ],
    [
      'a number as text',
      400,
      'server.request-invalid',
      'PUT',
      '/settings',
      { body: { ...settings, changedMs: '1' } },
    ],
    ['an unknown query', 400, 'server.request-invalid', 'GET', '/audit?user=1', {}],
    ['a query where none is taken', 400, 'server.request-invalid', 'GET', '/profile?all=1', {}],
    ['a value given twice', 400, 'server.request-invalid', 'GET', '/audit?limit=1&limit=2', {}],
    ['a limit beyond the most', 400, 'server.request-invalid', 'GET', '/audit?limit=201', {}],
  ])('as %s is refused with %d %s', async (_, status, failure, method, path, how) => {
    const answer = await call(method, path, { token: everything, ...how });
    expect(answer).toMatchObject({ status, failure });
    expect(z.strictObject(refusalShape.shape).parse(answer.json)).toEqual(answer.json);
    expect(answer.text).not.toMatch(/node_modules|\.ts\b|at \w+ \(|select |stack/i);
  });

  it('is told where its input is wrong', async () => {
    const { json } = await call('PUT', '/settings', {
      token: everything,
      body: { value: {}, changedMs: -1 },
    });
    const { issues } = refusalShape.parse(json).error.data;
    expect(issues).toEqual([expect.objectContaining({ path: 'changedMs', code: 'too_small' })]);
  });

  it('says which methods a path takes, and lets no page of another site ask', async () => {
    const headers = { origin: 'http://evil.example', 'access-control-request-method': 'PATCH' };
    const answer = await call('OPTIONS', '/profile', { headers });
    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(answer.headers.get('allow')).toBe('GET, PATCH, HEAD, OPTIONS');
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-'))).toEqual([]);
    expect((await call('DELETE', '/profile')).headers.get('allow')).toBe(
      answer.headers.get('allow'),
    );
  });

  it('gets the head alone where it asks for that', async () => {
    const answer = await call('HEAD', '/profile', { token: everything });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(await call('HEAD', '/profile')).toMatchObject({ status: 401, text: '' });
  });

  it('as another name of the path is not found', async () => {
    for (const path of ['/PROFILE', '/profile/', '//profile', '/pro%66ile']) {
      expect(await call('GET', path, { token: everything })).toMatchObject({ status: 404 });
    }
    for (const path of ['/api', '/api/', '/api/v1', '/api/v2/profile']) {
      expect((await fetch(at.address + path)).status).toBe(404);
    }
  });

  it('reads no body beyond the most, announced or in chunks', async () => {
    expect(await bodyOf({ announced: longestBodyBytes + 1 })).toBe(413);
    expect(await bodyOf({ chunks: longestBodyBytes + 1 })).toBe(413);
    // What is just short enough is read, and then refused for what it says.
    expect(await bodyOf({ chunks: longestBodyBytes })).toBe(400);
  });

  it('does not make the shapes of inputs lenient for the pages', async () => {
    await call('PUT', '/settings', { token: everything, body: settings });
    const answer = await who.try('POST', 'account.putSettings', { value: {}, changedMs: '1' });
    expect(answer).toMatchObject({ status: 400, failure: 'server.request-invalid' });
  });
});

/** The status for a body of spaces, or for one that is announced and never comes. */
function bodyOf(size: { announced: number } | { chunks: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${at.address}/api/v1/profile`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${everything}`,
        'content-type': 'application/json',
        ...('announced' in size ? { 'content-length': size.announced } : {}),
      },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
      sent.destroy();
    });
    if ('announced' in size) return sent.flushHeaders();
    sent.write(Buffer.alloc(size.chunks - 1, ' '));
    sent.end(' ');
  });
}

describe('the examples of the documentation', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
  const blocks = (language: string) =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(
      ([, block]) => block!,
    );
  /** What a program prints that is given the server and a token as the page says. */
  const printed = async (program: string, flags: readonly string[]) => {
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, OFFING_ADDRESS: at.address, OFFING_TOKEN: everything };
    return (await promisify(execFile)(program, [...flags], { env })).stdout;
  };
  const words = () => `${email} is a trader\n`;

  it('in JavaScript print what they say', async () => {
    const [first, ...others] = blocks('js');
    expect(others).toHaveLength(2);
    const program = [first, ...others].join('\n');
    const lines = await printed(process.execPath, ['--input-type=module', '--eval', program]);
    expect(lines.startsWith(words())).toBe(true);
    const { entries } = await who.get<{ entries: number }>('security.verifyAudit');
    expect(lines).toContain(`${entries} entries, oldest first: account.created`);
    expect(lines).toContain('Kept: {"theme":"dark"}');
  });

  it('in Python print the same, where there is one', async () => {
    const [program] = blocks('python');
    expect(program).toContain('OFFING_TOKEN');
    if (spawnSync('python3', ['--version']).status !== 0) return console.log('No python3 here.');
    expect(await printed('python3', ['-c', program!])).toBe(words());
  });

  it('on the page about the API run as they stand', async () => {
    const { json } = await call('GET', '/openapi.json');
    const shown = readApi(json).flatMap(({ operations }) => operations);
    const parts = shown.map((operation) => exampleText('javascript', operation, at.address));
    const program = parts.map((part) => `{\n${part}\nconsole.log(response.status);\n}`).join('\n');
    const token = 'const token = process.env.OFFING_TOKEN;';
    const flags = ['--input-type=module', '--eval', `${token}\n${program}`];
    expect((await printed(process.execPath, flags)).trim().split('\n')).toEqual(
      routes.map(() => '200'),
    );
  });

  it('on the command line are written for the operations there are', () => {
    const called = blocks('sh').flatMap((block) => [...block.matchAll(/\/api\/v1(\/[a-z/.]+)/g)]);
    expect(called.length).toBeGreaterThan(0);
    const paths = [...routes.map(({ path }) => path), '/openapi.json'];
    for (const [, path] of called) expect(paths).toContain(path);
  });
});

describe('a program that calls too often', () => {
  it('is told with 429 how long to wait, for that operation alone', async () => {
    await at.restart({ OFFING_LIMITS: 'data=2/100' });
    await at.sql`delete from rate_limits`;
    const ask = (path: string) => call('GET', path, { token: everything });
    expect([(await ask('/profile')).status, (await ask('/profile')).status]).toEqual([200, 200]);
    const refused = await ask('/profile');
    expect(refused).toMatchObject({ status: 429, failure: 'limits.too-many-calls' });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    const { figures } = refusalShape.parse(refused.json).error.data;
    expect(Math.ceil(Number(figures?.['retryAfterMs']) / 1000)).toBe(seconds);
    expect(await ask('/settings')).toMatchObject({ status: 200 });
  });
});
