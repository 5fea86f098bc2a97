/** What broken and hostile devices push: each change is answered by itself, and nothing else harmed. */
import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatHlc } from '../../core/sync/hlc.ts';
import type { PushAnswer } from '../../core/sync/protocol.ts';
import { openInstallation, type Installation } from '../accounts/installation.ts';
import { openPeople, type People, type Person } from '../accounts/people.ts';
import { rowsOf } from '../accounts/snapshot.ts';
import type { Visitor } from '../accounts/visitor.ts';
import { openDevice, type Device } from './device.ts';

const quotaMb = 1;

let at: Installation;
let people: People;
beforeAll(async () => {
  at = await openInstallation({ OFFING_QUOTA_MB: String(quotaMb) });
  people = await openPeople(at);
});
afterAll(async () => {
  await people?.close();
  await at?.close();
});

interface Owner {
  readonly person: Person;
  readonly who: Visitor;
  readonly device: Device;
}

async function somebody(): Promise<Owner> {
  const person = await people.person();
  const who = await person.signedIn();
  return { person, who, device: await openDevice(who) };
}

const now = () => formatHlc({ ms: Date.now(), counter: 0 }, 'zzzzzz');
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const deep = JSON.parse(nested(2_000)) as unknown;

/** Each stands between two good changes. */
const bad: readonly [name: string, op: () => unknown, outcome: string][] = [
  ['nothing', () => null, 'invalid'],
  ['a text', () => 'settings', 'invalid'],
  ['an object', () => ({ collection: 'settings' }), 'invalid'],
  [
    'a change that goes on too long',
    () => ['settings', 'a', now(), { value: 1 }, {}, {}],
    'invalid',
  ],
  ['an unknown collection', () => ['orders', 'a', now(), { value: 1 }], 'invalid'],
  ['a collection of every object', () => ['constructor', 'a', now(), { value: 1 }], 'invalid'],
  ['a table of the server', () => ['users', 'a', now(), { role: 'admin' }], 'invalid'],
  ['an id with a NUL', () => ['settings', 'a\0', now(), { value: 1 }], 'invalid'],
  ['an id with half a character', () => ['settings', 'a\ud800', now(), { value: 1 }], 'invalid'],
  ['an id that is too long', () => ['settings', 'a'.repeat(201), now(), { value: 1 }], 'invalid'],
  ['a stamp in capitals', () => ['settings', 'a', now().toUpperCase(), { value: 1 }], 'invalid'],
  ['a stamp that is a number', () => ['settings', 'a', 17, { value: 1 }], 'invalid'],
  ['a stamp cut short', () => ['settings', 'a', now().slice(1), { value: 1 }], 'invalid'],
  ['a stamp of tomorrow', () => ['settings', 'a', tomorrow(), { value: 1 }], 'future'],
  ['the prototype', () => ['settings', 'a', now(), JSON.parse('{"__proto__":1}')], 'invalid'],
  ['a constructor', () => ['settings', 'a', now(), { constructor: 1 }], 'invalid'],
  ['an unknown field', () => ['strategies', 'a', now(), { role: 'admin' }], 'invalid'],
  ['a value of the wrong kind', () => ['strategies', 'a', now(), { name: { a: 1 } }], 'invalid'],
  [
    'half a character in a name',
    () => ['strategies', 'a', now(), { 'inputs.\ud800': 1 }],
    'invalid',
  ],
  ['too large a value', () => ['settings', 'a', now(), { value: 'x'.repeat(70_000) }], 'invalid'],
  ['a value nested without end', () => ['settings', 'a', now(), { value: deep }], 'invalid'],
  [
    'a version beyond numbers',
    () => ['settings', 'a', now(), { value: 1 }, { v: 1e12 }],
    'invalid',
  ],
  ['a purge of its own', () => ['settings', 'a', now(), { _del: 1 }, { p: 1 }], 'invalid'],
  ['a group with a NUL', () => ['settings', 'a', now(), { value: 1 }, { g: '\0' }], 'invalid'],
  [
    'a chunk that is not here',
    () => ['settings', 'a', now(), { value: 1 }, { c: [hash('-')] }],
    'missing',
  ],
];

