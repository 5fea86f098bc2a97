/** Rows as they are read: growing columns of points, on the coarsest scale that is exact so far. */
import type { PriceColumn } from '#core/market/bars.ts';
import { digitsOf, MOST_POINTS, powersOfTen } from '#core/market/points.ts';
import type { ColumnRole } from './api.ts';
import { holdsTicks } from './roles.ts';

export interface RowColumns {
  /** Rows that hold something; the arrays are longer. */
  count: number;
  capacity: number;
  /** Digits of the Int32 prices; 0 once they are Float64. */
  digits: number;
  float: boolean;
  /** Times as `Layout.statesOffset` says: of the wall clock, or UTC. */
  timesMs: Float64Array;
  /** One-based line of each row. */
  lines: Uint32Array;
  /**
   * Open, high, low, close; then the same of the ask when there is one. Of ticks: the bid, then
   * the ask when there is one.
   */
  prices: PriceColumn[];
  volume: Float64Array | null;
  tickVolume: Float64Array | null;
  spreadPoints: Int32Array | null;
}

/** One row in numbers, as the careful reader hands it over. */
export interface RowValues {
  timeMs: number;
  /** As many as `RowColumns.prices`, in price units. */
  readonly prices: Float64Array;
  volume: number;
  tickVolume: number;
  spreadPoints: number;
}

export interface RowShape {
  /** How many price columns. */
  readonly prices: 1 | 2 | 4 | 8;
  readonly hasVolume: boolean;
  readonly hasTickVolume: boolean;
  readonly hasSpread: boolean;
}

export function shapeOf(roles: readonly ColumnRole[]): RowShape {
  return {
    prices: holdsTicks(roles) ? (roles.includes('ask') ? 2 : 1) : roles.includes('askOpen') ? 8 : 4,
    hasVolume: roles.includes('volume'),
    hasTickVolume: roles.includes('tickVolume'),
    hasSpread: roles.includes('spread'),
  };
}

export function createRows(shape: RowShape, capacity: number): RowColumns {
  return {
    count: 0,
    capacity,
    digits: 0,
    float: false,
    timesMs: new Float64Array(capacity),
    lines: new Uint32Array(capacity),
    prices: Array.from({ length: shape.prices }, () => new Int32Array(capacity)),
    volume: shape.hasVolume ? new Float64Array(capacity) : null,
    tickVolume: shape.hasTickVolume ? new Float64Array(capacity) : null,
    spreadPoints: shape.hasSpread ? new Int32Array(capacity) : null,
  };
}

/** Makes room for `capacity` rows; what is there stays. */
export function growRows(rows: RowColumns, capacity: number): void {
  if (capacity <= rows.capacity) return;
  const floats = (from: Float64Array) => copyInto(new Float64Array(capacity), from);
  rows.capacity = capacity;
  rows.timesMs = floats(rows.timesMs);
  const lines = new Uint32Array(capacity);
  lines.set(rows.lines);
  rows.lines = lines;
  rows.prices = rows.prices.map((column) =>
    column instanceof Float64Array ? floats(column) : copyInto(new Int32Array(capacity), column),
  );
  rows.volume = rows.volume && floats(rows.volume);
  rows.tickVolume = rows.tickVolume && floats(rows.tickVolume);
  rows.spreadPoints = rows.spreadPoints && copyInto(new Int32Array(capacity), rows.spreadPoints);
}

function copyInto<A extends Float64Array | Int32Array>(to: A, from: A): A {
  to.set(from);
  return to;
}

/** Adds a row whose prices hold together; refines the scale, or gives up on Int32, as needed. */
export function addRow(rows: RowColumns, values: RowValues, line: number): void {
  if (rows.count === rows.capacity) growRows(rows, Math.max(64, rows.capacity * 2));
  if (!rows.float) adaptScale(rows, values.prices);
  const at = rows.count++;
  const scale = rows.float ? 1 : powersOfTen[rows.digits]!;
  rows.timesMs[at] = values.timeMs;
  rows.lines[at] = line;
  for (let k = 0; k < rows.prices.length; k++) {
    const price = values.prices[k]!;
    rows.prices[k]![at] = rows.float ? price : Math.round(price * scale);
  }
  if (rows.volume) rows.volume[at] = values.volume;
  if (rows.tickVolume) rows.tickVolume[at] = values.tickVolume;
  if (rows.spreadPoints) rows.spreadPoints[at] = values.spreadPoints;
}

function adaptScale(rows: RowColumns, prices: Float64Array): void {
  let digits = rows.digits;
  for (let k = 0; k < rows.prices.length && digits >= 0; k++) digits = digitsOf(prices[k]!, digits);
  const most = digits < 0 ? 0 : MOST_POINTS / powersOfTen[digits]!;
  const fits = digits >= 0 && prices.every((price) => Math.abs(price) <= most);
  if (fits && digits === rows.digits) return;
  if (!fits || !refine(rows, digits)) turnToFloats(rows);
}

/** Moves all rows to a finer scale; false when one of them does not fit there. */
function refine(rows: RowColumns, digits: number): boolean {
  const factor = powersOfTen[digits - rows.digits]!;
  const most = MOST_POINTS / factor;
  for (const column of rows.prices) {
    for (let i = 0; i < rows.count; i++) if (Math.abs(column[i]!) > most) return false;
  }
  for (const column of rows.prices) {
    for (let i = 0; i < rows.count; i++) column[i] = column[i]! * factor;
  }
  rows.digits = digits;
  return true;
}

function turnToFloats(rows: RowColumns): void {
  const scale = powersOfTen[rows.digits]!;
  rows.prices = rows.prices.map((points) => {
    const column = new Float64Array(rows.capacity);
    for (let i = 0; i < rows.count; i++) column[i] = points[i]! / scale;
    return column;
  });
  rows.float = true;
  rows.digits = 0;
}

/** Points in one price unit; 1 where prices are Float64. */
export function scaleOf(rows: Pick<RowColumns, 'float' | 'digits'>): number {
  return rows.float ? 1 : powersOfTen[rows.digits]!;
}
