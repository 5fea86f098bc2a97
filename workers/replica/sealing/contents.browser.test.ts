import { afterEach, describe, expect, test } from 'vitest';
import type { Run } from '#core/collections/run.ts';
import { defaultSettings } from '#core/execution/settings.ts';
import { ok } from '#core/result.ts';
import { statistics, type Statistics } from '#core/statistics/registry.ts';
import type { KeyEnvelope } from '#core/sync/key-envelope.ts';
import type { Sealing } from '#core/sync/protocol.ts';
import { Database, type RunArrays } from '#workers/store/database.ts';
import { claim } from '#workers/store/owner.ts';
import { contentCell, freeOldest } from '#workers/store/contents.ts';
import { madeDeal } from '#core/journal/made-deals.ts';
import { pictureContent } from '#workers/store/picture-content.ts';
import { readDeals, statementContent, writeDeals } from '#workers/store/statement-content.ts';
import { arraysIn, runContent } from '#workers/store/run-content.ts';
import { dexieWriter } from '../dexie-writer.ts';
import { contentMover, contentOf } from './contents.ts';
import { dexieKeys } from './dexie-shelves.ts';
import { keyRoom } from './key-room.ts';
import { cheapStretch } from './made-account.ts';
import { openSealer } from './open-sealer.ts';
import { sealerSources } from './sources.ts';

const userId = 'user-1';
const passphrase = 'a quiet harbour wall';

const run = (id: string): Run => ({
  id,
  strategyId: null,
  strategyName: 'S',
  source: '',
  inputs: {},
  settings: defaultSettings,
  seriesId: 'EURUSD.H1',
  hash: 'ab'.repeat(32),
  ...{ bars: 3, firstMs: 1, lastMs: 2, warmupBars: 0 },
  ...{ roundTrips: 1, ambiguousRoundTrips: 0, droppedEntries: 0 },
  stats: Object.fromEntries(statistics.map(({ key }) => [key, null])) as Statistics,
  ...{ createdMs: 5, tookMs: 6, note: '' },
});

const arrays = (runId: string): RunArrays => ({
  runId,
  equity: Float64Array.from({ length: 200_000 }, () => Math.random()),
  roundTrips: {
    count: 1,
    ...{ entryBar: Int32Array.of(1), exitBar: Int32Array.of(2) },
    ...{ entryMs: Float64Array.of(10), exitMs: Float64Array.of(20) },
    entryPrice: Float64Array.of(1.1),
    exitPrice: Float64Array.of(1.2),
    units: Float64Array.of(-3),
    profit: Float64Array.of(0.1),
    commission: Float64Array.of(0),
    exitReason: Uint8Array.of(3),
    ambiguous: Uint8Array.of(1),
  },
});

/** What a server keeps of an account's chunks and key. */
function account() {
  const chunks = new Map<string, Uint8Array<ArrayBuffer>>();
  const state = {
    epoch: 1,
    encrypted: false,
    envelope: null as KeyEnvelope | null,
    endProof: null as string | null,
  };
  const network = { isDown: false, asked: 0 };
  const session = { userId };
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    if (network.isDown) throw new TypeError('no network');
    if (url === '/trpc/encryption.state') return Response.json({ result: { data: state } });
    if (url === '/trpc/auth.me') return Response.json({ result: { data: { account: session } } });
    network.asked++;
    const hash = url.slice('/chunks/'.length);
    if (init.method !== 'PUT') {
      const bytes = chunks.get(hash);
      return bytes ? new Response(bytes) : new Response(null, { status: 404 });
    }
    chunks.set(hash, new Uint8Array(await new Response(init.body).arrayBuffer()));
    return new Response(null, { status: 201 });
  };
  return { chunks, state, network, session, fetch };
}
type Account = ReturnType<typeof account>;

const open: Database[] = [];
const clock = { nowMs: 0 };
afterEach(async () => {
  for (const database of open.splice(0)) await database.delete({ disableAutoOpen: true });
});

async function device({ fetch, state }: Account) {
  const database = new Database(`contents-${Math.random()}`);
  open.push(database);
  await claim(database, userId);
  const writer = dexieWriter(database);
  const know = () => {
    const { epoch, encrypted } = state;
    const value: Sealing = { epoch, encrypted };
    return database.replicaMeta.put({ key: 'sealing', value });
  };
  await know();
  const mover = async () => {
    const choice = await openSealer(sealerSources(database, userId, fetch), {
      epoch: state.epoch,
      encrypted: state.encrypted,
    });
    if (choice.kind !== 'ready') throw new Error(choice.kind);
    return contentMover({ database, writer, store: choice, nowMs: () => clock.nowMs });
  };
  const put = (fields: object) =>
    writer.write([{ kind: 'put', collection: 'runs', id: 'r', fields: fields as never }]);
  const room = keyRoom({ database, fetch, stretched: cheapStretch });
  return { database, writer, know, mover, put, room };
}
type Device = Awaited<ReturnType<typeof device>>;

