/** Statistics in the groups they are read in, each figure as text by its unit. */
import { statistics, type Statistics, type StatisticKey } from '#core/statistics/registry.ts';
import { none, numberText } from '#lib/words/numbers.ts';
import { durationText } from '#lib/words/times.ts';
import { percentText, ratioText } from './figures.ts';
import { say } from '../words/language.ts';

type Statistic = (typeof statistics)[number];

export interface StatisticGroup {
  readonly title: string;
  readonly entries: readonly Statistic[];
}

const groups: readonly (readonly [title: string, keys: readonly StatisticKey[]])[] = [
  [say`Money`, ['equityFinal', 'equityPeak', 'returnPct', 'buyHoldReturnPct', 'commissions']],
  [
    say`Over a year`,
    [
      ...(['cagrPct', 'returnAnnualPct', 'volatilityAnnualPct', 'sharpeGeometric'] as const),
      ...(['sortino', 'calmar', 'volatilityArithmeticPct', 'sharpeArithmetic'] as const),
      ...(['sortinoArithmetic', 'probabilisticSharpePct', 'turnoverPerYear'] as const),
    ],
  ],
  [
    say`Drawdown`,
    [
      ...(['maxDrawdownPct', 'maxDrawdownMoney', 'avgDrawdownPct', 'recoveryFactor'] as const),
      ...(['maxDrawdownDurationMs', 'avgDrawdownDurationMs', 'longestUnderwaterDays'] as const),
      ...(['ulcerIndexPct', 'ulcerPerformance'] as const),
    ],
  ],
  [say`Against the market`, ['alphaPct', 'beta', 'exposurePct', 'timeInMarketPct']],
  [
    say`Days and months`,
    [
      ...(['bestDayPct', 'worstDayPct', 'var95Pct', 'var99Pct', 'cvar95Pct', 'cvar99Pct'] as const),
      ...(['skewness', 'kurtosis', 'tailRatio'] as const),
      ...(['bestMonthPct', 'worstMonthPct', 'profitableMonthsPct'] as const),
    ],
  ],
];

/** The groups, the rest of the registry in the last: a new statistic needs no line here. */
export const statisticGroups: readonly StatisticGroup[] = groupAll();

function groupAll(): readonly StatisticGroup[] {
  const placed = new Set<string>(groups.flatMap(([, keys]) => keys));
  const named = groups.map(([title, keys]) => ({
    title,
    entries: keys.flatMap((key) => statistics.find((each) => each.key === key) ?? []),
  }));
  const rest = statistics.filter((each) => !placed.has(each.key));
  return [...named, { title: say`Round trips`, entries: rest }];
}

export function statisticText(statistic: Statistic, stats: Statistics): string {
  const value = stats[statistic.key] ?? null;
  if (value === null) return none;
  switch (statistic.unit) {
    case 'money':
      return numberText(value, 2);
    case 'percent':
      return percentText(value);
    case 'ratio':
      return ratioText(value);
    case 'durationMs':
      return durationText(value);
    case 'count':
      return numberText(value);
  }
}
