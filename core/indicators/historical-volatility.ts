/** Historical volatility. */
import { barsPerYearParameter } from './bars-per-year.ts';
import { checkPeriod } from './check-period.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { naturalLog } from './logarithm.ts';
import { withPast, type Memory } from './memory.ts';
import { stdev } from './stdev.ts';

/**
 * Sample standard deviation of the last `period` logarithmic returns, as percent a year.
 *
 * The first `period` values are NaN. A return from or to a value that is not above 0 counts as 0.
 *
 * Throws if `period` is not an integer of at least 2: a bug, not user input.
 */
export function historicalVolatility(
  values: Float64Array,
  period: number,
  barsPerYear: number,
  memory?: Memory,
): Float64Array {
  checkPeriod(period - 1);
  const { column, from } = withPast(values, 1, memory);
  const returns = new Float64Array(column.length).fill(NaN);
  for (let i = 1; i < returns.length; i++) {
    const ratio = column[i]! / column[i - 1]!;
    returns[i] = ratio <= 0 || ratio === Infinity ? 0 : naturalLog(ratio);
  }
  const out = stdev(returns.subarray(from), period, memory);
  const scale = 100 * Math.sqrt((barsPerYear * period) / (period - 1));
  for (let i = 0; i < out.length; i++) out[i] = scale * out[i]!;
  return out;
}

export const historicalVolatilityIndicator: Indicator = {
  name: 'historical_volatility',
  title: 'Historical volatility',
  description: 'The standard deviation of the returns, as percent a year.',
  reference: 'Sample deviation (÷ period − 1) of logarithmic returns; from bar period.',
  sources: ['series'],
  parameters: [
    periodParameter('period', 'Returns in the deviation.', { default: 20, min: 2 }),
    barsPerYearParameter,
  ],
  outputs: [''],
  pane: 'own',
  compute: ([values], [period, barsPerYear], memory) => [
    historicalVolatility(values!, period!, barsPerYear!, memory),
  ],
};
