/** What several statistics need of a run, computed once: daily returns, dips, trip returns. */
import { assert } from '../assert.ts';
import type { Outcome, RoundTripColumns } from '../execution/outcome.ts';
import type { RunSettings } from '../execution/settings.ts';
import { prices, type Bars } from '../market/bars.ts';
import { barUnitMs, periodsPerYear } from './calendar.ts';
import { drawdowns, type Dip } from './drawdown.ts';
import { dailyReturns, dayEndBars, tripReturns } from './returns.ts';

export interface RunFacts {
  readonly startCash: number;
  readonly equity: Float64Array;
  readonly timesMs: Float64Array;
  /** Bid closes in price units. */
  readonly close: Float64Array;
  readonly warmupBars: number;
  readonly roundTrips: RoundTripColumns;
  /** Return of each round trip, 0.01 = 1 %. */
  readonly tripReturns: Float64Array;
  /** The last bar of each UTC day that has bars. */
  readonly dayEnds: Int32Array;
  /** Change of the last equity of each UTC day against that of the day before, 0.01 = 1 %. */
  readonly dailyReturns: Float64Array;
  /** Geometric mean of `dailyReturns`, 0 without any. */
  readonly meanDailyReturn: number;
  /** N: how many of those days make a year. */
  readonly periodsPerYear: number;
  /** Deepest fall from the peak, 0 … 1. */
  readonly maxDrawdownRatio: number;
  readonly dips: readonly Dip[];
  /** Averages of durations are rounded up to this: a day for daily bars, an hour for hourly. */
  readonly barUnitMs: number;
}

/** The facts of a run over at least one bar. */
export function runFacts(
  outcome: Outcome,
  bars: Bars,
  warmupBars: number,
  settings: RunSettings,
): RunFacts {
  assert(bars.length > 0 && outcome.equity.length === bars.length, 'equity has a value a bar');
  const { timesMs } = bars;
  const dayEnds = dayEndBars(timesMs);
  const daily = dailyReturns(outcome.equity, dayEnds);
  const { maxDrawdownRatio, dips } = drawdowns(outcome.equity, timesMs);
  return {
    startCash: settings.cash,
    equity: outcome.equity,
    timesMs,
    close: prices(bars.bid, 'close', bars.scale),
    warmupBars,
    roundTrips: outcome.roundTrips,
    tripReturns: tripReturns(outcome.roundTrips),
    dayEnds,
    dailyReturns: daily.returns,
    meanDailyReturn: daily.geometricMean,
    periodsPerYear: periodsPerYear(timesMs),
    maxDrawdownRatio,
    dips,
    barUnitMs: barUnitMs(timesMs),
  };
}
