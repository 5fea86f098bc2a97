/** What is kept of each trial, in stored order, and which of it a search can look for. */
import type { Statistic } from '../statistics/statistic.ts';
import { calmar } from '../statistics/calmar.ts';
import { maxDrawdownPct } from '../statistics/max-drawdown-pct.ts';
import { profitFactorOnReturns } from '../statistics/profit-factor-on-returns.ts';
import { returnPct } from '../statistics/return-pct.ts';
import { roundTrips } from '../statistics/round-trips.ts';
import { sharpeGeometric } from '../statistics/sharpe-geometric.ts';
import { sortino } from '../statistics/sortino.ts';
import { sqn } from '../statistics/sqn.ts';
import { winRatePct } from '../statistics/win-rate-pct.ts';
import { dailyReturnCount, kurtosis, sharpeDaily, skewness } from './daily-moments.ts';

const registry = [
  returnPct,
  sharpeGeometric,
  sortino,
  calmar,
  sqn,
  profitFactorOnReturns,
  maxDrawdownPct,
  winRatePct,
  roundTrips,
  sharpeDaily,
  skewness,
  kurtosis,
  dailyReturnCount,
] as const;

export type FigureKey = (typeof registry)[number]['key'];

export const figures: readonly (Statistic & { readonly key: FigureKey })[] = registry;

export const figureKeys: readonly FigureKey[] = figures.map((figure) => figure.key);

/** Larger is better in each. */
export const objectives = [
  sharpeGeometric,
  returnPct,
  sortino,
  calmar,
  sqn,
  profitFactorOnReturns,
] as const satisfies readonly Statistic[];

export type ObjectiveKey = (typeof objectives)[number]['key'];
