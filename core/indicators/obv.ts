/** On-balance volume. */
import type { Indicator } from './indicator.ts';

/**
 * Running sum of the volume of rising bars minus that of falling ones, 0 on the first bar.
 *
 * TA-Lib begins with the first volume instead: its line lies higher by that much.
 * Source: Granville 1963, New Key to Stock Market Profits.
 */
export function obv(close: Float64Array, volume: Float64Array): Float64Array {
  const out = new Float64Array(close.length);
  let total = 0;
  for (let i = 1; i < out.length; i++) {
    total += Math.sign(close[i]! - close[i - 1]!) * volume[i]!;
    out[i] = total;
  }
  return out;
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
  compute: ([close, volume]) => [obv(close!, volume!)],
};
