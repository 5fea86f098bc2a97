/** Every statistic of a run, in the order in which they are shown; undefined = null. */
import type { Outcome } from '../execution/outcome.ts';
import type { RunSettings } from '../execution/settings.ts';
import type { Bars } from '../market/bars.ts';
import { kurtosis, skewness } from '../optimise/daily-moments.ts';
import { wholeFacts, type WholeFacts } from './whole-facts.ts';
import type { Statistic } from './statistic.ts';
import { alphaPct } from './alpha-pct.ts';
import { avgDrawdownDurationMs } from './avg-drawdown-duration-ms.ts';
import { avgDrawdownPct } from './avg-drawdown-pct.ts';
import { avgEndTradeDrawdown } from './avg-end-trade-drawdown.ts';
import { avgLoss } from './avg-loss.ts';
import { avgMae } from './avg-mae.ts';
import { avgMfe } from './avg-mfe.ts';
import { avgTradeDurationMs } from './avg-trade-duration-ms.ts';
import { avgTradePct } from './avg-trade-pct.ts';
import { avgWin } from './avg-win.ts';
import { bestDayPct } from './best-day-pct.ts';
import { bestMonthPct } from './best-month-pct.ts';
import { bestTradePct } from './best-trade-pct.ts';
import { beta } from './beta.ts';
import { buyHoldReturnPct } from './buy-hold-return-pct.ts';
import { cagrPct } from './cagr-pct.ts';
import { calmar } from './calmar.ts';
import { commissions } from './commissions.ts';
import { cvar95Pct } from './cvar95-pct.ts';
import { cvar99Pct } from './cvar99-pct.ts';
import { equityFinal } from './equity-final.ts';
import { equityPeak } from './equity-peak.ts';
import { expectancyPct } from './expectancy-pct.ts';
import { exposurePct } from './exposure-pct.ts';
import { kelly } from './kelly.ts';
import { longestUnderwaterDays } from './longest-underwater-days.ts';
import { maxConsecutiveLosses } from './max-consecutive-losses.ts';
import { maxConsecutiveWins } from './max-consecutive-wins.ts';
import { maxDrawdownDurationMs } from './max-drawdown-duration-ms.ts';
import { maxDrawdownMoney } from './max-drawdown-money.ts';
import { maxDrawdownPct } from './max-drawdown-pct.ts';
import { maxIntraTradeDrawdown } from './max-intra-trade-drawdown.ts';
import { maxTradeDurationMs } from './max-trade-duration-ms.ts';
import { payoffRatio } from './payoff-ratio.ts';
import { probabilisticSharpePct } from './probabilistic-sharpe-pct.ts';
import { profitFactorOnMoney } from './profit-factor-on-money.ts';
import { profitFactorOnReturns } from './profit-factor-on-returns.ts';
import { profitableMonthsPct } from './profitable-months-pct.ts';
import { recoveryFactor } from './recovery-factor.ts';
import { returnAnnualPct } from './return-annual-pct.ts';
import { returnPct } from './return-pct.ts';
import { roundTrips } from './round-trips.ts';
import { sharpeArithmetic } from './sharpe-arithmetic.ts';
import { sharpeGeometric } from './sharpe-geometric.ts';
import { sortinoArithmetic } from './sortino-arithmetic.ts';
import { sortino } from './sortino.ts';
import { sqn } from './sqn.ts';
import { tailRatio } from './tail-ratio.ts';
import { timeInMarketPct } from './time-in-market-pct.ts';
import { turnoverPerYear } from './turnover-per-year.ts';
import { ulcerIndexPct } from './ulcer-index-pct.ts';
import { ulcerPerformance } from './ulcer-performance.ts';
import { var95Pct } from './var95-pct.ts';
import { var99Pct } from './var99-pct.ts';
import { volatilityAnnualPct } from './volatility-annual-pct.ts';
import { volatilityArithmeticPct } from './volatility-arithmetic-pct.ts';
import { winRatePct } from './win-rate-pct.ts';
import { worstDayPct } from './worst-day-pct.ts';
import { worstMonthPct } from './worst-month-pct.ts';
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
  avgWin,
  avgLoss,
  payoffRatio,
  profitFactorOnMoney,
  recoveryFactor,
  maxDrawdownMoney,
  maxConsecutiveWins,
  maxConsecutiveLosses,
  avgMae,
  avgMfe,
  avgEndTradeDrawdown,
  maxIntraTradeDrawdown,
  turnoverPerYear,
  timeInMarketPct,
  ulcerIndexPct,
  ulcerPerformance,
  volatilityArithmeticPct,
  sharpeArithmetic,
  sortinoArithmetic,
  probabilisticSharpePct,
  skewness,
  kurtosis,
  tailRatio,
  var95Pct,
  var99Pct,
  cvar95Pct,
  cvar99Pct,
  bestDayPct,
  worstDayPct,
  bestMonthPct,
  worstMonthPct,
  profitableMonthsPct,
  longestUnderwaterDays,
] as const;

export type StatisticKey = (typeof registry)[number]['key'];

export type Statistics = Readonly<Record<StatisticKey, number | null>>;

export const statistics: readonly (Statistic<WholeFacts> & { readonly key: StatisticKey })[] =
  registry;

/**
 * All statistics of a run over at least one bar; null where one is undefined or not finite.
 *
 * A run on several markets has them all on one timeline, which its equity is of: `bars` are those
 * of the first, against which it is held (buy and hold, alpha, beta), `others` the rest, which
 * excursions need. Exposure is the time in which any position was open.
 */
export function computeStatistics(
  outcome: Outcome,
  bars: Bars,
  warmupBars: number,
  settings: RunSettings,
  others: readonly Bars[] = [],
): Statistics {
  const facts = wholeFacts(outcome, bars, warmupBars, settings, others);
  const entries = registry.map((statistic) => {
    const figure = statistic.compute(facts);
    return [statistic.key, figure !== null && Number.isFinite(figure) ? figure : null] as const;
  });
  return Object.fromEntries(entries) as Record<StatisticKey, number | null>;
}
