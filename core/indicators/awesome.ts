/** Awesome oscillator. */
import { difference, middle } from './column-arithmetic.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { sma } from './sma.ts';

/**
 * Simple average of the bars' middle over `fast` bars minus that over `slow`, in price units.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Williams 1995, Trading Chaos.
 */
export function awesome(
  { high, low }: { readonly high: Float64Array; readonly low: Float64Array },
  { fast, slow }: { readonly fast: number; readonly slow: number },
  memory?: Memory,
): Float64Array {
  const prices = middle(high, low);
  return difference(sma(prices, fast, memory), sma(prices, slow, memory));
}

export const awesomePeriods = [
  periodParameter('fast', 'Bars in the fast average.', { default: 5 }),
  periodParameter('slow', 'Bars in the slow average.', { default: 34 }),
] as const;

export const awesomeIndicator: Indicator = {
  name: 'awesome',
  title: 'Awesome oscillator',
  description: 'The distance between a fast and a slow average of the middle of the bars.',
  reference: 'Williams 1995: simple averages; begins where the longer one does.',
  sources: ['high', 'low'],
  parameters: awesomePeriods,
  outputs: [''],
  pane: 'own',
  compute: ([high, low], [fast, slow], memory) => [
    awesome({ high: high!, low: low! }, { fast: fast!, slow: slow! }, memory),
  ],
};
