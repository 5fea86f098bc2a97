/**
 * Average win ÷ average loss, unsigned, on money; null without a win and a loss. Source: LEAN,
 * `TradeStatistics.ProfitLossRatio`.
 */
import { avgLoss } from './avg-loss.ts';
import { avgWin } from './avg-win.ts';
import { quotient } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const payoffRatio = {
  key: 'payoffRatio',
  unit: 'ratio',
  label: 'Payoff ratio',
  definition: 'The average win for each unit of the average loss, in money.',
  compute: (facts) => {
    const loss = avgLoss.compute(facts);
    return quotient(avgWin.compute(facts), loss === null ? null : -loss);
  },
} as const satisfies Statistic;
