/**
 * Final equity − starting cash, ÷ the deepest fall in money; null without a fall. Source: LEAN,
 * `TradeStatistics.ProfitToMaxDrawdownRatio`, there on closed trades, here on equity.
 */
import { maxDrawdownMoney } from './max-drawdown-money.ts';
import { quotient } from './moments.ts';
import type { Statistic } from './statistic.ts';

export const recoveryFactor = {
  key: 'recoveryFactor',
  unit: 'ratio',
  label: 'Recovery factor',
  definition: 'The net profit for each unit of the deepest fall in money.',
  compute: (facts) => {
    const fall = maxDrawdownMoney.compute(facts);
    return quotient(facts.equity.at(-1)! - facts.startCash, fall === null ? null : -fall);
  },
} as const satisfies Statistic;
