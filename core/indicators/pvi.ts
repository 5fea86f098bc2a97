/** Positive volume index. */
import type { Indicator } from './indicator.ts';
import { recall, type Memory } from './memory.ts';

/**
 * An index that moves with the close on the bars where volume rose, 1,000 on the first bar.
 *
 * It stays where volume did not rise, and where the close before or after is not above 0.
 * Source: Dysart 1936; the form and the start as in Fosback 1976, Stock Market Logic.
 */
export function pvi(close: Float64Array, volume: Float64Array, memory?: Memory): Float64Array {
  const out = new Float64Array(close.length);
  const kept = recall(memory, () => ({ index: 1000, close: NaN, volume: NaN }));
  let { index, close: closeBefore, volume: volumeBefore } = kept;
  for (let i = 0; i < out.length; i++) {
    const moves = volume[i]! > volumeBefore && closeBefore > 0 && close[i]! > 0;
    if (moves) index *= close[i]! / closeBefore;
    out[i] = index;
    closeBefore = close[i]!;
    volumeBefore = volume[i]!;
  }
  Object.assign(kept, { index, close: closeBefore, volume: volumeBefore });
  return out;
}

export const pviIndicator: Indicator = {
  name: 'pvi',
  title: 'Positive volume index',
  description: 'An index that moves with the close on the bars where volume rose.',
  reference: 'Dysart 1936 in the form of Fosback 1976: 1,000 on the first bar, as in Tulip.',
  sources: ['close', 'volume'],
  parameters: [],
  outputs: [''],
  pane: 'own',
  compute: ([close, volume], _, memory) => [pvi(close!, volume!, memory)],
};
