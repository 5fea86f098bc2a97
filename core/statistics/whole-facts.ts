/** What only the statistics of a finished run need, beyond the facts that a search computes too. */
import type { Outcome } from '../execution/outcome.ts';
import type { RunSettings } from '../execution/settings.ts';
import type { Bars } from '../market/bars.ts';
import { DAY_MS } from './calendar.ts';
import { excursions, type Excursions } from './excursions.ts';
import { runFacts, type RunFacts } from './facts.ts';
import { monthlyReturns, type MonthReturn } from './monthly-returns.ts';
import { slopeOf } from './slope.ts';

export interface WholeFacts extends RunFacts {
  /** Entry bar of a position still open at the end; null where none is. */
  readonly openEntryBar: number | null;
  readonly excursions: Excursions;
  /** Last equity of each UTC day that has bars. */
  readonly dailyEquity: Float64Array;
  /** Days since 1970-01-01, one for each value of `dailyEquity`. */
  readonly dayNumbers: Int32Array;
  /** `dailyReturns` from the worst to the best. */
  readonly sortedDailyReturns: Float64Array;
  readonly monthlyReturns: readonly MonthReturn[];
  /** Log returns of equity against those of the close; null where there is none. */
  readonly slope: number | null;
}

/** All facts of a run over at least one bar; `others` are further markets on the same times. */
export function wholeFacts(
  outcome: Outcome,
  bars: Bars,
  warmupBars: number,
  settings: RunSettings,
  others: readonly Bars[] = [],
): WholeFacts {
  const facts = runFacts(outcome, bars, warmupBars, settings);
  const { equity, roundTrips } = outcome;
  const { timesMs } = bars;
  const { dayEnds } = facts;
  return {
    ...facts,
    openEntryBar: outcome.open?.entryBar ?? null,
    excursions: excursions(roundTrips, [bars, ...others], settings.fill),
    dailyEquity: valuesAt(equity, dayEnds),
    dayNumbers: dayEnds.map((bar) => Math.floor(timesMs[bar]! / DAY_MS)),
    sortedDailyReturns: facts.dailyReturns.slice().sort(),
    monthlyReturns: monthlyReturns(equity, timesMs, dayEnds, settings.cash),
    slope: slopeOf(equity, facts.close),
  };
}

function valuesAt(column: Float64Array, bars: Int32Array): Float64Array {
  const values = new Float64Array(bars.length);
  for (let k = 0; k < values.length; k++) values[k] = column[bars[k]!]!;
  return values;
}
