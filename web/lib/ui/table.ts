/** Columns of a DataTable and what can be done with rows by them: text, order, copying. */

import { compareText } from '#core/compare-text.ts';

export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  /** Shown beside the label: `%`, `bars`, `USD`. */
  readonly unit?: string;
  /** What the figure means, as the head's tooltip. */
  readonly about?: string;
  /** The raw value, for sorting and copying; null sorts last either way. */
  readonly value: (row: Row) => string | number | null;
  /** The value as shown; without it the value itself. */
  readonly text?: (row: Row) => string;
  /** Right-aligned, tabular. */
  readonly number?: boolean;
  /** Money of the trader's, veiled by "hide amounts". */
  readonly amount?: boolean;
  /** Left out on a phone. */
  readonly minor?: boolean;
  /** May be of any length: cut where it is long, and said whole under the pointer. */
  readonly long?: boolean;
  /** Drawn by the table's `cell` snippet. */
  readonly drawn?: boolean;
  /** Flashes once when its text changes. */
  readonly flashes?: boolean;
  readonly unsortable?: boolean;
  readonly tone?: (row: Row) => 'up' | 'down' | 'quiet' | 'danger' | 'warning' | undefined;
  /** CSS width. */
  readonly width?: string;
}

export interface Sort {
  /** Id of the column. */
  readonly column: string;
  readonly descending: boolean;
}

export function cellText<Row>(column: Column<Row>, row: Row): string {
  return column.text?.(row) ?? String(column.value(row) ?? '–');
}

/** The rows in the order asked for; equal ones keep their places, missing values come last. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | null,
): readonly Row[] {
  const column = sort && columns.find((each) => each.id === sort.column);
  if (!column) return rows;
  const sign = sort.descending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: column.value(row) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) {
        return Number(a.value === null) - Number(b.value === null);
      }
      if (typeof a.value === 'number' && typeof b.value === 'number') {
        return sign * (a.value - b.value);
      }
      return sign * compareText(String(a.value), String(b.value));
    })
    .map(({ row }) => row);
}

/** The rows as tab-separated text with a head, raw values, for a spreadsheet. */
export function tableText<Row>(columns: readonly Column<Row>[], rows: Iterable<Row>): string {
  const steps = tableTextSteps(columns, rows);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** As `tableText`, in a step a row: there may be a million. */
export function* tableTextSteps<Row>(
  columns: readonly Column<Row>[],
  rows: Iterable<Row>,
): Generator<void, string> {
  const clean = (value: string | number | null) => String(value ?? '').replace(/[\t\r\n]+/g, ' ');
  const head = columns.map((each) =>
    clean(each.unit ? `${each.label} (${each.unit})` : each.label),
  );
  const lines = [head.join('\t')];
  for (const row of rows) {
    lines.push(columns.map((each) => clean(each.value(row))).join('\t'));
    yield;
  }
  return lines.join('\n');
}
