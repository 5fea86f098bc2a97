/**
 * Probability that the true daily Sharpe ratio exceeds zero, from its sample value, the number of
 * returns, skewness and kurtosis; null without deviation. Source: Bailey and López de Prado 2012,
 * The Sharpe Ratio Efficient Frontier.
 */
import { kurtosis, sharpeDaily, skewness } from '../optimise/daily-moments.ts';
import { probabilisticSharpe } from '../optimise/deflated-sharpe.ts';
import type { Statistic } from './statistic.ts';

export const probabilisticSharpePct = {
  key: 'probabilisticSharpePct',
  unit: 'percent',
  label: 'Probabilistic Sharpe',
  definition:
    'How likely it is that the true Sharpe ratio is above zero, given how many daily returns there are and their shape.',
  compute: (facts) => {
    const sharpe = sharpeDaily.compute(facts);
    const skew = skewness.compute(facts);
    const tails = kurtosis.compute(facts);
    if (sharpe === null || skew === null || tails === null) return null;
    const returns = facts.dailyReturns.length;
    const observed = { sharpe, returns, skewness: skew, kurtosis: tails };
    const probability = probabilisticSharpe(observed, 0);
    return probability === null ? null : probability * 100;
  },
} as const satisfies Statistic;