/** As a round brings it: the row, with where its curve lies. */
async function carried(from: Device, to: Device): Promise<void> {
  const row = await from.database.runs.get('r');
  const { id: _, ...fields } = row!;
  await to.put(fields);
}

/** The arrays of the one run there is. */
async function runArraysOf(database: Database, id: string, fetch: Account['fetch']) {
  const content = await contentOf(database, runContent, id, fetch);
  return content.ok ? ok(content.value && arraysIn(content.value)) : content;
}

async function withRun(of: Account) {
  const one = await device(of);
  const made = arrays('r');
  await one.put(run('r'));
  await one.database.runArrays.put(made);
  return { one, made };
}

describe('the curve of a run', () => {
  test('is sent once, and is fetched where the run is opened', async () => {
    const shared = account();
    const { one, made } = await withRun(shared);
    const mover = await one.mover();
    expect(await mover.send(5)).toBe(1);
    expect(await mover.send(5)).toBe(0);
    expect(await (await one.mover()).send(5)).toBe(0);
    expect(shared.chunks.size).toBe(2);
    const two = await device(shared);
    await carried(one, two);
    shared.network.isDown = true;
    const away = await runArraysOf(two.database, 'r', shared.fetch);
    expect(away).toMatchObject({ ok: false, error: { code: 'sync.elsewhere' } });
    shared.network.isDown = false;
    expect(await runArraysOf(two.database, 'r', shared.fetch)).toEqual({ ok: true, value: made });
    shared.network.isDown = true;
    expect(await runArraysOf(two.database, 'r', shared.fetch)).toEqual({ ok: true, value: made });
    // What came from the server is not sent back to it.
    expect(await (await two.mover()).send(5)).toBe(0);
  });

  test('waits where the server cannot be reached, and comes ahead of being asked for', async () => {
    const shared = account();
    const { one } = await withRun(shared);
    shared.network.isDown = true;
    const { send } = await one.mover();
    // A try waits longer and longer: the wait is not what is tested here.
    const waiting = send(5);
    shared.network.isDown = false;
    expect(await waiting).toBe(1);
    const two = await device(shared);
    await carried(one, two);
    expect(await (await two.mover()).prefetch()).toBe(1);
    expect(await two.database.runArrays.count()).toBe(1);
  });

  test('that is not where it should be is asked for ahead once an hour at most', async () => {
    const shared = account();
    const { one } = await withRun(shared);
    await (await one.mover()).send(5);
    const two = await device(shared);
    await carried(one, two);
    const kept = new Map(shared.chunks);
    shared.chunks.clear();
    const { prefetch } = await two.mover();
    expect(await prefetch()).toBe(0);
    const { asked } = shared.network;
    for (const [hash, bytes] of kept) shared.chunks.set(hash, bytes);
    expect(await prefetch()).toBe(0);
    expect(shared.network.asked).toBe(asked);
    clock.nowMs += 3_600_000;
    expect(await prefetch()).toBe(1);
  });

  test('gives way where the device is full, as long as it can be had again', async () => {
    const shared = account();
    const { one } = await withRun(shared);
    await (await one.mover()).send(5);
    const two = await device(shared);
    await carried(one, two);
    await (await two.mover()).prefetch();
    await two.database.blobs.put({ hash: 'x', bytes: Uint8Array.of(1), state: 'kept', usedMs: 1 });
    expect(await freeOldest(two.database, 'another key')).toBe(1);
    expect(await two.database.runArrays.count()).toBe(1);
    await two.database.runArrays.clear();
    await (await two.mover()).prefetch();
    expect(await freeOldest(two.database, 'clear-1')).toBe(1);
    expect(await two.database.runArrays.count()).toBe(0);
    expect(await freeOldest(one.database, 'clear-1')).toBe(0);
    expect(await one.database.runArrays.count()).toBe(1);
  });
});

