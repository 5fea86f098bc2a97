/** Every statistic of a run, in the order in which they are shown; undefined = null. */
import type { Outcome } from '../execution/outcome.ts';
import type { RunSettings } from '../execution/settings.ts';
import type { Bars } from '../market/bars.ts';
import { runFacts } from './facts.ts';
import type { Statistic } from './statistic.ts';
import { alphaPct } from './alpha-pct.ts';
import { avgDrawdownDurationMs } from './avg-drawdown-duration-ms.ts';
import { avgDrawdownPct } from './avg-drawdown-pct.ts';
import { avgTradeDurationMs } from './avg-trade-duration-ms.ts';
import { avgTradePct } from './avg-trade-pct.ts';
import { bestTradePct } from './best-trade-pct.ts';
import { beta } from './beta.ts';
import { buyHoldReturnPct } from './buy-hold-return-pct.ts';
import { cagrPct } from './cagr-pct.ts';
import { calmar } from './calmar.ts';
import { commissions } from './commissions.ts';
import { equityFinal } from './equity-final.ts';
import { equityPeak } from './equity-peak.ts';
import { expectancyPct } from './expectancy-pct.ts';
import { exposurePct } from './exposure-pct.ts';
import { kelly } from './kelly.ts';
import { maxDrawdownDurationMs } from './max-drawdown-duration-ms.ts';
import { maxDrawdownPct } from './max-drawdown-pct.ts';
import { maxTradeDurationMs } from './max-trade-duration-ms.ts';
import { profitFactorOnReturns } from './profit-factor-on-returns.ts';
import { returnAnnualPct } from './return-annual-pct.ts';
import { returnPct } from './return-pct.ts';
import { roundTrips } from './round-trips.ts';
import { sharpeGeometric } from './sharpe-geometric.ts';
import { sortino } from './sortino.ts';
import { sqn } from './sqn.ts';
import { volatilityAnnualPct } from './volatility-annual-pct.ts';
import { winRatePct } from './win-rate-pct.ts';
import { worstTradePct } from './worst-trade-pct.ts';

const registry = [
  equityFinal,
  equityPeak,
  returnPct,
  returnAnnualPct,
  volatilityAnnualPct,
  cagrPct,
  sharpeGeometric,
  sortino,
  calmar,
  maxDrawdownPct,
  avgDrawdownPct,
  exposurePct,
  winRatePct,
  profitFactorOnReturns,
  expectancyPct,
  sqn,
  kelly,
  alphaPct,
  beta,
  buyHoldReturnPct,
  bestTradePct,
  worstTradePct,
  avgTradePct,
  commissions,
  maxDrawdownDurationMs,
  avgDrawdownDurationMs,
  maxTradeDurationMs,
  avgTradeDurationMs,
  roundTrips,
] as const;

export type StatisticKey = (typeof registry)[number]['key'];

export type Statistics = Readonly<Record<StatisticKey, number | null>>;

export const statistics: readonly (Statistic & { readonly key: StatisticKey })[] = registry;

/** All statistics of a run over at least one bar; null where one is undefined or not finite. */
export function computeStatistics(
  outcome: Outcome,
  bars: Bars,
  warmupBars: number,
  settings: RunSettings,
): Statistics {
  const facts = runFacts(outcome, bars, warmupBars, settings);
  const entries = registry.map((statistic) => {
    const figure = statistic.compute(facts);
    return [statistic.key, figure !== null && Number.isFinite(figure) ? figure : null] as const;
  });
  return Object.fromEntries(entries) as Record<StatisticKey, number | null>;
}
