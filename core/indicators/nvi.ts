/** Negative volume index. */
import type { Indicator } from './indicator.ts';

/**
 * An index that moves with the close on the bars where volume fell, 1,000 on the first bar.
 *
 * It stays where volume did not fall, and where the close before or after is not above 0.
 * Source: Dysart 1936; the form and the start as in Fosback 1976, Stock Market Logic.
 */
export function nvi(close: Float64Array, volume: Float64Array): Float64Array {
  const out = new Float64Array(close.length);
  let index = 1000;
  for (let i = 0; i < out.length; i++) {
    const moves = i > 0 && volume[i]! < volume[i - 1]! && close[i - 1]! > 0 && close[i]! > 0;
    if (moves) index *= close[i]! / close[i - 1]!;
    out[i] = index;
  }
  return out;
}

export const nviIndicator: Indicator = {
  name: 'nvi',
  title: 'Negative volume index',
  description: 'An index that moves with the close on the bars where volume fell.',
  reference: 'Dysart 1936 in the form of Fosback 1976: 1,000 on the first bar, as in Tulip.',
  sources: ['close', 'volume'],
  parameters: [],
  outputs: [''],
  pane: 'own',
  compute: ([close, volume]) => [nvi(close!, volume!)],
};
