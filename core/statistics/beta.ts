/**
 * Covariance of the log returns of equity and close, bar by bar over the whole run, ÷ the
 * variance of the latter; null where equity reached zero. Source: backtesting.py, `_stats.py`,
 * "Beta".
 */
import { mean, quotient } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const beta = {
  key: 'beta',
  unit: 'ratio',
  label: 'Beta',
  definition: 'How far equity moved, bar by bar, for each move of the price.',
  compute: ({ equity, close }) => {
    const own = logReturns(equity);
    const market = logReturns(close);
    const meanOwn = mean(own);
    const meanMarket = mean(market);
    if (own.length < 2 || meanOwn === null || meanMarket === null) return null;
    let covariance = 0;
    let variance = 0;
    for (let k = 0; k < own.length; k++) {
      const deviation = market[k]! - meanMarket;
      covariance += (own[k]! - meanOwn) * deviation;
      variance += deviation * deviation;
    }
    const slope = quotient(covariance, variance);
    return slope !== null && Number.isFinite(slope) ? slope : null;
  },
} as const satisfies Statistic;

function logReturns(values: Float64Array): Float64Array {
  const out = new Float64Array(Math.max(0, values.length - 1));
  for (let k = 0; k < out.length; k++) out[k] = Math.log(values[k + 1]! / values[k]!);
  return out;
}
