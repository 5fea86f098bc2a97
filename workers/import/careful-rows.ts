/** One line of a file read with every liberty that files take; the yardstick of the fast reader. */
import { DAY_MS } from '#core/market/timeframe.ts';
import type { ColumnRole } from './api.ts';
import { faultOfPrices } from './check-row.ts';
import type { Layout } from './layout.ts';
import { readNumber } from './number-text.ts';
import type { Problems } from './problems.ts';
import { addRow, type RowColumns, type RowValues } from './rows.ts';
import { readByTemplate, readTimeText, type TimeTemplate } from './time-text.ts';

const QUOTE = 34;
const SPACE = 32;
const TAB = 9;
const RETURN = 13;
const MOST_TEXT = 120;

export interface LineReader {
  /** Reads bytes `from` … `to`, a line without its end; false when it adds no row. */
  readonly read: (bytes: Uint8Array, from: number, to: number, line: number) => boolean;
}

const priceIndex: Partial<Record<ColumnRole, number>> = {
  open: 0,
  high: 1,
  low: 2,
  close: 3,
  askOpen: 4,
  askHigh: 5,
  askLow: 6,
  askClose: 7,
  bid: 0,
  ask: 1,
};

/** A reader that adds each good line to `rows` and each bad one to `problems`. */
export function createLineReader(layout: Layout, rows: RowColumns, problems: Problems): LineReader {
  const cells = createCells(layout);
  const decimal = layout.decimal.charCodeAt(0);
  const values: RowValues = {
    timeMs: 0,
    prices: new Float64Array(rows.prices.length),
    volume: 0,
    tickVolume: 0,
    spreadPoints: 0,
  };
  /** Of the last row that was added. */
  const latest = new Float64Array(rows.prices.length).fill(NaN);
  const needed = layout.roles.length - trailingIgnored(layout.roles);

  function readCell(role: ColumnRole, bytes: Uint8Array, from: number, to: number): string | null {
    const index = priceIndex[role];
    if (index !== undefined) {
      // An export of ticks writes what has changed: an empty side is as it was.
      const isCarried = from === to && (role === 'bid' || role === 'ask');
      const price = isCarried ? latest[index]! : readNumber(bytes, from, to, decimal);
      values.prices[index] = price;
      return Number.isNaN(price) ? `the ${words[role] ?? role} is no number` : null;
    }
    if (role === 'volume' || role === 'tickVolume' || role === 'spread') {
      // Sources leave the volume empty where they have none.
      const amount = from === to ? 0 : readNumber(bytes, from, to, decimal);
      if (!(amount >= 0)) return `the ${words[role] ?? role} is no number, or below zero`;
      if (role === 'volume') values.volume = amount;
      else if (role === 'tickVolume') values.tickVolume = amount;
      else if (amount !== Math.floor(amount) || amount > 2e9) return 'the spread is not in points';
      else values.spreadPoints = amount;
      return null;
    }
    const ms = readTimeCell(role, bytes, from, to, layout);
    if (Number.isNaN(ms)) return 'the time cannot be read';
    values.timeMs += ms;
    return null;
  }

  return {
    read(bytes, from, to, line) {
      let end = to;
      while (end > from && isBlank(bytes[end - 1]!)) end--;
      if (end === from) return false;
      const count = cells.split(bytes, from, to);
      let fault = count < needed ? `${count} of ${needed} columns` : null;
      values.timeMs = 0;
      for (let c = 0; c < needed && fault === null; c++) {
        const role = layout.roles[c]!;
        if (role !== 'ignore') fault = readCell(role, bytes, cells.starts[c]!, cells.ends[c]!);
      }
      const text = () => `${fault}: ${textOf(bytes, from, end)}`;
      if (fault !== null) {
        problems.add('unreadable', line, text);
        return false;
      }
      fault = faultOfPrices(values.prices, rows.prices.length);
      if (fault !== null) {
        problems.add('impossible-prices', line, text);
        return false;
      }
      addRow(rows, values, line);
      latest.set(values.prices);
      return true;
    },
  };
}

const words: Partial<Record<ColumnRole, string>> = {
  askOpen: 'ask open',
  askHigh: 'ask high',
  askLow: 'ask low',
  askClose: 'ask close',
  tickVolume: 'tick volume',
};

function trailingIgnored(roles: readonly ColumnRole[]): number {
  let count = 0;
  while (count < roles.length && roles[roles.length - 1 - count] === 'ignore') count++;
  return count;
}

function readTimeCell(
  role: ColumnRole,
  bytes: Uint8Array,
  from: number,
  to: number,
  layout: Layout,
): number {
  const template: TimeTemplate | null =
    role === 'timeOfDay' ? layout.timeOfDayTemplate : layout.timeTemplate;
  if (template !== null && to - from === template.length) {
    const ms = readByTemplate(bytes, from, template);
    if (!Number.isNaN(ms)) return layout.datesAlone && ms % DAY_MS !== 0 ? NaN : ms;
  }
  if (to - from > 64) return NaN;
  const reading = readTimeText(textOf(bytes, from, to), layout.dateOrder);
  if (reading === null) return NaN;
  if (role === 'timeOfDay') return reading.hasDate ? NaN : reading.ms;
  if (!reading.hasDate || (reading.offsetMs !== null) !== layout.statesOffset) return NaN;
  return layout.datesAlone && reading.ms % DAY_MS !== 0 ? NaN : reading.ms;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  const cut = Math.min(to, from + MOST_TEXT);
  let text = '';
  for (let p = from; p < cut; p++) text += String.fromCharCode(bytes[p]!);
  return cut < to ? `${text}…` : text;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === RETURN;
}

/** Splits a line into cells, in place: blanks and quotes around a cell are not part of it. */
function createCells(layout: Layout) {
  const separator = layout.separator.charCodeAt(0);
  const starts = new Int32Array(256);
  const ends = new Int32Array(256);
  const trimmed = (byte: number) => byte !== separator && isBlank(byte);

  function close(bytes: Uint8Array, cell: number, from: number, to: number): void {
    let start = from;
    let end = to;
    while (start < end && trimmed(bytes[start]!)) start++;
    while (end > start && trimmed(bytes[end - 1]!)) end--;
    if (end - start >= 2 && bytes[start] === QUOTE && bytes[end - 1] === QUOTE) {
      start++;
      end--;
      while (start < end && isBlank(bytes[start]!)) start++;
      while (end > start && isBlank(bytes[end - 1]!)) end--;
    }
    starts[cell] = start;
    ends[cell] = end;
  }

  function split(bytes: Uint8Array, from: number, to: number): number {
    let count = 0;
    let start = from;
    let quoted = false;
    for (let p = from; p < to && count < 255; p++) {
      const byte = bytes[p]!;
      if (byte === QUOTE) quoted = !quoted;
      else if (byte === separator && !quoted) {
        close(bytes, count++, start, p);
        start = p + 1;
      }
    }
    close(bytes, count++, start, to);
    return count;
  }

  return { starts, ends, split };
}
