/** True range. */
import type { HighLowClose } from './high-low-close.ts';
import type { Indicator } from './indicator.ts';
import { recall, type Memory } from './memory.ts';

/**
 * The range of each bar stretched to the close before it, in price units.
 *
 * The first bar has no close before it: its range is high − low.
 * Source: Wilder 1978, New Concepts in Technical Trading Systems.
 */
export function trueRange({ high, low, close }: HighLowClose, memory?: Memory): Float64Array {
  const out = new Float64Array(close.length);
  const kept = recall(memory, () => ({ close: NaN }));
  if (out.length === 0) return out;
  const first = Number.isNaN(kept.close);
  out[0] = first ? high[0]! - low[0]! : stretched(high[0]!, low[0]!, kept.close);
  for (let i = 1; i < out.length; i++) out[i] = stretched(high[i]!, low[i]!, close[i - 1]!);
  kept.close = close.at(-1)!;
  return out;
}

function stretched(high: number, low: number, before: number): number {
  return Math.max(high, before) - Math.min(low, before);
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
  compute: ([high, low, close], _, memory) => [
    trueRange({ high: high!, low: low!, close: close! }, memory),
  ],
};
