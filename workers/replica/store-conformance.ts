/** What every storage of a replica must do, whatever it lies on; tests of each call it. */
import { expect, test } from 'vitest';
import type { Json } from '#core/sync/fragment.ts';
import type { RowState } from '#core/sync/row-state.ts';
import type { NewOutboxEntry, ReplicaStore } from './replica-store.ts';

const stamp = (n: number) => `kt5m00000${n.toString(36).padStart(4, '0')}abcdef`;

function row(id: string, cells: Record<string, Json> = {}): RowState {
  const whole = { list: 'a', symbol: 'EURUSD', order: 'a0', note: '', addedMs: 1 };
  return { id, cells: { ...whole, ...cells }, base: stamp(1), stamps: { note: stamp(2) } };
}

function entry(id: string, n: number): NewOutboxEntry {
  const cells = { note: `${n}` };
  return { collection: 'watchlist', row: id, hlc: stamp(n), cells, schemaVersion: 1 };
}

/** `openStore` gives an empty one each time. */
export function testReplicaStore(openStore: () => ReplicaStore): void {
  rowTests(openStore);
  outboxTests(openStore);
  transactionTests(openStore);
}

function rowTests(openStore: () => ReplicaStore): void {
  test('rows come back as they were put, in the order asked, deleted and unknown ones as well', async () => {
    const store = openStore();
    const gone = row('b', { _del: 1 });
    const part: RowState = { id: 'c', cells: { note: 'not whole' }, base: stamp(3), stamps: {} };
    const later: RowState = { id: 'a', cells: { field: [1, { x: null }] }, base: '', stamps: {} };
    await store.transact('all', async (tx) => {
      await tx.putRows('watchlist', [row('a', { later: true }), gone, part]);
      await tx.putRows('laterCollection', [later]);
    });
    const found = await store.transact('all', async (tx) => [
      await tx.rows('watchlist', ['c', 'missing', 'a', 'b']),
      await tx.rows('laterCollection', ['a', 'b']),
      await tx.collections(),
    ]);
    expect(found[0]).toEqual([part, undefined, row('a', { later: true }), gone]);
    expect(found[1]).toEqual([later, undefined]);
    expect(found[2]!.toSorted()).toEqual(['laterCollection', 'watchlist']);
  });

  test('a row that is deleted and brought back is there once', async () => {
    const store = openStore();
    for (const _del of [1, 0, 1, 0]) {
      await store.transact(['watchlist'], (tx) => tx.putRows('watchlist', [row('a', { _del })]));
      const seen = await store.transact(['watchlist'], (tx) => tx.rowsAfter('watchlist', null, 10));
      expect(seen).toEqual([row('a', { _del })]);
    }
  });

  test('pages of rows are all rows, each once and in order, deleted ones among them', async () => {
    const store = openStore();
    const all = Array.from({ length: 60 }, (_, i) => row(`r${i}`, i % 3 === 0 ? { _del: 1 } : {}));
    await store.transact(['watchlist'], async (tx) => {
      await tx.putRows('watchlist', all);
      await tx.putRows('laterCollection', [row('r5x')]);
    });
    for (const most of [1, 7, 60, 100]) {
      const seen: RowState[] = [];
      for (let page: RowState[] = []; ;) {
        page = await store.transact(['watchlist'], (tx) =>
          tx.rowsAfter('watchlist', page.at(-1)?.id ?? null, most),
        );
        expect(page.length).toBeLessThanOrEqual(most);
        seen.push(...page);
        if (page.length < most) break;
      }
      expect(seen).toEqual(all.toSorted((one, other) => (one.id < other.id ? -1 : 1)));
    }
  });
}