const tomorrow = () => formatHlc({ ms: Date.now() + 86_400_000, counter: 0 }, 'zzzzzz');
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a bad change', () => {
  let owner: Owner;
  beforeAll(async () => {
    owner = await somebody();
  });

  test.each(bad)('is answered by itself and keeps no other: %s', async (name, op, outcome) => {
    const { device } = owner;
    const good = (place: string) => device.op('settings', `${place} ${name}`, { value: place });
    const ops = [good('before'), op(), good('after')];
    expect(await device.push(ops)).toMatchObject({ outcomes: ['ok', outcome, 'ok'] });
    const rows = (await device.pull()).map(([, row]) => row);
    expect(rows).toEqual([`before ${name}`, `after ${name}`]);
  });

  test('is refused with the others of its group, and with nothing else', async () => {
    const { device } = owner;
    const grouped = (value: unknown) => ['settings', 'grouped', now(), { value }, { g: 'one' }];
    const ops = [
      device.op('settings', 'alone', { value: 1 }),
      grouped(1),
      ['settings', 'grouped', tomorrow(), { value: 2 }, { g: 'one' }],
    ];
    expect(await device.push(ops)).toMatchObject({ outcomes: ['ok', 'future', 'future'] });
    expect((await device.pull()).map(([, row]) => row)).toEqual(['alone']);
  });
});

describe('a push', () => {
  test('of more changes than may be is refused whole, and so is one of too many bytes', async () => {
    const { device, person } = await somebody();
    const before = await rowsOf(at.sql, person.userId);
    const op = (size: number) => device.op('settings', 'a', { value: 'x'.repeat(size) });
    const many = await device.tryPush(device.request(Array.from({ length: 501 }, () => op(1))));
    expect(many.failure).toBe('server.request-invalid');
    const large = device.request(Array.from({ length: 8 }, () => op(60_000)));
    expect((await device.tryPush(large)).failure).toBe('server.request-too-large');
    expect(await rowsOf(at.sql, person.userId)).toEqual(before);
    expect(await device.push([op(1)])).toMatchObject({ outcomes: ['ok'] });
  });

  test('that is sent again is answered as before and counts once; one made of it is not taken', async () => {
    const { device } = await somebody();
    const request = device.request([device.op('settings', 'a', { value: 1 })]);
    const first = (await device.tryPush(request)).data as unknown as PushAnswer;
    expect(await device.tryPush(request)).toMatchObject({ data: first });
    const forged = { ...request, ops: [device.op('settings', 'b', { value: 2 })] };
    expect((await device.tryPush(forged)).data).toMatchObject({ kind: 'forked' });
    device.heard(first);
    expect(await device.pull()).toEqual(request.ops);
    expect(device.cursor).toBe(1);
  });

  test('with the name and the nonce of another account’s device is not taken', async () => {
    const [owner, thief] = [await somebody(), await somebody()];
    await owner.device.push([owner.device.op('settings', 'secret', { value: 'harbour' })]);
    const before = await rowsOf(at.sql, owner.person.userId);
    const stolen = owner.device.request([owner.device.op('settings', 'secret', { value: 'gone' })]);
    const fresh = { ...stolen, witness: { seq: 0, token: '' } };
    for (const request of [stolen, fresh]) {
      const { data } = await thief.device.tryPush(request);
      expect(['reset', 'forked']).toContain(data['kind']);
    }
    const asked = { ...owner.device.known(), cursor: 0, limit: 10 };
    const pulled = await thief.who.try('POST', 'replication.pull', asked);
    expect(pulled.data).toMatchObject({ kind: 'reset' });
    expect(pulled.body).not.toContain('harbour');
    expect(await rowsOf(at.sql, owner.person.userId)).toEqual(before);
    expect(await thief.device.pull()).toEqual([]);
  });

  test('beyond the room of the account is refused where it grows, and nothing is lost', async () => {
    const { device, who } = await somebody();
    const fill = (row: string) => device.op('settings', row, { value: 'x'.repeat(60_000) });
    const outcomes: string[] = [];
    for (let n = 0; n < 10; n++) {
      const answer = await device.push([fill(`a${n}`), fill(`b${n}`), fill(`c${n}`)]);
      if (answer.kind === 'done') outcomes.push(...answer.outcomes);
    }
    const taken = outcomes.filter((outcome) => outcome === 'ok').length;
    expect(outcomes).toEqual(outcomes.map((_, n) => (n < taken ? 'ok' : 'quota')));
    const usage = await who.get<{ bytes: number; limitBytes: number }>('replication.usage');
    expect(usage.limitBytes).toBe(quotaMb * 1_000_000);
    expect(usage.bytes).toBeLessThanOrEqual(usage.limitBytes);
    expect(taken).toBe(Math.floor(usage.limitBytes / (usage.bytes / taken)));
    expect(await device.pull()).toHaveLength(taken);
    // Less of a row, or none of it, is always taken; and then there is room again.
    const shorter = device.op('settings', 'a0', { value: 'short' });
    const gone = device.op('settings', 'b0', { _del: 1, value: null });
    expect(await device.push([shorter, gone])).toMatchObject({ outcomes: ['ok', 'ok'] });
    expect(await device.push([fill('again')])).toMatchObject({ outcomes: ['ok'] });
  });
});

