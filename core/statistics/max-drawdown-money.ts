/**
 * Largest fall from the equity peak in money, not as a ratio. Source: freqtrade,
 * `calculate_max_drawdown`, absolute.
 */
import type { Statistic } from './statistic.ts';

export const maxDrawdownMoney = {
  key: 'maxDrawdownMoney',
  unit: 'money',
  label: 'Max drawdown (money)',
  definition:
    'The deepest fall of equity below an earlier peak in money, negative; another fall may be deeper in percent.',
  compute: ({ equity, startCash }) => {
    let peak = startCash;
    let deepest = 0;
    for (let i = 0; i < equity.length; i++) {
      const money = equity[i]!;
      if (money > peak) peak = money;
      else if (money - peak < deepest) deepest = money - peak;
    }
    return deepest;
  },
} as const satisfies Statistic;
