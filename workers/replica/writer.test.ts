/** Local writes: what is stored, what waits, and what can be taken back. */
import { beforeEach, describe, expect, test } from 'vitest';
import { rowOf } from '#core/sync/row-projection.ts';
import { collectionNamed } from '#core/collections/registry.ts';
import { memoryReplica, type MemoryReplica } from '../../tests/simulation/replica-store.ts';
import { replicaWriter, type Change, type Writer } from './writer.ts';

let store: MemoryReplica;
let writer: Writer;
let isOwned: boolean;
let nowMs: number;

beforeEach(() => {
  store = memoryReplica();
  isOwned = true;
  nowMs = 1_750_000_000_000;
  let count = 0;
  const random = () => (count++ * 0.618_034) % 1;
  writer = replicaWriter(store, { nowMs: () => nowMs, random, isOwned: () => isOwned });
});

const item = { list: 'Watchlist', symbol: 'EURUSD', order: 'a0', note: '', addedMs: 1 };
const put = (id: string, fields: Record<string, unknown>): Change => ({
  kind: 'put',
  collection: 'watchlist',
  id,
  fields,
});
const append = (value: string, covers?: readonly string[]): Change => ({
  kind: 'append',
  collection: 'notes',
  id: 'n',
  field: 'text',
  value,
  ...(covers && { covers }),
});
const waiting = () => [...store.data.outbox.values()];
const row = (collection: string, id: string) => store.data.rows.get(collection)?.get(id);
const texts = () => Object.keys(row('notes', 'n')?.cells ?? {});

describe('a write', () => {
  test('lets only the fields wait that differ', async () => {
    await writer.write([put('a', item)]);
    await writer.write([put('a', { ...item, note: 'later' })]);
    expect(waiting().map(({ cells }) => cells)).toEqual([
      { list: 'Watchlist', symbol: 'EURUSD', order: 'a0', addedMs: 1 },
      { note: 'later' },
    ]);
    await writer.write([put('a', { ...item, note: 'later' })]);
    expect(waiting()).toHaveLength(2);
  });

  test('takes the place of one that was not sent, however often', async () => {
    for (let n = 0; n < 5; n++) await writer.write([put('a', { note: `${n}` })]);
    expect(waiting().map(({ cells }) => cells)).toEqual([{ note: '4' }]);
  });

  test('leaves alone what is on its way', async () => {
    await writer.write([put('a', { note: 'sent' })]);
    const lsns = waiting().map(({ lsn }) => lsn);
    store.data.meta = { ...store.data.meta, flight: { pushNo: 1, nonce: 'n', lsns, body: '' } };
    await writer.write([put('a', { note: 'later' })]);
    expect(waiting().map(({ cells }) => cells)).toEqual([{ note: 'sent' }, { note: 'later' }]);
    expect(row('watchlist', 'a')?.cells['note']).toBe('later');
  });

  test('is stamped later than the one before, even when the clock is put back', async () => {
    await writer.write([put('a', { note: '1' })]);
    const [first] = waiting();
    nowMs -= 3_600_000;
    await writer.write([put('b', { note: '2' })]);
    expect(waiting()[1]!.hlc > first!.hlc).toBe(true);
  });

  test('of several rows is one transaction', async () => {
    const dying = memoryReplica();
    const broken = replicaWriter(
      {
        transact: (names, work) =>
          dying.transact(names, (tx) => work({ ...tx, addToOutbox: () => Promise.reject('dead') })),
      },
      { nowMs: () => nowMs, random: () => 0.5, isOwned: () => true },
    );
    await expect(broken.write([put('a', item), put('b', item)])).rejects.toBe('dead');
    expect(dying.data.rows.get('watchlist')?.size ?? 0).toBe(0);
    expect(dying.data.meta.clock).toBeUndefined();
  });

  test('of a large row waits in parts of one stamp', async () => {
    const fields = { title: 'x'.repeat(900), excerpt: 'y'.repeat(30_000), subject: null };
    await writer.write([
      {
        kind: 'put',
        collection: 'notes',
        id: 'n',
        fields: { ...fields, title: 'z'.repeat(20_000) },
      },
    ]);
    expect(waiting()).toHaveLength(2);
    expect(new Set(waiting().map(({ hlc }) => hlc)).size).toBe(1);
  });

  test('goes as one group where it is asked for', async () => {
    await writer.write([put('a', item), put('b', item)], { group: true });
    const groups = waiting().map(({ groupId }) => groupId);
    expect(groups[0]).toBeTypeOf('string');
    expect(groups[1]).toBe(groups[0]);
  });

  test('of a row for this device alone has no stamp and does not wait', async () => {
    await writer.write([
      { kind: 'put', collection: 'settings', id: 'preferences', fields: { value: 1 } },
    ]);
    expect(waiting()).toEqual([]);
    expect(row('settings', 'preferences')).toMatchObject({ cells: { value: 1 }, base: '' });
  });

  test('in a database that is nobody’s has no stamp and does not wait', async () => {
    isOwned = false;
    await writer.write([put('a', item)]);
    expect(waiting()).toEqual([]);
    expect(row('watchlist', 'a')).toMatchObject({ cells: item, base: '', stamps: {} });
  });
});

