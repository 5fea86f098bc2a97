/**
 * Bars in columns: one array a field, one index a bar.
 *
 * Prices are whole points on the instrument's grid (`Int32Array`, price = points ÷ scale) where
 * every price of the series fits, else plain prices (`Float64Array`, scale 1). Both divide to
 * the very double that parsing the decimal text gives, because points and scale are exact and
 * IEEE division rounds correctly. Times are the open of each bar, epoch milliseconds in UTC,
 * strictly rising. NaN never occurs here.
 */

export type PriceColumn = Int32Array | Float64Array;

export interface PriceColumns {
  readonly open: PriceColumn;
  readonly high: PriceColumn;
  readonly low: PriceColumn;
  readonly close: PriceColumn;
}

export interface Bars {
  readonly length: number;
  readonly timesMs: Float64Array;
  /** Points in one price unit, a power of ten up to 10⁸; 1 where columns are Float64. */
  readonly scale: number;
  /** Digits after the decimal point that a price of this series is shown with. */
  readonly digits: number;
  /** The bid, or the only price there is. */
  readonly bid: PriceColumns;
  readonly ask: PriceColumns | null;
  readonly volume: Float64Array | null;
  /** The source's own spread column, in points, as MT5 exports it. */
  readonly spreadPoints: Int32Array | null;
}

export type PriceField = 'open' | 'high' | 'low' | 'close';

/** One price column in price units, freshly allocated, one value a bar. */
export function prices(columns: PriceColumns, field: PriceField, scale: number): Float64Array {
  const column = columns[field];
  if (column instanceof Float64Array && scale === 1) return column.slice();
  const out = new Float64Array(column.length);
  // A loop a kind of column: one that meets both is compiled for neither.
  if (column instanceof Int32Array) dividePoints(out, column, scale);
  else for (let i = 0; i < out.length; i++) out[i] = column[i]! / scale;
  return out;
}

function dividePoints(out: Float64Array, points: Int32Array, scale: number): void {
  for (let i = 0; i < out.length; i++) out[i] = points[i]! / scale;
}

/** The same bars, from `from` up to but not including `to`; shares memory with the original. */
export function sliceBars(bars: Bars, from: number, to: number): Bars {
  const slice = (columns: PriceColumns): PriceColumns => ({
    open: columns.open.subarray(from, to),
    high: columns.high.subarray(from, to),
    low: columns.low.subarray(from, to),
    close: columns.close.subarray(from, to),
  });
  const timesMs = bars.timesMs.subarray(from, to);
  return {
    ...bars,
    length: timesMs.length,
    timesMs,
    bid: slice(bars.bid),
    ask: bars.ask && slice(bars.ask),
    volume: bars.volume && bars.volume.subarray(from, to),
    spreadPoints: bars.spreadPoints && bars.spreadPoints.subarray(from, to),
  };
}
