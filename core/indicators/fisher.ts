/** Fisher transform of the price. */
import { middle } from './column-arithmetic.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { naturalLog } from './logarithm.ts';
import { recall, type Memory } from './memory.ts';
import { highest, lowest } from './window-extreme.ts';

/**
 * The bars' middle within its recent range, smoothed and stretched so that turns stand out.
 *
 * The first `period - 1` values are NaN and the recursion starts at 0. The smoothed place in the
 * range is held within ±0.999 for the stretching alone, as in LEAN; where the range is nothing it
 * counts as the middle.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Ehlers 2002, Stocks & Commodities 20:11.
 */
export function fisher(
  { high, low }: { readonly high: Float64Array; readonly low: Float64Array },
  period: number,
  memory?: Memory,
): Float64Array {
  const prices = middle(high, low);
  const top = highest(prices, period, memory);
  const bottom = lowest(prices, period, memory);
  const kept = recall(memory, () => ({ place: 0, stretched: 0 }));
  let { place, stretched } = kept;
  const first = firstValue(top);
  for (let i = first; i < prices.length; i++) {
    const range = top[i]! - bottom[i]!;
    const share = range === 0 ? 0 : (prices[i]! - bottom[i]!) / range - 0.5;
    place = 0.66 * share + 0.67 * place;
    const held = Math.max(-0.999, Math.min(0.999, place));
    stretched = 0.5 * naturalLog((1 + held) / (1 - held)) + 0.5 * stretched;
    prices[i] = stretched;
  }
  Object.assign(kept, { place, stretched });
  return prices.fill(NaN, 0, first);
}

export const fisherIndicator: Indicator = {
  name: 'fisher',
  title: 'Fisher transform',
  description: 'The price within its recent range, stretched so that turning points stand out.',
  reference: 'Ehlers 2002, begun at 0 at bar period − 1 as in LEAN; the trigger is fisher()[1].',
  sources: ['high', 'low'],
  parameters: [periodParameter('period', 'Bars in the range.', { default: 10 })],
  outputs: [''],
  pane: 'own',
  compute: ([high, low], [period], memory) => [fisher({ high: high!, low: low! }, period!, memory)],
};