describe('a picture', () => {
  const fields = {
    ...{ noteId: 'n', name: 'EURUSD H1', type: 'image/webp', width: 20, height: 10, bytes: 3_000 },
    createdMs: 7,
  } as const;
  const bytes = Uint8Array.from({ length: 3_000 }, (_, at) => (at * 7) % 251);

  test('is sent once, comes ahead of being asked for, and gives way like a curve', async () => {
    const shared = account();
    const [one, two] = [await device(shared), await device(shared)];
    const put = ({ writer }: Device, more: object = {}) =>
      writer.write([
        { kind: 'put', collection: 'pictures', id: 'p', fields: { ...fields, ...more } as never },
      ]);
    await put(one);
    await one.database.pictureBytes.put({ pictureId: 'p', bytes });
    const { send } = await one.mover();
    expect([await send(5), await send(5)]).toEqual([1, 0]);
    const content = contentCell(pictureContent, await one.database.pictures.get('p'));
    await put(two, { content });
    expect(await (await two.mover()).prefetch()).toBe(1);
    expect((await two.database.pictureBytes.get('p'))?.bytes).toEqual(bytes);
    expect(await freeOldest(two.database, 'clear-1')).toBe(1);
    expect(await two.database.pictureBytes.count()).toBe(0);
    const again = await contentOf(two.database, pictureContent, 'p', shared.fetch);
    expect(again).toMatchObject({ ok: true, value: { bytes } });
  });

  test('that is another length than its row says is not taken', async () => {
    const shared = account();
    const [one, two] = [await device(shared), await device(shared)];
    const write = (to: Device, more: object) =>
      to.writer.write([
        { kind: 'put', collection: 'pictures', id: 'p', fields: { ...fields, ...more } as never },
      ]);
    await write(one, {});
    await one.database.pictureBytes.put({ pictureId: 'p', bytes });
    await (await one.mover()).send(5);
    const cell = contentCell(pictureContent, await one.database.pictures.get('p')) as {
      layout: object;
    };
    const lie = { kind: 'picture', version: 1, bytes: 2_999 };
    await write(two, { content: { ...cell, layout: { ...cell.layout, content: lie } } });
    const told = await contentOf(two.database, pictureContent, 'p', shared.fetch);
    expect(told).toMatchObject({ ok: false, error: { code: 'sync.elsewhere' } });
  });
});

describe('the deals of a statement', () => {
  test('come to another device, and are not given up for room there', async () => {
    const bytes = writeDeals([madeDeal({}), madeDeal({ deal: '2', comment: 'Ä' })]);
    const fields = {
      ...{ fileName: 'a.html', format: 'mt5-html', account: '100@Demo', currency: 'USD' },
      ...{ zone: 'UTC', importedMs: 7, deals: 2, firstMs: 0, lastMs: 0, startBalance: 0 },
      ...{ endBalance: null, bytes: bytes.length },
    } as const;
    const shared = account();
    const [one, two] = [await device(shared), await device(shared)];
    const put = ({ writer }: Device, more: object = {}) =>
      writer.write([
        { kind: 'put', collection: 'statements', id: 's', fields: { ...fields, ...more } as never },
      ]);
    await put(one);
    await one.database.statementBytes.put({ statementId: 's', bytes });
    expect(await (await one.mover()).send(5)).toBe(1);
    const content = contentCell(statementContent, await one.database.statements.get('s'));
    await put(two, { content });
    expect(await (await two.mover()).prefetch()).toBe(1);
    await freeOldest(two.database, 'clear-1');
    const there = await two.database.statementBytes.get('s');
    const deals = there && readDeals(there.bytes);
    expect([...(deals ?? [])]).toMatchObject([{ deal: '1' }, { comment: 'Ä' }]);
  });
});

/** Switches it on from this device, as the pages and the server do. */
async function encrypt(shared: Account, one: Device): Promise<string> {
  await one.database.replicaMeta.put({ key: 'cursor', value: 1 });
  await one.database.outbox.clear();
  const made = await one.room.make(passphrase);
  if (!made.ok) throw new Error(made.error.code);
  expect(await one.room.gather(() => undefined)).toEqual({
    ok: true,
    value: { epoch: 1, cursor: 1 },
  });
  Object.assign(shared.state, { epoch: 2, encrypted: true, envelope: made.value.envelope });
  shared.chunks.clear();
  await one.room.keep(2);
  await one.know();
  return made.value.recoveryCode;
}

