import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { PushRequest } from '#core/sync/protocol.ts';
import { replicaServer } from './transport.ts';

interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A server whose answers are given by path, in their order; the last one again and again. */
function scene(answers: Readonly<Record<string, readonly unknown[]>>) {
  const sent: Sent[] = [];
  const counts: Record<string, number> = {};
  const server = replicaServer(async (url, init) => {
    const headers = new Headers(init.headers);
    const bytes = Buffer.from(await new Response(init.body).arrayBuffer());
    const text = headers.get('content-encoding') === 'gzip' ? gunzipSync(bytes) : bytes;
    sent.push({ url, headers, body: text.length > 0 ? JSON.parse(text.toString()) : null });
    const path = url.replace('/trpc/', '');
    const list = answers[path] ?? [];
    const at = (counts[path] = (counts[path] ?? 0) + 1) - 1;
    const answer = list[Math.min(at, list.length - 1)];
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer.clone() : Response.json(answer);
  });
  return { server, sent };
}
const data = (value: unknown) => ({ result: { data: value } });
const refusal = (failure: string, figures?: object) => ({
  error: { message: failure, code: -32_000, data: { failure, figures } },
});
const me = (userId: string | null) =>
  data({ account: userId && { userId, email: 'a@b.c' }, session: {} });

const push: PushRequest = {
  node: 'abcdef',
  pushNo: 1,
  nonce: 'n',
  witness: { seq: 0, token: '' },
  epoch: 0,
  unsynced: 1,
  ops: [],
};
const done = { kind: 'done', outcomes: [], nonce: 'm', witness: { seq: 1, token: 't' }, nowMs: 5 };
const registered = {
  node: 'abcdef',
  nonce: 'n',
  nowMs: 5,
  sealing: { epoch: 0, encrypted: false },
};

describe('a call to the server', () => {
  test('says that it comes from a page of Offing, and gives back the answer', async () => {
    const { server, sent } = scene({ 'replication.push': [data(done)] });
    expect(await server.push(push)).toEqual({ ok: true, value: done });
    expect(sent[0]?.body).toEqual(push);
    expect(sent[0]?.headers.get('x-offing-client')).toBe('web');
    expect(sent[0]?.headers.get('content-encoding')).toBeNull();
  });

  test('is not understood where it does not say what became of each change', async () => {
    const { server } = scene({ 'replication.push': [data({ ...done, outcomes: ['ok'] })] });
    expect(await server.push(push)).toMatchObject({
      ok: false,
      error: { code: 'server.unavailable' },
    });
  });

  test('packs what is large', async () => {
    const { server, sent } = scene({ 'replication.push': [data(done)] });
    const large: PushRequest = {
      ...push,
      ops: [['notes', 'n1', '0'.repeat(19), { excerpt: 'Quay '.repeat(500) }]],
    };
    await server.push(large);
    expect(sent[0]?.headers.get('content-encoding')).toBe('gzip');
    expect(sent[0]?.body).toEqual(large);
  });

  test.each([
    ['no network', new TypeError('Failed to fetch'), { code: 'server.unavailable' }],
    ['a page of something between', new Response('<html>'), { code: 'server.unavailable' }],
    ['nothing of ours', { hello: 1 }, { code: 'server.unavailable' }],
    ['an answer that is none', data({ kind: 'done' }), { code: 'server.unavailable' }],
    ['an answer to something else', data(registered), { code: 'server.unavailable' }],
    ['no session', refusal('auth.sign-in-needed'), { code: 'auth.sign-in-needed' }],
    [
      'too much',
      refusal('limits.too-many-calls', { retryAfterMs: 7_000, other: 'x' }),
      { code: 'limits.too-many-calls', figures: { retryAfterMs: 7_000 } },
    ],
    ['what a later version says', refusal('server.on-holiday'), { code: 'server.on-holiday' }],
  ])('fails as a value: %s', async (_, answer, expected) => {
    const { server } = scene({ 'replication.push': [answer] });
    const result = await server.push(push);
    expect(result.ok).toBe(false);
    expect(!result.ok && result.error).toMatchObject(expected);
  });

  test('gives back a refusal of the exchange as an answer', async () => {
    const { server } = scene({ 'replication.pull': [data({ kind: 'reset', nowMs: 3 })] });
    const request = { node: 'abcdef', cursor: 0, witness: push.witness, epoch: 0, limit: 10 };
    expect(await server.pull(request)).toEqual({ ok: true, value: { kind: 'reset', nowMs: 3 } });
  });
});

describe('registering', () => {
  const register = (...accounts: readonly (string | null)[]) =>
    scene({ 'auth.me': accounts.map(me), 'replication.register': [data(registered)] });

  test('is for the account whose data these are', async () => {
    const { server } = register('anna');
    expect(await server.register('anna')).toEqual({ ok: true, value: registered });
  });

  test.each([
    ['nobody is signed in', [null]],
    ['somebody else is', ['ben']],
    ['somebody else signed in meanwhile', ['anna', 'ben']],
  ])('is refused where %s', async (_, accounts) => {
    const { server } = register(...accounts);
    expect(await server.register('anna')).toMatchObject({
      ok: false,
      error: { code: 'auth.sign-in-needed' },
    });
  });
});
