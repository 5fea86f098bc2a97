/** True range. */
import type { HighLowClose } from './high-low-close.ts';
import type { Indicator } from './indicator.ts';

/**
 * The range of each bar stretched to the close before it, in price units.
 *
 * The first bar has no close before it: its range is high − low.
 * Source: Wilder 1978, New Concepts in Technical Trading Systems.
 */
export function trueRange({ high, low, close }: HighLowClose): Float64Array {
  const out = new Float64Array(close.length);
  if (out.length > 0) out[0] = high[0]! - low[0]!;
  for (let i = 1; i < out.length; i++) {
    const before = close[i - 1]!;
    out[i] = Math.max(high[i]!, before) - Math.min(low[i]!, before);
  }
  return out;
}

export const trueRangeIndicator: Indicator = {
  name: 'true_range',
  title: 'True range',
  description: 'The range of the bar, stretched to the close of the bar before.',
  reference: 'Wilder 1978; on the first bar high − low.',
  sources: ['high', 'low', 'close'],
  parameters: [],
  outputs: [''],
  pane: 'own',
  compute: ([high, low, close]) => [trueRange({ high: high!, low: low!, close: close! })],
};
