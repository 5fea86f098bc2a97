/** Accumulation and distribution line. */
import type { HighLowClose } from './high-low-close.ts';
import type { Indicator } from './indicator.ts';
import { recall, type Memory } from './memory.ts';

/**
 * Volume of each bar times the place of its close in its range, −1 at the low to 1 at the high.
 *
 * A bar without a range counts as 0.
 * Source: Chaikin, in Achelis 2000, Technical Analysis from A to Z.
 */
export function moneyFlow({ high, low, close }: HighLowClose, volume: Float64Array): Float64Array {
  const out = new Float64Array(close.length);
  for (let i = 0; i < out.length; i++) {
    const range = high[i]! - low[i]!;
    const place = range === 0 ? 0 : (close[i]! - low[i]! - (high[i]! - close[i]!)) / range;
    out[i] = place * volume[i]!;
  }
  return out;
}

/** Running sum of `moneyFlow`, in units of volume. */
export function accumulationDistribution(
  bars: HighLowClose,
  volume: Float64Array,
  memory?: Memory,
): Float64Array {
  const out = moneyFlow(bars, volume);
  const kept = recall(memory, () => ({ total: 0 }));
  let total = kept.total;
  for (let i = 0; i < out.length; i++) {
    total += out[i]!;
    out[i] = total;
  }
  kept.total = total;
  return out;
}

export const accumulationDistributionIndicator: Indicator = {
  name: 'accumulation_distribution',
  title: 'Accumulation and distribution line',
  description: 'The running sum of volume, weighed by where each bar closes in its range.',
  reference: 'Chaikin, in Achelis 2000; begins with the first bar; a bar without a range is 0.',
  sources: ['high', 'low', 'close', 'volume'],
  parameters: [],
  outputs: [''],
  pane: 'own',
  compute: ([high, low, close, volume], _, memory) => [
    accumulationDistribution({ high: high!, low: low!, close: close! }, volume!, memory),
  ],
};
