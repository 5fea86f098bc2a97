/** Aroon. */
import { checkPeriod } from './check-period.ts';
import { difference } from './column-arithmetic.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { barsSinceHighest, barsSinceLowest } from './window-extreme.ts';

export interface Aroon {
  readonly up: Float64Array;
  readonly down: Float64Array;
  readonly oscillator: Float64Array;
}

/**
 * How recent the highest high and the lowest low of the last `period` + 1 bars are, 100 for this
 * bar, 0 for the oldest, and the difference of the two.
 *
 * The first `period` values are NaN; of equal extremes the newest counts, as in TA-Lib.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Chande 1995, Stocks & Commodities 13:9.
 */
export function aroon(
  { high, low }: { readonly high: Float64Array; readonly low: Float64Array },
  period: number,
  memory?: Memory,
): Aroon {
  checkPeriod(period);
  const up = barsSinceHighest(high, period + 1, memory);
  const down = barsSinceLowest(low, period + 1, memory);
  for (let i = 0; i < up.length; i++) {
    up[i] = (100 * (period - up[i]!)) / period;
    down[i] = (100 * (period - down[i]!)) / period;
  }
  return { up, down, oscillator: difference(up, down) };
}

export const aroonIndicator: Indicator = {
  name: 'aroon',
  title: 'Aroon',
  description: 'How recent the last high and the last low are, 0 to 100, and their difference.',
  reference: 'Chande 1995: over period + 1 bars, the newest of equal extremes; from bar period.',
  sources: ['high', 'low'],
  parameters: [periodParameter('period', 'Bars looked back.', { default: 14 })],
  outputs: ['up', 'down', 'oscillator'],
  pane: 'own',
  compute: ([high, low], [period], memory) => {
    const all = aroon({ high: high!, low: low! }, period!, memory);
    return [all.up, all.down, all.oscillator];
  },
};
