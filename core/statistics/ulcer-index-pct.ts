/**
 * √mean(drawdown²) over the last equity of each day. Source: Martin and McCann 1989, The
 * Investor’s Guide to Fidelity Funds.
 */
import type { Statistic } from './statistic.ts';
import type { WholeFacts } from './whole-facts.ts';

export const ulcerIndexPct = {
  key: 'ulcerIndexPct',
  unit: 'percent',
  label: 'Ulcer index',
  definition: 'The root mean square of daily drawdowns: deep and long falls weigh most.',
  compute: ({ dailyEquity, startCash }) => {
    let peak = startCash;
    let squares = 0;
    for (const money of dailyEquity) {
      if (money > peak) peak = money;
      squares += (1 - money / peak) ** 2;
    }
    return Math.sqrt(squares / dailyEquity.length) * 100;
  },
} as const satisfies Statistic<WholeFacts>;
