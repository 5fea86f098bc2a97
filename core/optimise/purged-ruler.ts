/**
 * Measures a run over all prices but one fold and what touches it: bars of the fold, the embargo
 * after it, and every bar of a round trip that reaches into either.
 *
 * What is left is joined: its equity grows by its own changes alone. Source: López de Prado 2018,
 * Advances in Financial Machine Learning, chapter 7, purging and embargo.
 */
import type { Outcome, RoundTripColumns } from '../execution/outcome.ts';
import { prices, type Bars } from '../market/bars.ts';
import { barUnitMs, periodsPerYear } from '../statistics/calendar.ts';
import { drawdowns } from '../statistics/drawdown.ts';
import { dailyReturns, dayEndBars, tripReturns } from '../statistics/returns.ts';
import { rulerOf, type Ruler } from './ruler.ts';
import { barsOf, type Hole, type Segment } from './segments.ts';

export function rulerFor(segment: Segment, bars: Bars): Ruler {
  const within = barsOf(segment, bars.timesMs);
  if (!segment.without) return rulerOf(bars, within);
  return purgedRuler(bars, within, segment.without);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function purgedRuler(bars: Bars, within: Span, { fromMs, toMs, embargoBars }: Hole): Ruler {
  const fold = barsOf({ fromMs, toMs }, bars.timesMs);
  const hole = { from: fold.from, to: Math.min(fold.to + embargoBars, within.to) };
  const close = prices(bars.bid, 'close', bars.scale);
  const perYear = periodsPerYear(bars.timesMs);
  const unitMs = barUnitMs(bars.timesMs);
  return {
    measure(outcome, cash, warmupBars) {
      const seen = seenBars(outcome, bars.length, within, hole);
      if (seen.length < 2) return null;
      const equity = joinedEquity(outcome.equity, seen, cash);
      const timesMs = Float64Array.from(seen, (bar) => bars.timesMs[bar]!);
      const roundTrips = tripsOutside(outcome.roundTrips, within, hole, seen);
      const dayEnds = dayEndBars(timesMs);
      const daily = dailyReturns(equity, dayEnds);
      return {
        startCash: cash,
        equity,
        timesMs,
        close: Float64Array.from(seen, (bar) => close[bar]!),
        warmupBars: placeIn(seen, warmupBars),
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

const reaches = (entry: number, exit: number, { from, to }: Span) => entry < to && exit >= from;

/** The bars that are measured, rising. */
function seenBars(outcome: Outcome, length: number, within: Span, hole: Span): Int32Array {
  const seen = new Uint8Array(length);
  seen.fill(1, within.from, within.to).fill(0, hole.from, hole.to);
  const { count, entryBar, exitBar } = outcome.roundTrips;
  for (let k = 0; k < count; k++) {
    if (reaches(entryBar[k]!, exitBar[k]!, hole)) seen.fill(0, entryBar[k]!, exitBar[k]! + 1);
  }
  const open = outcome.open?.entryBar;
  if (open !== undefined && open < hole.to) seen.fill(0, open);
  return Int32Array.from(seen.keys()).filter((bar) => seen[bar] === 1);
}

/** Money as if the bars followed each other, starting from `cash` before the first. */
function joinedEquity(equity: Float64Array, seen: Int32Array, cash: number): Float64Array {
  let money = cash;
  return Float64Array.from(seen, (bar) => {
    const before = bar === 0 ? cash : equity[bar - 1]!;
    money *= before > 0 ? equity[bar]! / before : 0;
    return money;
  });
}

/** Those that lie wholly in the measured bars, their bars counted there. */
function tripsOutside(
  trips: RoundTripColumns,
  within: Span,
  hole: Span,
  seen: Int32Array,
): RoundTripColumns {
  const all = Int32Array.from({ length: trips.count }, (_, k) => k);
  const kept = all.filter((k) => {
    const [entry, exit] = [trips.entryBar[k]!, trips.exitBar[k]!];
    return entry >= within.from && exit < within.to && !reaches(entry, exit, hole);
  });
  const doubles = (column: Float64Array) => Float64Array.from(kept, (k) => column[k]!);
  const bytes = (column: Uint8Array) => Uint8Array.from(kept, (k) => column[k]!);
  const places = (column: Int32Array) => kept.map((k) => placeIn(seen, column[k]!));
  return {
    count: kept.length,
    entryBar: places(trips.entryBar),
    exitBar: places(trips.exitBar),
    entryPrice: doubles(trips.entryPrice),
    exitPrice: doubles(trips.exitPrice),
    units: doubles(trips.units),
    profit: doubles(trips.profit),
    commission: doubles(trips.commission),
    exitReason: bytes(trips.exitReason),
    ambiguous: bytes(trips.ambiguous),
  };
}

/** How many of the bars come before `bar`. */
function placeIn(seen: Int32Array, bar: number): number {
  let low = 0;
  let high = seen.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (seen[middle]! < bar) low = middle + 1;
    else high = middle;
  }
  return low;
}
