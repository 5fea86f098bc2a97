/** Rows to cells and back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Collection } from '../collections/collection.ts';
import { anything, finite, text } from '../collections/shape.ts';
import type { Cells } from './fragment.ts';
import { formatHlc } from './hlc.ts';
import { cellsToWrite, faultOfCell, isEqual, isShown, rowOf } from './row-projection.ts';
import { mergeCell, newRow, type RowState } from './row-state.ts';

const things: Collection = {
  name: 'things',
  schemaVersion: 1,
  key: 'id',
  fields: {
    name: { merge: 'value', shape: text(100) },
    size: { merge: 'value', shape: anything, optional: true },
    parts: { merge: 'struct', shapes: { left: finite, right: finite } },
    inputs: { merge: 'map', shape: finite },
    tags: { merge: 'set' },
  },
};
const key = fc.constantFrom('a', 'b', 'x y', 'é', 'a.b');
const row = fc.record({
  name: fc.string({ maxLength: 5 }),
  size: fc.jsonValue({ maxDepth: 1 }),
  parts: fc.record({ left: fc.integer(), right: fc.integer() }),
  inputs: fc.dictionary(key, fc.integer(), { maxKeys: 3, noNullPrototype: true }),
  tags: fc.uniqueArray(key, { maxLength: 3 }),
});
const stamp = (n: number, node = 'node00') => formatHlc({ ms: 1e12 + n, counter: 0 }, node);

function merge(state: RowState, cells: Cells, hlc: string): void {
  for (const [cell, value] of Object.entries(cells)) mergeCell(state, cell, value, hlc);
}
const sorted = (value: Record<string, unknown>) => ({
  ...value,
  tags: (value['tags'] as string[]).toSorted(),
});

describe('the cells of a row', () => {
  test('read as what was written, write after write, and writing it again writes nothing', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (writes) => {
        const state = newRow('i', stamp(0));
        writes.forEach((wanted, n) => {
          const cells = cellsToWrite(things, state, wanted, stamp(n));
          for (const [cell, value] of Object.entries(cells)) {
            expect(faultOfCell(things, cell, value)).toBe(null);
          }
          merge(state, cells, stamp(n));
          expect(isShown(things, state)).toBe(true);
          const read = sorted(rowOf(things, 'i', state.cells));
          expect(isEqual(read, sorted({ id: 'i', ...wanted }))).toBe(true);
          expect(cellsToWrite(things, state, wanted, stamp(n + 1))).toEqual({});
        });
      }),
      { numRuns: 200 },
    );
  });

  test('that a later version wrote are kept, and read once it is here', () => {
    const state = newRow('i', stamp(0));
    const whole = { name: 'n', parts: { left: 1, right: 2 } };
    merge(state, cellsToWrite(things, state, whole, stamp(0)), stamp(0));
    merge(state, { colour: 'red', 'sides.top': 1 }, stamp(1));
    expect(rowOf(things, 'i', state.cells)).not.toHaveProperty('colour');
    const later: Collection = {
      ...things,
      fields: {
        ...things.fields,
        colour: { merge: 'value', shape: anything },
        sides: { merge: 'map', shape: finite },
      },
    };
    expect(isShown(later, state)).toBe(true);
    expect(rowOf(later, 'i', state.cells)).toMatchObject({ colour: 'red', sides: { top: 1 } });
  });

  test('of a set keep what is added while it is taken away elsewhere', () => {
    const here = newRow('i', stamp(0));
    const there = newRow('i', stamp(0));
    const first = cellsToWrite(things, here, { tags: ['t'] }, stamp(0));
    merge(here, first, stamp(0));
    merge(there, first, stamp(0));
    const removed = cellsToWrite(things, here, { tags: [] }, stamp(9));
    merge(there, cellsToWrite(things, there, { tags: [] }, stamp(1, 'node01')), stamp(1, 'node01'));
    const added = cellsToWrite(things, there, { tags: ['t'] }, stamp(2, 'node01'));
    merge(there, added, stamp(2, 'node01'));
    merge(there, removed, stamp(9));
    merge(here, removed, stamp(9));
    merge(here, added, stamp(2, 'node01'));
    expect(rowOf(things, 'i', here.cells)['tags']).toEqual(['t']);
    expect(rowOf(things, 'i', there.cells)['tags']).toEqual(['t']);
  });
});
