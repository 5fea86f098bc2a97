/** The typical price of a bar. */
import type { HighLowClose } from './high-low-close.ts';

/** (high + low + close) ÷ 3, in price units. */
export function typicalPrice({ high, low, close }: HighLowClose): Float64Array {
  const out = new Float64Array(close.length);
  for (let i = 0; i < out.length; i++) out[i] = (high[i]! + low[i]! + close[i]!) / 3;
  return out;
}
