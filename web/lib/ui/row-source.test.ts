/** The order of a source of rows is that of an array of them, also where it takes many steps. */
import { expect, test } from 'vitest';
import { rowsOf, sortedPlaces, type RowSource } from './row-source.ts';
import { sortRows, type Column } from './table.ts';

interface Row {
  readonly key: number;
  readonly size: number | null;
  readonly name: string | null;
}

const sourceOf = (length: number): RowSource<Row> => ({
  length,
  at: (key) => {
    const spread = (key * 2_654_435_761) % 1_000_003;
    const size = key % 9 === 0 ? null : (spread - 500_000) * 10 ** ((key % 13) - 6);
    return { key, size, name: key % 7 === 0 ? null : `n${spread % 12}` };
  },
  placeOf: Number,
});
const columns: readonly Column<Row>[] = [
  { id: 'size', label: 'Size', value: (row) => row.size },
  { id: 'name', label: 'Name', value: (row) => row.name },
];

for (const [at, count, descending] of [
  [0, 150_000, false],
  [0, 150_000, true],
  [1, 5_000, false],
  [1, 5_000, true],
] as const) {
  const column = columns[at]!;
  const source = sourceOf(count);
  test(`sorts many rows by ${column.id}, descending ${descending}, in many steps`, () => {
    const steps = sortedPlaces(source, column, { descending });
    let taken = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) taken++;
    expect(taken).toBeGreaterThan(count / 2_048);
    const rows = Array.from(rowsOf(source, null));
    const sorted = sortRows(rows, columns, { column: column.id, descending });
    const keys = Array.from(rowsOf(source, step.value), (row) => row.key);
    // Numbers rather than rows: a difference of so many would be long in the telling.
    expect(keys.findIndex((key, i) => key !== sorted[i]!.key)).toBe(-1);
  });
}