describe('a group that goes on from push to push', () => {
  test('is cut where one push would end, so that no page holds all of an account', async () => {
    const { device, who } = await somebody();
    const op = (row: number) => ['settings', `${row}`, now(), { value: row }, { g: 'one' }];
    for (const from of [0, 500, 1_000]) {
      await device.push(Array.from({ length: 500 }, (_, n) => op(from + n)));
    }
    const asked = { ...device.known(), cursor: 0, limit: 1 };
    const page = await who.post<{ fragments: unknown[] }>('replication.pull', asked);
    expect(page.fragments).toHaveLength(501);
    expect(await device.pull(1)).toHaveLength(1_500);
  });
});

describe('a packed push', () => {
  const post = (who: Visitor, bytes: Uint8Array) =>
    fetch(`${at.address}/trpc/replication.push`, {
      method: 'POST',
      headers: {
        'x-offing-client': 'test',
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        cookie: `offing=${who.cookies.get('offing')}`,
      },
      body: new Uint8Array(bytes),
    });

  test('is taken, and a bomb in its place is not unpacked', async () => {
    const { device, who } = await somebody();
    const request = device.request([device.op('settings', 'a', { value: 'packed' })]);
    const taken = await post(who, gzipSync(JSON.stringify(request)));
    expect(await taken.json()).toMatchObject({ result: { data: { outcomes: ['ok'] } } });
    const bomb = gzipSync(`{"ops":[${'"x",'.repeat(20_000_000)}"x"]}`);
    const refused = await post(who, bomb);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({
      error: { data: { failure: 'server.request-too-large' } },
    });
  });

  test('of a value nested beyond what can be written down is answered like any other', async () => {
    const { device, who } = await somebody();
    const good = device.op('settings', 'a', { value: 1 });
    const bottomless = '["settings","b","' + now() + '",{"value":' + nested(200_000) + '}]';
    const request = JSON.stringify(device.request([good, 0])).replace(',0]', `,${bottomless}]`);
    const answer = await post(who, gzipSync(request));
    expect(await answer.json()).toMatchObject({
      result: { data: { outcomes: ['ok', 'invalid'] } },
    });
  });

  test('is answered packed where that is shorter', async () => {
    const { device, who } = await somebody();
    const ops = Array.from({ length: 200 }, (_, n) => device.op('settings', `${n}`, { value: n }));
    await device.push(ops);
    const asked = { ...device.known(), cursor: 0, limit: 500 };
    const answer = await who.try('POST', 'replication.pull', asked);
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    const packedBytes = Number(answer.headers.get('content-length'));
    expect(packedBytes).toBeLessThan(answer.body.length / 3);
    expect(answer.data).toMatchObject({ fragments: ops });
  });
});