function outboxTests(openStore: () => ReplicaStore): void {
  test('changes wait in the order they were made, and are found by their row', async () => {
    const store = openStore();
    const result = await store.transact([], async (tx) => {
      await tx.addToOutbox([entry('a', 1), entry('b', 2)]);
      await tx.addToOutbox(Array.from({ length: 20 }, (_, i) => entry('c', 3 + i)));
      const [first, second] = await tx.outbox({ most: 2 });
      await tx.putOutbox([{ ...second!, held: 'quota' }]);
      await tx.deleteFromOutbox([first!.lsn]);
      const of = (name: string) => ({ collection: 'watchlist', row: name });
      return {
        first,
        second,
        count: await tx.outboxCount(),
        ofB: await tx.outboxOf([of('b'), of('a')]),
        ofAll: (await tx.outboxOf([of('a'), of('b'), of('c')])).map(({ hlc }) => hlc),
        byLsn: await tx.outboxByLsn([first!.lsn, second!.lsn]),
      };
    });
    expect(result.first).toMatchObject(entry('a', 1));
    expect(result.second!.lsn).toBeGreaterThan(result.first!.lsn);
    expect(result.count).toBe(21);
    expect(result.ofB).toEqual([{ ...result.second, held: 'quota' }]);
    expect(result.ofAll).toEqual(Array.from({ length: 21 }, (_, i) => stamp(2 + i)));
    expect(result.byLsn).toEqual(result.ofB);
  });

  test('changes are found and taken away by their numbers, and none between them', async () => {
    const store = openStore();
    const result = await store.transact([], async (tx) => {
      await tx.addToOutbox(Array.from({ length: 40 }, (_, i) => entry(`r${i % 8}`, i)));
      const lsns = (await tx.outbox({ most: 40 })).map(({ lsn }) => lsn);
      const some = lsns.filter((_, i) => (i > 2 && i < 12) || (i > 12 && i < 30)).toReversed();
      const found = await tx.outboxByLsn(some);
      await tx.deleteFromOutbox(some);
      const left = await tx.outbox({ most: 40 });
      const gone = await tx.outboxByLsn(some);
      return { lsns, some, found: found.map(({ lsn }) => lsn), left, gone };
    });
    expect(result.found).toEqual(result.some);
    expect(result.gone).toEqual([]);
    const kept = result.lsns.filter((lsn) => !result.some.includes(lsn));
    expect(result.left.map(({ lsn }) => lsn)).toEqual(kept);
    expect(kept).toHaveLength(40 - result.some.length);
  });

  test('a number of the outbox is never given twice', async () => {
    const store = openStore();
    const add = () =>
      store.transact([], async (tx) => {
        await tx.addToOutbox([entry('a', 1)]);
        const [only] = await tx.outbox({ most: 10 });
        await tx.deleteFromOutbox([only!.lsn]);
        return only!.lsn;
      });
    const lsns = [await add(), await add(), await add()];
    expect(new Set(lsns).size).toBe(3);
    expect(lsns.toSorted((a, b) => a - b)).toEqual(lsns);
  });

  test('a shadow without cells is gone', async () => {
    const store = openStore();
    const of = (name: string) => ({ collection: 'watchlist', row: name });
    const full = { ...of('a'), cells: { note: null, list: { value: 'x', hlc: stamp(1) } } };
    await store.transact([], (tx) => tx.putShadows([full, { ...of('b'), cells: { note: null } }]));
    await store.transact([], (tx) => tx.putShadows([{ ...of('b'), cells: {} }]));
    const found = await store.transact([], (tx) => tx.shadows([of('b'), of('a')]));
    expect(found).toEqual([undefined, full]);
  });
}

function transactionTests(openStore: () => ReplicaStore): void {
  test('what throws leaves nothing behind', async () => {
    const store = openStore();
    const failing = store.transact('all', async (tx) => {
      await tx.putRows('watchlist', [row('a')]);
      await tx.addToOutbox([entry('a', 1)]);
      await tx.putMeta('cursor', 7);
      throw new Error('crash');
    });
    await expect(failing).rejects.toThrow('crash');
    const left = await store.transact('all', async (tx) => [
      await tx.rows('watchlist', ['a']),
      await tx.outboxCount(),
      await tx.meta('cursor'),
    ]);
    expect(left).toEqual([[undefined], 0, undefined]);
  });

  test('transactions that read and then write take turns', async () => {
    const store = openStore();
    const raise = () =>
      store.transact([], async (tx) => {
        const before = (await tx.meta('cursor')) ?? 0;
        await tx.outboxCount();
        await tx.putMeta('cursor', before + 1);
      });
    await Promise.all(Array.from({ length: 10 }, raise));
    expect(await store.transact([], (tx) => tx.meta('cursor'))).toBe(10);
  });

  test('a row that was read and is changed in hand is not changed in the store', async () => {
    const store = openStore();
    await store.transact(['watchlist'], async (tx) => {
      await tx.putRows('watchlist', [row('a')]);
      const [read] = await tx.rows('watchlist', ['a']);
      read!.cells['note'] = 'in hand';
      read!.stamps['list'] = stamp(9);
    });
    const found = await store.transact(['watchlist'], (tx) => tx.rows('watchlist', ['a']));
    expect(found).toEqual([row('a')]);
  });
}
