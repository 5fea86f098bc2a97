/** The times at which any of several markets opens a bar. */
import type { Market } from '../order-desk.ts';

/** Strictly rising, in milliseconds; of one market its own times. */
export function timelineOf(markets: readonly Market[]): Float64Array {
  if (markets.length === 1) return markets[0]!.bars.timesMs;
  const length = markets.reduce((sum, { bars }) => sum + bars.length, 0);
  const all = new Float64Array(length);
  let at = 0;
  for (const { bars } of markets) {
    all.set(bars.timesMs, at);
    at += bars.length;
  }
  all.sort();
  let count = 0;
  for (let i = 0; i < length; i++) {
    if (i === 0 || all[i] !== all[i - 1]) all[count++] = all[i]!;
  }
  return all.slice(0, count);
}