describe('a chunk', () => {
  const call = (
    who: Visitor | null,
    method: string,
    name: string,
    { bytes, headers = {} }: { bytes?: Uint8Array; headers?: Record<string, string> } = {},
  ) =>
    fetch(`${at.address}/chunks/${name}`, {
      method,
      headers: {
        'x-offing-client': 'test',
        'x-offing-epoch': '1',
        ...(bytes && { 'content-type': 'application/octet-stream' }),
        ...(who && { cookie: `offing=${who.cookies.get('offing')}` }),
        ...headers,
      },
      ...(bytes && { body: new Uint8Array(bytes) }),
    });
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const failureIn = async (answer: Response) =>
    /"failure":"([^"]+)"/.exec(await answer.text())?.[1];

  test('is kept under the hash of its bytes, for its account alone', async () => {
    const [owner, thief] = [await somebody(), await somebody()];
    const bytes = randomBytes(100_000);
    const name = sha256(bytes);
    const op = ['settings', 'a', now(), { value: 1 }, { c: [name] }];
    expect(await owner.device.push([op])).toMatchObject({ outcomes: ['missing'] });
    expect((await call(owner.who, 'HEAD', name)).status).toBe(404);
    expect((await call(owner.who, 'PUT', name, { bytes })).status).toBe(201);
    expect((await call(owner.who, 'PUT', name, { bytes })).status).toBe(204);
    expect((await call(owner.who, 'HEAD', name)).status).toBe(200);
    const got = await call(owner.who, 'GET', name);
    expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
    expect(got.headers.get('cache-control')).toBe('no-store');
    expect(got.headers.get('content-type')).toBe('application/octet-stream');
    expect(got.headers.get('content-disposition')).toBe('attachment');
    expect(await owner.device.push([op])).toMatchObject({ outcomes: ['ok'] });
    const { bytes: used } = await owner.who.get<{ bytes: number }>('replication.usage');
    expect(used).toBeGreaterThan(bytes.length);
    expect(used).toBeLessThan(bytes.length + 500);

    for (const method of ['GET', 'HEAD']) {
      expect((await call(thief.who, method, name)).status).toBe(404);
      expect((await call(null, method, name)).status).toBe(401);
    }
    expect(await thief.device.push([op])).toMatchObject({ outcomes: ['missing'] });
  });

  test('is refused where it is of another account, or of before encryption was switched', async () => {
    const [owner, other] = [await somebody(), await somebody()];
    const before = await rowsOf(at.sql, owner.person.userId);
    const bytes = randomBytes(100);
    const put = (headers: Record<string, string>) =>
      call(owner.who, 'PUT', sha256(bytes), { bytes, headers });
    const foreign = await put({ 'x-offing-account': other.person.userId });
    expect([foreign.status, await failureIn(foreign)]).toEqual([401, 'auth.sign-in-needed']);
    for (const epoch of ['0', '2', 'one']) {
      const late = await put({ 'x-offing-epoch': epoch });
      expect([late.status, await failureIn(late)]).toEqual([409, 'sync.encryption-changed']);
    }
    const after = await rowsOf(at.sql, owner.person.userId);
    expect({ ...after, replica_heads: '' }).toEqual({ ...before, replica_heads: '' });
    expect((await put({ 'x-offing-account': owner.person.userId })).status).toBe(201);
  });

  test('is refused where it is not what it says, too long, or has no room', async () => {
    const { who, person } = await somebody();
    const before = await rowsOf(at.sql, person.userId);
    const bytes = randomBytes(1_000);
    const wrong = await call(who, 'PUT', sha256(randomBytes(9)), { bytes });
    expect([wrong.status, await failureIn(wrong)]).toEqual([400, 'sync.chunk-damaged']);
    const long = new Uint8Array(1_048_641);
    const tooLong = await call(who, 'PUT', sha256(long), { bytes: long });
    expect([tooLong.status, await failureIn(tooLong)]).toEqual([413, 'server.request-too-large']);
    const full = new Uint8Array(1_048_640);
    const noRoom = await call(who, 'PUT', sha256(full), { bytes: full });
    expect([noRoom.status, await failureIn(noRoom)]).toEqual([413, 'sync.quota-full']);
    for (const name of ['..', 'a', `${sha256(bytes)}0`, sha256(bytes).toUpperCase()]) {
      const strange = await call(who, 'PUT', name, { bytes });
      expect([400, 404, 405], name).toContain(strange.status);
    }
    const after = await rowsOf(at.sql, person.userId);
    // Who is full has a head by now, and nothing else.
    expect({ ...after, replica_heads: '' }).toEqual({ ...before, replica_heads: '' });
  });

  test.each<[string, Record<string, string>, number]>([
    ['another origin', { origin: 'http://evil.example' }, 403],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['somebody who packs it', { 'content-encoding': 'gzip' }, 415],
    ['a program with a token', { authorization: 'Bearer something' }, 401],
  ])('from %s is refused', async (_, headers, status) => {
    const { who, person } = await somebody();
    const before = await rowsOf(at.sql, person.userId);
    const bytes = randomBytes(100);
    const answer = await call(who, 'PUT', sha256(bytes), { bytes, headers });
    expect(answer.status).toBe(status);
    if (status === 403)
      expect((await call(who, 'GET', sha256(bytes), { headers })).status).toBe(403);
    for (const method of ['POST', 'DELETE', 'PATCH']) {
      expect((await call(who, method, sha256(bytes))).status).toBe(405);
    }
    expect(await rowsOf(at.sql, person.userId)).toEqual(before);
  });

  test('without the header of our own pages is refused', async () => {
    const { who } = await somebody();
    const bytes = randomBytes(100);
    const answer = await fetch(`${at.address}/chunks/${sha256(bytes)}`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/octet-stream',
        cookie: `offing=${who.cookies.get('offing')}`,
      },
      body: new Uint8Array(bytes),
    });
    expect(answer.status).toBe(403);
  });
});
