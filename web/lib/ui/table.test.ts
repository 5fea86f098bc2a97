/** Sorting and copying the rows of a table. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortRows, tableText, type Column } from './table.ts';

interface Row {
  readonly name: string;
  readonly profit: number | null;
}
const columns: readonly Column<Row>[] = [
  { id: 'name', label: 'Name', value: (row) => row.name },
  { id: 'profit', label: 'Profit', unit: 'USD', number: true, value: (row) => row.profit },
];
const anyRows = fc.array(
  fc.record({ name: fc.string(), profit: fc.option(fc.double({ noNaN: true })) }),
);

test('sorting by a number orders every pair and puts missing values last', () => {
  fc.assert(
    fc.property(anyRows, fc.boolean(), (rows, descending) => {
      const profits = sortRows(rows, columns, { column: 'profit', descending }).map(
        (row) => row.profit,
      );
      const known = profits.filter((each) => each !== null);
      expect(profits.slice(known.length).every((each) => each === null)).toBe(true);
      for (let i = 1; i < known.length; i++) {
        const [a, b] = [known[i - 1]!, known[i]!];
        expect(descending ? a >= b : a <= b).toBe(true);
      }
    }),
  );
});

test('without an order the rows stay as they are', () => {
  const rows = [{ name: 'b', profit: 1 }];
  expect(sortRows(rows, columns, null)).toBe(rows);
  expect(sortRows(rows, columns, { column: 'gone', descending: true })).toBe(rows);
});

test('copied text has one line a row and one tab between columns, whatever a name holds', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const lines = tableText(columns, rows).split('\n');
      expect(lines).toHaveLength(rows.length + 1);
      expect(lines[0]).toBe('Name\tProfit (USD)');
      expect(lines.every((line) => line.split('\t').length === 2)).toBe(true);
    }),
  );
});
