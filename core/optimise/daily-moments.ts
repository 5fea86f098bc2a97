/** The shape of daily returns, as the deflated Sharpe ratio needs it: mean ÷ deviation, skew, tails. */
import { mean, quotient, sampleVariance } from '../statistics/moments.ts';
import type { Statistic } from '../statistics/statistic.ts';

/** Arithmetic, sample deviation, not annualised, risk-free rate zero; null without variation. */
export const sharpeDaily = {
  key: 'sharpeDaily',
  unit: 'ratio',
  label: 'Sharpe (daily)',
  definition: 'Mean daily return per unit of its standard deviation, not scaled to a year.',
  compute: ({ dailyReturns }) => {
    const variance = sampleVariance(dailyReturns);
    return variance === null ? null : quotient(mean(dailyReturns), Math.sqrt(variance));
  },
} as const satisfies Statistic;

/** How many daily returns there are. */
export const dailyReturnCount = {
  key: 'dailyReturnCount',
  unit: 'count',
  label: 'Daily returns',
  definition: 'How many days the figures of daily returns are made of.',
  compute: ({ dailyReturns }) => dailyReturns.length,
} as const satisfies Statistic;

/** Third standardised moment, population form; null without variation. */
export const skewness = {
  key: 'skewness',
  unit: 'ratio',
  label: 'Skewness',
  definition: 'Below zero where large daily losses are more usual than large gains.',
  compute: ({ dailyReturns }) => standardMoment(dailyReturns, 3),
} as const satisfies Statistic;

/** Fourth standardised moment, population form, 3 for a normal distribution. */
export const kurtosis = {
  key: 'kurtosis',
  unit: 'ratio',
  label: 'Kurtosis',
  definition: 'How heavy the tails of daily returns are; 3 for a normal distribution.',
  compute: ({ dailyReturns }) => standardMoment(dailyReturns, 4),
} as const satisfies Statistic;

/** The power by repeated multiplication: exact to the same bit in every engine. */
function standardMoment(values: Float64Array, power: 3 | 4): number | null {
  const centre = mean(values);
  if (centre === null) return null;
  let squares = 0;
  let powers = 0;
  for (const value of values) {
    const square = (value - centre) * (value - centre);
    squares += square;
    powers += power === 3 ? square * (value - centre) : square * square;
  }
  const variance = squares / values.length;
  const scale = power === 3 ? variance * Math.sqrt(variance) : variance * variance;
  return quotient(powers / values.length, scale);
}
