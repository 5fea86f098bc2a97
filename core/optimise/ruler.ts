/**
 * Measures a run over one segment, again and again over the same bars: what depends on the
 * calendar alone is worked out once.
 *
 * The segment starts at the close before its first bar, so that the gap into it counts. Round
 * trips belong to the segment they close in. Over all bars every figure equals that of
 * `computeStatistics`.
 */
import type { Outcome, RoundTripColumns } from '../execution/outcome.ts';
import { prices, type Bars } from '../market/bars.ts';
import { barUnitMs, periodsPerYear } from '../statistics/calendar.ts';
import { drawdowns } from '../statistics/drawdown.ts';
import type { RunFacts } from '../statistics/facts.ts';
import { dailyReturns, dayEndBars, tripReturns } from '../statistics/returns.ts';

export interface Ruler {
  /** null where the segment has no bars or the run had lost everything before it. */
  measure(outcome: Outcome, startCash: number, warmupBars: number): RunFacts | null;
}

export function rulerOf(
  bars: Bars,
  { from, to }: { readonly from: number; readonly to: number },
): Ruler {
  const start = Math.max(0, from - 1);
  const timesMs = bars.timesMs.subarray(start, to);
  if (to - from < 1) return { measure: () => null };
  const dayEnds = dayEndBars(timesMs);
  const close = prices(bars.bid, 'close', bars.scale).subarray(start, to);
  const perYear = periodsPerYear(timesMs);
  const unitMs = barUnitMs(timesMs);
  const whole = start === 0 && to === bars.length;
  return {
    measure(outcome, cash, warmupBars) {
      const equity = outcome.equity.subarray(start, to);
      const startCash = from === 0 ? cash : equity[0]!;
      if (!(startCash > 0)) return null;
      const roundTrips = whole ? outcome.roundTrips : tripsIn(outcome.roundTrips, from, to);
      const daily = dailyReturns(equity, dayEnds);
      return {
        startCash,
        equity,
        timesMs,
        close,
        warmupBars: Math.max(0, warmupBars - start),
        roundTrips,
        tripReturns: tripReturns(roundTrips),
        dayEnds,
        dailyReturns: daily.returns,
        meanDailyReturn: daily.geometricMean,
        periodsPerYear: perYear,
        ...drawdowns(equity, timesMs),
        barUnitMs: unitMs,
      };
    },
  };
}

/** Those that close within the bars; they are in the order in which they closed. */
function tripsIn(trips: RoundTripColumns, from: number, to: number): RoundTripColumns {
  const first = firstClosing(trips, from);
  const end = firstClosing(trips, to);
  return {
    count: end - first,
    entryBar: trips.entryBar.subarray(first, end),
    exitBar: trips.exitBar.subarray(first, end),
    entryPrice: trips.entryPrice.subarray(first, end),
    exitPrice: trips.exitPrice.subarray(first, end),
    units: trips.units.subarray(first, end),
    profit: trips.profit.subarray(first, end),
    commission: trips.commission.subarray(first, end),
    exitReason: trips.exitReason.subarray(first, end),
    ambiguous: trips.ambiguous.subarray(first, end),
  };
}

function firstClosing(trips: RoundTripColumns, bar: number): number {
  let low = 0;
  let high = trips.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (trips.exitBar[middle]! < bar) low = middle + 1;
    else high = middle;
  }
  return low;
}
