/** Which columns of a table are shown. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isColumnShown, withColumn } from './hidden-columns.ts';

const askedFor = ['costs', 'stop'];
const ids = ['net', 'tags', ...askedFor];
const shownOf = (hidden: readonly string[]) =>
  ids.filter((id) => isColumnShown(id, { hidden, askedFor }));

test('columns that one has to ask for are left out, also of what was kept before them', () => {
  expect(shownOf([])).toEqual(['net', 'tags']);
  expect(shownOf(['tags'])).toEqual(['net']);
});

test('what was shown and hidden last holds, each column for itself, and nothing is told twice', () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(...ids), fc.boolean()));
  fc.assert(
    fc.property(steps, (taken) => {
      let hidden: readonly string[] = [];
      const expected = new Map<string, boolean>(ids.map((id) => [id, !askedFor.includes(id)]));
      for (const [id, isShown] of taken) {
        hidden = withColumn(id, isShown, { hidden, askedFor });
        expected.set(id, isShown);
      }
      expect(shownOf(hidden)).toEqual(ids.filter((id) => expected.get(id)));
      expect(new Set(hidden).size).toBe(hidden.length);
    }),
  );
});
