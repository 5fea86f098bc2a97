import { Dexie, type DBCore, type DBCoreTable } from 'dexie';
import { afterEach, expect, test, vi } from 'vitest';
import type { Json } from '#core/sync/fragment.ts';
import { Database } from '#workers/store/database.ts';
import { freeOldest, keepContent } from '#workers/store/contents.ts';
import { pictureContent } from '#workers/store/picture-content.ts';
import { claim } from '#workers/store/owner.ts';
import { statementContent } from '#workers/store/statement-content.ts';
import { dexieWriter } from '../dexie-writer.ts';
import type { ContentPlace } from './chunk-box.ts';
import { chunkRef } from './chunk-ref.ts';
import { hashOf } from './chunk-transfer.ts';
import { contentMover } from './contents.ts';
import { keyRoom } from './key-room.ts';

const keyId = 'key';
const bytes = Uint8Array.of(1, 2, 3);
const place = (digit: string): ContentPlace => ({
  hashes: [digit.repeat(64)],
  bytes: bytes.length,
  gzip: false,
});
const about = (kind: string): Json => ({ kind, version: 1, bytes: bytes.length });

const open: Database[] = [];
afterEach(async () => {
  for (const database of open.splice(0)) await database.delete({ disableAutoOpen: true });
});

/** A device with room for so many pictures, and a server that has whatever it is asked for. */
function device({ pictures: most }: { pictures: number }) {
  const database = new Database(`room-${Math.random()}`);
  open.push(database);
  const room = { pictures: most };
  const limited = (table: DBCoreTable): DBCoreTable => ({
    ...table,
    async mutate(request) {
      const { primaryKey: index } = table.schema;
      const query = { index, range: { type: 3, lower: undefined, upper: undefined } };
      const adds = request.type === 'put' || request.type === 'add';
      if (adds && (await table.count({ trans: request.trans, query })) >= room.pictures) {
        throw new Dexie.QuotaExceededError();
      }
      return table.mutate(request);
    },
  });
  const create = (core: DBCore) => ({
    ...core,
    table: (name: string) =>
      name === 'pictureBytes' ? limited(core.table(name)) : core.table(name),
  });
  database.use({ stack: 'dbcore', name: 'room', create });
  const asked: string[] = [];
  const box = {
    put: async () => ({ place: place('0'), isStored: true }),
    async get({ hashes }: ContentPlace) {
      asked.push(...hashes);
      return bytes;
    },
  };
  const clock = { nowMs: 0 };
  const store = { box, keyId };
  const parts = { database, writer: dexieWriter(database), store, nowMs: () => clock.nowMs };
  return { database, room, asked, clock, mover: contentMover(parts) };
}

const rowOf = (id: string, content = chunkRef(place(id), keyId, about('picture'))) => ({
  ...({ id, noteId: 'n', name: id, type: 'image/webp', width: 2, height: 1 } as const),
  ...{ bytes: bytes.length, createdMs: 1 },
  content,
});

const keepPicture = (database: Database, id: string) =>
  keepContent(database, pictureContent, id, { bytes, about: about('picture') }, { keyId });
const keepStatement = (database: Database, id: string) =>
  keepContent(database, statementContent, id, { bytes, about: about('statement') }, { keyId });

test('what a full device cannot keep is missing, and asked for ahead once an hour at most', async () => {
  const { database, room, asked, clock, mover } = device({ pictures: 0 });
  await database.pictures.put(rowOf('a'));
  expect(await keepPicture(database, 'a')).toBe(false);
  expect(await mover.gather(() => undefined)).toEqual({ missing: { pictures: 1 }, isFull: true });
  expect(await mover.prefetch()).toBe(0);
  const before = asked.length;
  expect(await mover.prefetch()).toBe(0);
  expect(asked).toHaveLength(before);
  room.pictures = 1;
  clock.nowMs += 3_600_000;
  expect(await mover.prefetch()).toBe(1);
  expect(await mover.gather(() => undefined)).toEqual({ missing: {}, isFull: false });
});

test('what gave way while the rest was gathered is missing', async () => {
  const { database, mover } = device({ pictures: 1 });
  await database.pictures.bulkPut([rowOf('a'), rowOf('b')]);
  expect(await mover.gather(() => undefined)).toEqual({ missing: { pictures: 1 }, isFull: true });
  expect(await database.pictureBytes.count()).toBe(1);
});

test('encryption is not switched on by a device that has no room for everything', async () => {
  const { database } = device({ pictures: 0 });
  await claim(database, 'somebody');
  await database.replicaMeta.put({ key: 'sealing', value: { epoch: 1, encrypted: false } });
  const where = { ...place('a'), hashes: [await hashOf(bytes)] };
  await database.pictures.put(rowOf('a', chunkRef(where, 'clear-1', about('picture'))));
  const { gather } = keyRoom({ database, fetch: async () => new Response(bytes) });
  expect(await gather(() => undefined)).toMatchObject({ error: { code: 'store.full' } });
});

test('deals do not stand before what gives way for others', async () => {
  const { database } = device({ pictures: 1 });
  const ids = Array.from({ length: 25 }, (_, i) => `s${i}`);
  for (const id of ids) expect(await keepStatement(database, id)).toBe(true);
  expect(await database.blobs.count()).toBe(0);
  // As devices have them that marked deals before.
  const mark = { bytes: new Uint8Array(), state: 'kept' } as const;
  await database.blobs.bulkPut(ids.map((id) => ({ hash: `statement ${id}`, ...mark, usedMs: 1 })));
  await database.pictures.bulkPut([rowOf('a'), rowOf('b')]);
  expect(await keepPicture(database, 'a')).toBe(true);
  expect(await keepPicture(database, 'b')).toBe(true);
  expect(await database.pictureBytes.toCollection().primaryKeys()).toEqual(['b']);
  expect(await database.statementBytes.count()).toBe(ids.length);
});

test('only what is gone counts as dropped', async () => {
  const { database } = device({ pictures: 9 });
  await database.pictures.bulkPut([rowOf('a'), rowOf('b')]);
  for (const id of ['a', 'b', 'unknown']) await keepPicture(database, id);
  // Deleted by its owner, with its mark left behind.
  await database.pictureBytes.delete('b');
  // What was sealed with an older key is perhaps the last there is, until it is sent anew.
  expect(await freeOldest(database, 'newer key')).toBe(0);
  expect(await freeOldest(database, keyId)).toBe(1);
  expect(await freeOldest(database, keyId)).toBe(0);
  expect(await database.pictureBytes.toCollection().primaryKeys()).toEqual(['unknown']);
});

test('a round looks once through what waits, whatever the kinds of contents', async () => {
  const { database, mover } = device({ pictures: 9 });
  await claim(database, 'somebody');
  await database.pictures.put(rowOf('a'));
  await keepPicture(database, 'a');
  await dexieWriter(database).write([
    { kind: 'put', collection: 'pictures', id: 'a', fields: { name: 'anew' } },
  ]);
  expect(await mover.send(5)).toBe(0);
  await database.outbox.toCollection().modify({ held: 'missing' });
  const scan = vi.spyOn(database.outbox, 'filter');
  expect(await mover.send(5)).toBe(1);
  expect(scan).toHaveBeenCalledTimes(1);
});
