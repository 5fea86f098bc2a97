/** On-balance volume. */
import type { Indicator } from './indicator.ts';
import { recall, withPast, type Memory } from './memory.ts';

/**
 * Running sum of the volume of rising bars minus that of falling ones, 0 on the first bar.
 *
 * TA-Lib begins with the first volume instead: its line lies higher by that much.
 * Source: Granville 1963, New Key to Stock Market Profits.
 */
export function obv(close: Float64Array, volume: Float64Array, memory?: Memory): Float64Array {
  const kept = recall(memory, () => ({ total: 0 }));
  const { column, from } = withPast(close, 1, memory);
  const out = new Float64Array(column.length);
  let total = kept.total;
  for (let i = 1; i < out.length; i++) {
    total += Math.sign(column[i]! - column[i - 1]!) * volume[i - from]!;
    out[i] = total;
  }
  kept.total = total;
  return out.subarray(from);
}

export const obvIndicator: Indicator = {
  name: 'obv',
  title: 'On-balance volume',
  description:
    'The running sum of volume, added on bars that rise and taken away on bars that fall.',
  reference: 'Granville 1963, 0 on the first bar as in Tulip; TA-Lib begins with its volume.',
  sources: ['close', 'volume'],
  parameters: [],
  outputs: [''],
  pane: 'own',
  compute: ([close, volume], _, memory) => [obv(close!, volume!, memory)],
};
