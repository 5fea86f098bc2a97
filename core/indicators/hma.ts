/** Hull moving average. */
import { checkPeriod } from './check-period.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { wma } from './wma.ts';

/**
 * Weighted average of twice a short weighted average minus a long one, in the unit of the values.
 *
 * Half the period and its square root are rounded down, as in TradingView and Tulip. The first
 * period + √period − 2 values are NaN.
 *
 * Throws if `period` is not an integer of at least 2: a bug, not user input.
 * Source: Hull 2005, alanhull.com.
 */
export function hma(values: Float64Array, period: number, memory?: Memory): Float64Array {
  checkPeriod(period - 1);
  const short = wma(values, Math.floor(period / 2), memory);
  const long = wma(values, period, memory);
  for (let i = 0; i < long.length; i++) long[i] = 2 * short[i]! - long[i]!;
  return wma(long, Math.floor(Math.sqrt(period)), memory);
}

export const hmaIndicator: Indicator = {
  name: 'hma',
  title: 'Hull moving average',
  description: 'A weighted average with most of its lag taken out, smoothed once more.',
  reference: 'Hull 2005, half and root of the period rounded down as in TradingView.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values in the long average.', { min: 2 })],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period], memory) => [hma(values!, period!, memory)],
};
