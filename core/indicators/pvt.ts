/** Price and volume trend. */
import type { Indicator } from './indicator.ts';
import { recall, withPast, type Memory } from './memory.ts';

/**
 * Running sum of volume × change of the close as a share of it, 0 on the first bar.
 *
 * From a close of 0 nothing is added.
 * Source: Achelis 2000, Technical Analysis from A to Z.
 */
export function pvt(close: Float64Array, volume: Float64Array, memory?: Memory): Float64Array {
  const kept = recall(memory, () => ({ total: 0 }));
  const { column, from } = withPast(close, 1, memory);
  const out = new Float64Array(column.length);
  let total = kept.total;
  for (let i = 1; i < out.length; i++) {
    const before = column[i - 1]!;
    if (before !== 0) total += (volume[i - from]! * (column[i]! - before)) / before;
    out[i] = total;
  }
  kept.total = total;
  return out.subarray(from);
}

export const pvtIndicator: Indicator = {
  name: 'pvt',
  title: 'Price and volume trend',
  description: 'The running sum of volume, weighed by the relative change of each bar.',
  reference: 'Achelis 2000; 0 on the first bar.',
  sources: ['close', 'volume'],
  parameters: [],
  outputs: [''],
  pane: 'own',
  compute: ([close, volume], _, memory) => [pvt(close!, volume!, memory)],
};
