/** Calls as other sites, broken programs and attackers make them: refused, and nothing told. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { longestBodyBytes } from '../../sync/http/call-gate.ts';
import { fixtures } from './fixtures.ts';
import {
  bombs,
  deceivingNames,
  foreignCalls,
  hostileNumbers,
  hostileTexts,
  ownHeaders,
  strangeSessions,
  strangeTokens,
} from './hostile-corpus.ts';
import { openInstallation, password, type Installation } from './installation.ts';
import { openPeople, type People, type Person } from './people.ts';
import { procedures } from './procedures.ts';
import { rowsOf } from './snapshot.ts';
import type { Visitor } from './visitor.ts';

let at: Installation;
let people: People;
let owner: Person;
let who: Visitor;
let session: string;

beforeAll(async () => {
  at = await openInstallation();
  people = await openPeople(at);
});
afterAll(async () => {
  await people?.close();
  await at?.close();
});

async function somebody(): Promise<void> {
  owner = await people.person();
  who = await owner.signedIn();
  session = `offing=${who.cookies.get('offing')}`;
}

const inside = /stack|node_modules|\.ts\b|drizzle|select |insert |syntax error|\/sync\//i;

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly failure: string | undefined;
}

/** Whatever is answered, it tells nothing of the inside. */
async function call(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${at.address}/trpc/${path}`, init);
  const text = await response.text();
  expect(text).not.toMatch(inside);
  return { status: response.status, text, failure: /"failure":"([^"]+)"/.exec(text)?.[1] };
}

const post = (path: string, body: BodyInit, headers: Record<string, string> = ownHeaders) =>
  call(path, { method: 'POST', headers: { cookie: session, ...headers }, body });
const get = (path: string, input: string) =>
  call(`${path}?input=${encodeURIComponent(input)}`, { headers: { cookie: session } });

describe('CSRF: a change asked for by another site', () => {
  const mutations = procedures.filter(({ method }) => method === 'POST').map(({ path }) => path);
  beforeAll(somebody);

  it.each(foreignCalls().map((foreign) => [foreign.by, foreign] as const))(
    'from %s reaches no procedure',
    async (_, { headers, body }) => {
      const before = await rowsOf(at.sql);
      for (const path of mutations) {
        const answer = await post(path, body, headers);
        expect([403, 415]).toContain(answer.status);
        expect(['server.origin-refused', 'server.request-invalid']).toContain(answer.failure);
      }
      expect(await rowsOf(at.sql)).toEqual(before);
    },
  );

  it('is not made by a link either: no change is a GET', async () => {
    const before = await rowsOf(at.sql);
    for (const path of mutations) {
      const answer = await call(`${path}?input={}`, { headers: { cookie: session } });
      expect([404, 405]).toContain(answer.status);
    }
    expect(await rowsOf(at.sql)).toEqual(before);
  });

  it('is made for our own page', async () => {
    const headers = { ...ownHeaders, origin: at.address, 'sec-fetch-site': 'same-origin' };
    const input = JSON.stringify({ displayName: 'Own page' });
    expect((await post('account.updateProfile', input, headers)).status).toBe(200);
  });

  it('cannot even be read about by that site', async () => {
    const headers = { cookie: session, origin: 'http://evil.example' };
    expect((await call('account.profile', { headers })).status).toBe(403);
    const asked = { ...headers, 'access-control-request-method': 'PATCH' };
    const response = await fetch(`${at.address}/api/v1/profile`, {
      method: 'OPTIONS',
      headers: asked,
    });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('batch bypass: calls in one request', () => {
  beforeAll(somebody);
  const batch = (paths: readonly string[], inputs: object) =>
    call(`${paths.join(',')}?batch=1`, {
      method: 'POST',
      headers: ownHeaders,
      body: JSON.stringify(inputs),
    });
  interface BatchAnswer {
    readonly result?: { readonly data: unknown };
    readonly error?: { readonly data: { readonly failure: string } };
  }
  const answersIn = (text: string) => JSON.parse(text) as readonly BatchAnswer[];

  it('are refused one by one: an open one opens nothing beside it', async () => {
    const before = await rowsOf(at.sql);
    const paths = ['security.revokeOthers', 'account.export', 'auth.signOut'];
    const answers = answersIn((await batch(paths, {})).text);
    const failures = answers.map(({ error }) => error?.data.failure);
    expect(failures).toEqual(['auth.sign-in-needed', 'auth.sign-in-needed', undefined]);
    expect(await rowsOf(at.sql)).toEqual(before);
  });

  it('show a stranger nothing of those that need an account', async () => {
    const paths = ['auth.me', 'account.profile', 'security.sessions', 'system.about'];
    const answers = answersIn((await call(`${paths.join(',')}?batch=1&input={}`)).text);
    expect(answers.map(({ result }) => result !== undefined)).toEqual([true, false, false, true]);
    expect(answers[0]!.result!.data).toEqual({ account: null });
  });

  it('are ten at most', async () => {
    const answer = await batch(Array<string>(11).fill('auth.signOut'), {});
    expect(answer).toMatchObject({ status: 400, failure: 'server.request-invalid' });
  });

  it('do not share the session that one of them begins', async () => {
    const inputs = { 0: { email: owner.email, password }, 1: {} };
    const { text } = await batch(['auth.signIn', 'security.revokeOthers'], inputs);
    const failures = answersIn(text).map(({ error }) => error?.data.failure);
    expect(failures).toEqual([undefined, 'auth.sign-in-needed']);
  });
});

describe('body, depth and zip bombs', () => {
  beforeAll(somebody);
  afterEach(async () => {
    expect((await fetch(`${at.address}/readyz`)).status).toBe(200);
  });

  it.each(bombs)('are refused: %s', async (_, body) => {
    const before = await rowsOf(at.sql, owner.userId);
    const text = body();
    const isTooLong = text.length > longestBodyBytes;
    expect(await post('account.putSettings', text)).toMatchObject({
      status: isTooLong ? 413 : 400,
      failure: isTooLong ? 'server.request-too-large' : 'server.request-invalid',
    });
    expect(await rowsOf(at.sql, owner.userId)).toEqual(before);
  });

  const settings = (length: number) => ({ value: { a: 'x'.repeat(length) }, changedMs: 1 });
  const packed = (encoding: string, bytes: Uint8Array) =>
    post('account.putSettings', new Uint8Array(bytes), {
      ...ownHeaders,
      'content-encoding': encoding,
    });

  it.each(['deflate', 'br', 'gzip, gzip'])('are not unpacked: %s', async (encoding) => {
    const answer = await packed(encoding, gzipSync(JSON.stringify(settings(9_000_000))));
    expect(answer).toMatchObject({ status: 415, failure: 'server.request-invalid' });
  });

  it('are unpacked no further than a body may be long: gzip', async () => {
    const before = await rowsOf(at.sql, owner.userId);
    const bomb = gzipSync(Buffer.alloc(300_000_000, '['));
    expect(bomb.length).toBeLessThan(longestBodyBytes);
    const tooLarge = { status: 413, failure: 'server.request-too-large' };
    expect(await packed('gzip', bomb)).toMatchObject(tooLarge);
    expect(await packed('gzip', gzipSync(JSON.stringify(settings(9_000_000))))).toMatchObject(
      tooLarge,
    );
    const broken = { status: 400, failure: 'server.request-invalid' };
    const whole = gzipSync(JSON.stringify(settings(1_000)));
    for (const bytes of [whole.subarray(0, -9), Buffer.from('{"value":{},"changedMs":1}')]) {
      expect(await packed('gzip', bytes)).toMatchObject(broken);
    }
    expect(await rowsOf(at.sql, owner.userId)).toEqual(before);
    expect((await packed('gzip', whole)).status).toBe(200);
  });
});

describe('prototype pollution', () => {
  beforeAll(somebody);

  it.each(['__proto__', 'constructor', 'prototype'])('finds no way in by %s', async (key) => {
    const evil = `{"${key}":{"role":"admin","polluted":true},"displayName":"Name"}`;
    expect((await post('account.updateProfile', evil)).failure).toBe('server.request-invalid');
    const batch = `{"0":{"displayName":"Name"},"${key}":{"0":{"displayName":"Other"}}}`;
    await post('account.updateProfile?batch=1', batch);
    await post('account.putSettings', `{"value":{"${key}":{"polluted":true}},"changedMs":1}`);
    const kept = await who.get<{ settings: { value: object } | null }>('account.settings');
    expect(kept.settings?.value ?? {}).not.toHaveProperty('polluted');
    for (const caller of [who, at.visitor()]) {
      const { body } = await caller.try('GET', 'auth.me');
      expect(body).not.toMatch(/polluted|"role":"admin"/);
    }
  });
});

describe('NaN, huge and negative numbers', () => {
  beforeAll(somebody);

  it.each([
    ['the length of a page', (n: string) => get('security.audit', `{"limit":${n}}`)],
    ['the start of a page', (n: string) => get('security.audit', `{"beforeSeq":${n}}`)],
    [
      'the life of a token',
      (n: string) =>
        post('security.createToken', `{"name":"n","scopes":["profile:read"],"days":${n}}`),
    ],
    [
      'the time of a change',
      (n: string) => post('account.putSettings', `{"value":{},"changedMs":${n}}`),
    ],
  ])('are refused as %s', async (_, ask) => {
    const before = await rowsOf(at.sql, owner.userId);
    for (const number of hostileNumbers) {
      expect(await ask(number), number).toMatchObject({
        status: 400,
        failure: 'server.request-invalid',
      });
    }
    expect(await rowsOf(at.sql, owner.userId)).toEqual(before);
  });
});

describe('text that is not what it seems', () => {
  beforeAll(somebody);

  it.each(deceivingNames)('is no name: %s', async (_, text) => {
    const before = await rowsOf(at.sql, owner.userId);
    const named = `"name":"${text}"`;
    const signUp = `"email":"a@offing.example","password":"${password}"`;
    for (const [path, input] of [
      ['account.updateProfile', `{"displayName":"${text}"}`],
      ['security.createToken', `{${named},"scopes":["profile:read"],"days":1}`],
      ['security.putSecret', `{${named},"kind":"broker","value":"v"}`],
      ['security.renamePasskey', `{${named},"credentialId":"AAAA"}`],
      ['auth.signUp', `{${signUp},"displayName":"${text}"}`],
    ] as const) {
      expect((await post(path, input)).failure, path).toBe('server.request-invalid');
    }
    expect(await rowsOf(at.sql, owner.userId)).toEqual(before);
  });

  it.each(hostileTexts)('breaks no procedure that takes a text: %s', async (text) => {
    await somebody();
    const open = procedures.filter(({ path }) => !path.startsWith('admin.'));
    await Promise.all(
      open.map(async ({ path, method }) => {
        const given = Object.entries((await fixtures[path]!.input?.(owner, at)) ?? {});
        const texts = given.filter(([, value]) => typeof value === 'string');
        for (const [name] of texts.filter(([key]) => !/^(password|current)$/.test(key))) {
          const fields = given.map(([key, value]) =>
            key === name ? `"${key}":"${text}"` : `"${key}":${JSON.stringify(value)}`,
          );
          const input = `{${fields.join(',')}}`;
          const answer = method === 'POST' ? await post(path, input) : await get(path, input);
          // A terminal that is away is no fault of the text; a bug would be.
          expect(answer.status, `${path} ${name}: ${answer.text}`).not.toBe(500);
        }
      }),
    );
  });

  it.each(hostileTexts)('finds nobody for an admin who looks for it: %s', async (text) => {
    const admin = await (await people.person({ role: 'admin' })).signedIn();
    for (const name of ['search', 'after']) {
      const wish = JSON.parse(`{"${name}":"${text}","limit":1}`) as object;
      expect((await admin.try('GET', 'admin.users', wish)).status).toBeLessThan(500);
    }
  });

  it('is judged whole in a password of two thousand characters, and refused in words', async () => {
    const email = 'long@offing.example';
    const long = JSON.stringify({ email, password: 'pä\u0000'.repeat(600) });
    const answer = await post('auth.signUp', long);
    expect(answer.failure).toBe('auth.password-weak');
    expect(answer.text).toContain('"reason":"long"');
    const signIn = (length: number) =>
      post('auth.signIn', JSON.stringify({ email: owner.email, password: 'x'.repeat(length) }));
    expect((await signIn(2_000)).failure).toBe('auth.credentials-wrong');
    expect((await signIn(2_001)).failure).toBe('server.request-invalid');
  });
});

describe('headers that lie', () => {
  beforeAll(somebody);
  const ask = 'GET /trpc/account.profile HTTP/1.1';
  const host = () => `Host: ${new URL(at.address).host}`;
  const raw = (...head: readonly string[]): Promise<string> =>
    new Promise((resolve) => {
      let text = '';
      const bytes = [ask, ...head, 'Connection: close', '', ''].join('\r\n');
      const socket = connect(Number(new URL(at.address).port), '127.0.0.1', () =>
        socket.write(bytes, 'latin1'),
      );
      socket.on('data', (chunk) => (text += chunk.toString('latin1')));
      socket.on('error', () => resolve(text));
      socket.on('close', () => resolve(text));
    });

  it.each(['evil.example', 'localhost.evil.example', 'localhost:1'])(
    'about the host get nothing, with a session too: %s',
    async (name) => {
      const answer = await raw(`Host: ${name}`, `Cookie: ${session}`);
      expect(answer).toMatch(/^HTTP\/1\.1 421/);
      expect(answer).not.toContain(owner.email);
    },
  );

  it('by a second session do not replace the first', async () => {
    const { cookies } = await (await people.person()).signedIn();
    const other = `offing=${cookies.get('offing')}`;
    expect(await raw(host(), `Cookie: ${session}; ${other}`)).toContain(owner.email);
    const twice = [`Cookie: ${session}`, `Cookie: ${other}`];
    expect(await raw(host(), ...twice)).toContain(owner.email);
    expect(await raw(host(), `Cookie: offing=x; ${session}`)).toContain('auth.sign-in-needed');
  });

  it('by cookies longer than all headers may be are cut off', async () => {
    const answer = await raw(host(), `Cookie: a=${'x'.repeat(20_000)}; ${session}`);
    expect(answer).toMatch(/^HTTP\/1\.1 431/);
    const many = Array.from({ length: 1_000 }, (_, index) => `c${index}=1`).join('; ');
    expect(await raw(host(), `Cookie: ${many}; ${session}`)).toContain(owner.email);
  });

  it.each(strangeSessions)('by a session that is none are a stranger’s: %s', async (_, text) => {
    const answer = await raw(host(), `Cookie: offing=${text}; offing-device=${text}`);
    expect(answer).toContain('auth.sign-in-needed');
    expect(answer).not.toMatch(inside);
  });
});

describe('a token that is none', () => {
  beforeAll(somebody);

  it.each(strangeTokens)('opens nothing where links and steps are shown: %s', async (_, token) => {
    const shown = `"token":"${token}"`;
    const secret = `"password":"${password}"`;
    for (const [path, input] of [
      ['auth.verifyEmail', `{${shown},${secret}}`],
      ['auth.resetPassword', `{${shown},${secret}}`],
      ['auth.confirmEmail', `{${shown},${secret}}`],
      ['auth.becomeAdmin', `{${shown},${secret},"email":"${owner.email}"}`],
      ['auth.secondStep', `{"step":"${token}","method":"totp","code":"000000"}`],
    ] as const) {
      const { failure } = await post(path, input);
      expect(['auth.link-invalid', 'auth.step-expired']).toContain(failure);
    }
  });
});
