/** Bars as the kernel reads them: open, high, low, close side by side, in price units. */
import type { Bars, PriceColumns } from '../market/bars.ts';

export const OPEN = 0;
export const HIGH = 1;
export const LOW = 2;
export const CLOSE = 3;
/** Values a bar. */
export const STRIDE = 4;

export interface KernelBars {
  readonly length: number;
  /** What closes and values a long, and opens a short. */
  readonly bid: Float64Array;
  /** What opens a long, and closes and values a short; `bid` itself where there is no ask. */
  readonly ask: Float64Array;
}

/** Freshly allocated; do it once for many runs over the same bars. */
export function interleave(bars: Bars): KernelBars {
  const bid = interleaveColumns(bars.bid, bars.scale);
  const ask = bars.ask ? interleaveColumns(bars.ask, bars.scale) : bid;
  return { length: bars.length, bid, ask };
}

function interleaveColumns(columns: PriceColumns, scale: number): Float64Array {
  const { open, high, low, close } = columns;
  const out = new Float64Array(open.length * STRIDE);
  for (let i = 0, j = 0; j < out.length; i++, j += STRIDE) {
    out[j] = open[i]! / scale;
    out[j + HIGH] = high[i]! / scale;
    out[j + LOW] = low[i]! / scale;
    out[j + CLOSE] = close[i]! / scale;
  }
  return out;
}
