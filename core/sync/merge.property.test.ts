/** Merging on replicas and on the server, over any changes in any order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addCell, emptyDigest } from './digest.ts';
import type { Cells, Fragment } from './fragment.ts';
import { formatHlc, type Hlc } from './hlc.ts';
import { mergeCell, newRow, stampOf, type RowState } from './row-state.ts';
import { mergingOf, type FragmentChanges, type StoredFragment } from './server-merge.ts';

/** One value for each (row, cell, stamp): a stamp is given once. */
const op = fc
  .record({
    row: fc.constantFrom('r0', 'r1'),
    at: fc.nat(11),
    cells: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 }),
  })
  .map(({ row, at, cells }): Fragment => {
    const hlc = formatHlc({ ms: 1e12 + (at >> 2), counter: at & 1 }, `node0${(at >> 1) & 1}`);
    const values: Cells = Object.fromEntries(cells.map((cell) => [cell, `${row}${cell}${hlc}`]));
    return { collection: 'things', row, hlc, cells: values, schemaVersion: 1 };
  });
const ops = fc.array(op, { maxLength: 30 });
/** The same changes, some of them again, in another order. */
const shuffledOps = ops.chain((some) =>
  fc.tuple(
    fc.constant(some),
    fc
      .subarray(some)
      .chain((again) =>
        fc.shuffledSubarray([...some, ...again], { minLength: some.length + again.length }),
      ),
  ),
);

type Merged = Record<string, readonly [unknown, Hlc]>;

function onReplica(fragments: readonly Fragment[]): Merged {
  const rows = new Map<string, RowState>();
  for (const { row, cells, hlc } of fragments) {
    const state = rows.get(row) ?? newRow(row, hlc);
    rows.set(row, state);
    for (const [cell, value] of Object.entries(cells)) mergeCell(state, cell, value, hlc);
  }
  const entries = [...rows.values()].flatMap((row) =>
    Object.keys(row.cells).map((cell) => {
      return [`${row.id} ${cell}`, [row.cells[cell], stampOf(row, cell)!]] as const;
    }),
  );
  return Object.fromEntries(entries);
}

function applied(before: readonly StoredFragment[], changes: FragmentChanges): StoredFragment[] {
  const is = (one: StoredFragment) => (other: StoredFragment) =>
    one.row === other.row && one.hlc === other.hlc && one.part === other.part;
  return before
    .filter((each) => !changes.remove.some(is(each)))
    .map((each) => changes.shrink.find(is(each)) ?? each)
    .concat(changes.insert);
}

/** In batches of so many. */
function onServer(fragments: readonly Fragment[], batch: number) {
  let stored: StoredFragment[] = [];
  let seq = 0;
  let bytes = 0;
  for (let at = 0; at < fragments.length; at += batch) {
    const merging = mergingOf(stored, seq);
    for (const each of fragments.slice(at, at + batch)) merging.take([each], Infinity);
    stored = applied(stored, merging.changes());
    seq = merging.seq();
    bytes += merging.grownBytes();
  }
  const entries = stored.flatMap(({ row, live, cells, hlc }) =>
    live.map((cell) => [`${row} ${cell}`, [cells[cell], hlc]] as const),
  );
  return { stored, merged: Object.fromEntries(entries) as Merged, bytes, seq };
}

function digestOf(merged: Merged): string {
  const digest = emptyDigest();
  for (const [name, [, hlc]] of Object.entries(merged)) {
    const [row, cell] = name.split(' ') as [string, string];
    addCell(digest, row, cell, hlc);
  }
  return digest.join();
}

