/** The figures of a run that lists and comparisons show, in their order. */
import type { Run } from '#core/collections/run.ts';
import type { StatisticKey } from '#core/statistics/registry.ts';
import type { Column } from '#lib/ui/table.ts';
import { numberText } from '#lib/words/numbers.ts';
import { percentText, ratioText } from './figures.ts';
import { say } from '../words/language.ts';

export interface RunColumn extends Column<Run> {
  readonly value: (run: Run) => number | null;
  readonly text: (run: Run) => string;
  /** Of two runs, which figure is the better one; absent where neither is. */
  readonly better?: 'larger' | 'smaller';
  /** Drawn with its sign, colour and arrow. */
  readonly gain?: boolean;
}

type Look = Pick<RunColumn, 'better' | 'gain' | 'minor' | 'amount' | 'about'>;

function percent(id: StatisticKey, label: string, look: Look = {}): RunColumn {
  const value = (run: Run) => run.stats[id] ?? null;
  const text = (run: Run) => percentText(value(run), look.gain ?? false);
  return { id, label, number: true, value, text, drawn: look.gain ?? false, ...look };
}

function ratio(id: StatisticKey, label: string, look: Look = {}): RunColumn {
  const value = (run: Run) => run.stats[id] ?? null;
  return { id, label, number: true, value, text: (run) => ratioText(value(run)), ...look };
}

export const listColumns: readonly RunColumn[] = [
  percent('returnPct', say`Return`, { better: 'larger', gain: true }),
  percent('buyHoldReturnPct', say`Buy & hold`, { about: say`What buying and holding made` }),
  percent('maxDrawdownPct', say`Drawdown`, {
    better: 'larger',
    about: say`The deepest fall below an earlier peak`,
  }),
  ratio('sharpeGeometric', say`Sharpe`, { better: 'larger', about: say`Geometric, yearly` }),
  {
    id: 'roundTrips',
    label: say`Round trips`,
    number: true,
    value: (run) => run.roundTrips,
    text: (run) => numberText(run.roundTrips),
  },
  percent('winRatePct', say`Win rate`, { better: 'larger' }),
];

/** What a comparison adds to the list's figures. */
export const moreColumns: readonly RunColumn[] = [
  ratio('profitFactorOnReturns', say`Profit factor`, { better: 'larger', about: say`On returns` }),
  percent('cagrPct', say`Growth a year`, { better: 'larger', gain: true }),
  ratio('sortino', say`Sortino`, { better: 'larger' }),
  ratio('calmar', say`Calmar`, { better: 'larger' }),
  ratio('sqn', 'SQN', { better: 'larger' }),
  percent('exposurePct', say`Exposure`, { about: say`Bars in the market` }),
  percent('avgTradePct', say`Average round trip`, { better: 'larger' }),
  percent('worstTradePct', say`Worst round trip`, { better: 'larger' }),
  {
    id: 'commissions',
    label: say`Commissions`,
    number: true,
    amount: true,
    better: 'smaller',
    value: (run) => run.stats.commissions,
    text: (run) => numberText(run.stats.commissions, 2),
  },
];
