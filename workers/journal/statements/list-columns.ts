/** The columns of a list of trades as the trader is asked about them, where their names say too little. */
import type { TableRow } from './html-rows.ts';
import {
  columnsOfRoles,
  roleOrNone,
  rolesOf,
  tradeColumns,
  type TradeColumns,
  type TradeRole,
} from './trade-columns.ts';

export interface ListColumns {
  /** The same for lists with the same names in the same order. */
  readonly header: string;
  readonly names: readonly string[];
  /** The first few rows below. */
  readonly rows: readonly (readonly string[])[];
  /** What the names say, or the trader said; empty = left out. */
  readonly roles: readonly (TradeRole | '')[];
}

/** What the trader says of the columns of lists with this header. */
export interface SaidColumns {
  readonly header: string;
  readonly roles: readonly string[];
}

const mostPreamble = 30;
const mostShown = 3;
const mostColumns = 60;

export function headerKey(names: readonly string[]): string {
  return JSON.stringify(names.slice(0, mostColumns).map((name) => name.trim().slice(0, 100)));
}

/** Null where no row looks like the names of columns. */
export function listColumns(rows: Iterable<TableRow>): ListColumns | null {
  const head: (readonly string[])[] = [];
  for (const { cells } of rows) {
    head.push(cells);
    if (head.length >= mostPreamble + mostShown) break;
  }
  const own = head.findIndex((cells) => tradeColumns(cells) !== null);
  const at = own >= 0 ? own : head.findIndex((cells, i) => isHeader(cells, head[i + 1]));
  const names = head[at];
  if (!names) return null;
  const rowsBelow = head.slice(at + 1, at + 1 + mostShown);
  return { header: headerKey(names), names, rows: rowsBelow, roles: rolesOf(names) };
}

const filled = (cells: readonly string[]): readonly string[] => cells.filter((c) => c !== '');
const isFigure = (text: string): boolean => /^[-−+(]?[$€£]?\s?\d/.test(text);

/** Names without a figure, above a row with some. */
function isHeader(cells: readonly string[], next: readonly string[] | undefined): boolean {
  const names = filled(cells);
  if (!next || names.length < 5 || cells.length > mostColumns) return false;
  return !names.some(isFigure) && filled(next).filter(isFigure).length >= 3;
}

/** Of the row of names that they are about; null for any other row. */
export function saidColumns(
  { header, roles }: SaidColumns,
  names: readonly string[],
): TradeColumns | null {
  return headerKey(names) === header ? columnsOfRoles(roles.map(roleOrNone)) : null;
}