describe('changes of rows', () => {
  test('come to the same in any order and however often, on replicas and on the server', () => {
    fc.assert(
      fc.property(shuffledOps, fc.integer({ min: 1, max: 9 }), ([some, mixed], batch) => {
        const once = onReplica(some);
        expect(onReplica(mixed)).toEqual(once);
        const server = onServer(mixed, batch);
        expect(server.merged).toEqual(once);
        expect(digestOf(server.merged)).toBe(digestOf(once));
        expect(onServer(some, some.length || 1).merged).toEqual(once);
      }),
      { numRuns: 200 },
    );
  });

  test('of different fields both survive', () => {
    fc.assert(
      fc.property(ops, (some) => {
        const merged = onReplica(some);
        for (const { row, cells, hlc } of some) {
          for (const [cell, value] of Object.entries(cells)) {
            const [winner, stamp] = merged[`${row} ${cell}`]!;
            expect(stamp >= hlc).toBe(true);
            if (stamp === hlc) expect(winner).toBe(value);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('leave on the server never more fragments than live cells, each cell in one of them', () => {
    fc.assert(
      fc.property(ops, fc.integer({ min: 1, max: 9 }), (some, batch) => {
        const { stored, merged, bytes } = onServer(some, batch);
        expect(stored.length).toBeLessThanOrEqual(Object.keys(merged).length);
        const owned = stored.flatMap(({ row, live }) => live.map((cell) => `${row} ${cell}`));
        expect(new Set(owned).size).toBe(owned.length);
        for (const { live, cells } of stored) expect(Object.keys(cells)).toEqual(live);
        expect(bytes).toBe(stored.reduce((sum, each) => sum + each.bytes, 0));
        expect(new Set(stored.map(({ seq }) => seq)).size).toBe(stored.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what a snapshot covers', () => {
  const stamp = (n: number) => formatHlc({ ms: 1e12 + n, counter: 0 }, 'node00');
  const update = (n: number): Fragment => ({
    collection: 'notes',
    row: 'n',
    hlc: stamp(n),
    cells: { [`text.${n}`]: `u${n}` },
    schemaVersion: 1,
  });
  const snapshot: Fragment = { ...update(9), covers: ['text.1', 'text.2'] };

  test('is dropped, whether it comes before or after', () => {
    const live = (fragments: readonly Fragment[]) =>
      Object.keys(onServer(fragments, 2).merged).toSorted();
    const wanted = ['n text.3', 'n text.9'];
    expect(live([update(1), update(2), update(3), snapshot])).toEqual(wanted);
    expect(live([snapshot, update(3), update(2), update(1)])).toEqual(wanted);
    expect(live([update(1), snapshot, update(1), update(3), snapshot])).toEqual(wanted);
  });
});

describe('an account with little room', () => {
  const write = (cells: Cells, n: number): Fragment => ({
    collection: 'things',
    row: 'r',
    hlc: formatHlc({ ms: 1e12 + n, counter: 0 }, 'node00'),
    cells,
    schemaVersion: 1,
  });
  const long = 'x'.repeat(500);

  test('takes no more than fits, but what frees room and what deletes always', () => {
    const { stored, bytes } = onServer([write({ a: long }, 1), write({ b: long }, 2)], 2);
    const merging = mergingOf(stored, 2);
    expect(merging.take([write({ c: long }, 3)], 100)).toBe(false);
    expect(merging.grownBytes()).toBe(0);
    expect(merging.changes()).toEqual({ insert: [], shrink: [], remove: [] });
    expect(merging.take([write({ a: '' }, 4)], -bytes)).toBe(true);
    expect(merging.take([write({ _del: 1 }, 5)], -bytes)).toBe(true);
    expect(merging.changes().insert.map(({ seq }) => seq)).toEqual([3, 4]);
  });

  test('is not filled with deletions of what is not there, nor with what hangs on them', () => {
    const merging = mergingOf([], 0);
    const deletion = write({ _del: 1 }, 1);
    expect(merging.take([deletion], 0)).toBe(false);
    expect(merging.take([deletion], 500)).toBe(true);
    const chunks = Array.from({ length: 900 }, () => 'a'.repeat(64));
    expect(merging.take([{ ...write({ _del: 1 }, 2), chunks }], 500)).toBe(false);
    expect(merging.take([write({ _del: 1 }, 3)], 0)).toBe(true);
  });

  test('takes a group whole or not at all', () => {
    const merging = mergingOf([], 0);
    expect(merging.take([write({ a: 1 }, 1), write({ b: long }, 2)], 300)).toBe(false);
    expect(merging.seq()).toBe(0);
    expect(merging.take([write({ a: 1 }, 1), write({ b: 1 }, 2)], 300)).toBe(true);
    expect(merging.seq()).toBe(2);
  });
});