describe('an account that is encrypted', () => {
  test('has its curves sent anew, sealed, and opened by the devices that have the key', async () => {
    const shared = account();
    const { one, made } = await withRun(shared);
    await (await one.mover()).send(5);
    const before = contentCell(runContent, await one.database.runs.get('r'));
    const recoveryCode = await encrypt(shared, one);
    expect(await (await one.mover()).send(5)).toBe(1);
    expect(contentCell(runContent, await one.database.runs.get('r'))).not.toEqual(before);
    const two = await device(shared);
    await carried(one, two);
    const elsewhere = { ok: false, error: { code: 'sync.elsewhere' } };
    expect(await runArraysOf(two.database, 'r', shared.fetch)).toMatchObject(elsewhere);
    const wrong = await two.room.unlock({ slot: 'passphrase', text: 'something else' });
    expect(wrong).toMatchObject({ ok: false, error: { code: 'sync.passphrase-wrong' } });
    expect((await two.room.unlock({ slot: 'recovery', text: recoveryCode })).ok).toBe(true);
    expect(await runArraysOf(two.database, 'r', shared.fetch)).toEqual({ ok: true, value: made });
  });

  test('is not switched on while a curve is where it cannot be fetched from', async () => {
    const shared = account();
    const { one } = await withRun(shared);
    await (await one.mover()).send(5);
    const two = await device(shared);
    await carried(one, two);
    shared.chunks.clear();
    expect(await two.room.gather(() => undefined)).toMatchObject({
      ok: false,
      error: { code: 'sync.elsewhere', figures: { runs: 1 } },
    });
  });

  test('keeps on a device a key that cannot be taken out, and none once it is locked', async () => {
    const shared = account();
    const { one } = await withRun(shared);
    await encrypt(shared, one);
    const kept = (await dexieKeys(one.database).read())!;
    expect(kept.keys!.values.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', kept.keys!.values)).rejects.toThrow();
    const view = { ok: true, value: { stand: 'open', damaged: 0 } };
    expect(await one.room.view()).toMatchObject(view);
    await one.room.lock();
    expect((await dexieKeys(one.database).read())!.keys).toBeNull();
    expect(await one.room.view()).toMatchObject({ ok: true, value: { stand: 'locked' } });
    expect((await one.room.unlock({ slot: 'passphrase', text: passphrase })).ok).toBe(true);
    expect(await one.room.view()).toMatchObject(view);
  });

  test('learns nothing of its data from the session of another account', async () => {
    const shared = account();
    const { one } = await withRun(shared);
    shared.session.userId = 'user-2';
    shared.state.encrypted = true;
    expect(await one.room.view()).toMatchObject({ error: { code: 'auth.sign-in-needed' } });
    expect(await dexieKeys(one.database).read()).toBeNull();
  });

  test('goes on in clear when the key says so, else when the person does', async () => {
    const shared = account();
    const { one } = await withRun(shared);
    await encrypt(shared, one);
    const two = await device(shared);
    await two.room.unlock({ slot: 'passphrase', text: passphrase });
    const proof = await one.room.proof(3);
    Object.assign(shared.state, { epoch: 3, encrypted: false, envelope: null });
    expect(await two.room.view()).toMatchObject({ ok: true, value: { stand: 'unproved' } });
    Object.assign(shared.state, { endProof: proof.ok && proof.value });
    expect(await two.room.view()).toMatchObject({ ok: true, value: { stand: 'clear' } });
    Object.assign(shared.state, { endProof: null });
    expect(await one.room.view()).toMatchObject({ ok: true, value: { stand: 'unproved' } });
    await one.room.acceptClear(3);
    expect(await one.room.view()).toMatchObject({ ok: true, value: { stand: 'clear' } });
  });

  test('takes another passphrase, with another recovery code, for the same key', async () => {
    const shared = account();
    const { one } = await withRun(shared);
    const old = await encrypt(shared, one);
    const secret = { slot: 'passphrase', text: passphrase } as const;
    const anew = await one.room.rewrap(secret, 'another harbour altogether');
    if (!anew.ok) throw new Error(anew.error.code);
    Object.assign(shared.state, { envelope: anew.value.envelope });
    const two = await device(shared);
    for (const text of [passphrase, old]) {
      const slot = text === old ? 'recovery' : 'passphrase';
      expect((await two.room.unlock({ slot, text })).ok).toBe(false);
    }
    const { recoveryCode } = anew.value;
    expect((await two.room.unlock({ slot: 'recovery', text: recoveryCode })).ok).toBe(true);
    const typed = { slot: 'passphrase', text: 'another harbour altogether' } as const;
    expect((await two.room.unlock(typed)).ok).toBe(true);
    const kept = async ({ database }: Device) => (await dexieKeys(database).read())!.keys!.keyId;
    expect(await kept(two)).toBe(await kept(one));
  });
});