describe('a deleted row', () => {
  const remove: Change = { kind: 'remove', collection: 'watchlist', id: 'a' };
  const restore: Change = { kind: 'restore', collection: 'watchlist', id: 'a' };

  test('stays deleted when it is written, and comes back with what was written', async () => {
    await writer.write([put('a', item), remove, put('a', { note: 'still' })]);
    expect(row('watchlist', 'a')?.cells['_del']).toBe(1);
    await writer.write([restore]);
    expect(row('watchlist', 'a')?.cells).toMatchObject({ _del: 0, note: 'still' });
  });

  test('is not deleted twice, nor one that never was', async () => {
    await writer.write([put('a', item), remove]);
    const { length } = waiting();
    await writer.write([remove, { ...remove, id: 'never' }]);
    expect(waiting()).toHaveLength(length);
    expect(row('watchlist', 'never')).toBeUndefined();
  });
});

describe('a text', () => {
  test('keeps each update by itself until one covers them', async () => {
    await writer.write([append('one')]);
    await writer.write([append('two')]);
    const two = texts();
    expect(two).toHaveLength(2);
    await writer.write([append('both', two)]);
    expect(rowOf(collectionNamed('notes')!, 'n', row('notes', 'n')!.cells)['text']).toEqual([
      'both',
    ]);
    // The server was never given the two.
    expect(waiting().map(({ cells, covers }) => [Object.values(cells), covers])).toEqual([
      [['both'], undefined],
    ]);
  });

  test('tells the server to drop what it was given', async () => {
    await writer.write([append('one')]);
    const [sent] = texts();
    const lsns = waiting().map(({ lsn }) => lsn);
    store.data.meta = { ...store.data.meta, flight: { pushNo: 1, nonce: 'n', lsns, body: '' } };
    await writer.write([append('two')]);
    await writer.write([append('both', texts())]);
    expect(waiting().at(-1)!.covers).toEqual([sent]);
  });
});

describe('what was written', () => {
  test('can be undone while nobody has written over it', async () => {
    await writer.write([put('a', item)]);
    const written = await writer.write([put('a', { note: 'new', symbol: 'GBPUSD' })]);
    await writer.write([put('a', { symbol: 'USDJPY' })]);
    await writer.undo(written);
    expect(row('watchlist', 'a')?.cells).toMatchObject({ note: '', symbol: 'USDJPY' });
  });

  test('is gone again when its row was new', async () => {
    const written = await writer.write([put('a', item)]);
    await writer.undo(written);
    expect(row('watchlist', 'a')?.cells['_del']).toBe(1);
  });

  test('and lost can be written again', async () => {
    await writer.write([put('a', item)]);
    await writer.revert({ collection: 'watchlist', row: 'a', cell: 'note', value: 'mine' });
    expect(row('watchlist', 'a')?.cells['note']).toBe('mine');
    expect(waiting().at(-1)!.cells).toEqual({ note: 'mine' });
  });
});
