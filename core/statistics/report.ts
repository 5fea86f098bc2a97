/** Everything that the report of a run shows beside its figures, small enough to be handed on. */
import type { RoundTripColumns } from '../execution/outcome.ts';
import type { RunSettings } from '../execution/settings.ts';
import type { Bars } from '../market/bars.ts';
import { barUnitMs, DAY_MS, periodsPerYear } from './calendar.ts';
import { entryTimes, type EntryTimes } from './entry-times.ts';
import { excursions } from './excursions.ts';
import { histogram, type Histogram } from './histogram.ts';
import { monthlyReturns } from './monthly-returns.ts';
import { dayEndBars, tripReturns } from './returns.ts';
import { rolling, type Rolling } from './rolling.ts';
import { yearTable, type YearRow } from './year-table.ts';

export interface ReportInput {
  readonly timesMs: Float64Array;
  readonly equity: Float64Array;
  readonly roundTrips: RoundTripColumns;
  readonly settings: Pick<RunSettings, 'cash' | 'fill'>;
  /** The bars the run saw; null where they are gone or have changed: no excursions then. */
  readonly bars: Bars | null;
}

export interface ReportRolling extends Rolling {
  readonly windowDays: number;
  /** Open of the last bar of each day shown. */
  readonly timesMs: Float64Array;
}

/** Percent of the value at entry, one index a round trip shown. */
export interface ReportExcursions {
  /** Place in closing order, from 1. */
  readonly number: Int32Array;
  readonly maePct: Float64Array;
  readonly mfePct: Float64Array;
  readonly returnPct: Float64Array;
}

export interface Report {
  readonly years: readonly YearRow[];
  /** Of round-trip returns in percent. */
  readonly distribution: Histogram | null;
  readonly entries: EntryTimes;
  /** Whether entries have an hour: false for bars of a day and longer. */
  readonly intraday: boolean;
  /** null where the run has fewer days than the shortest window. */
  readonly rolling: ReportRolling | null;
  readonly excursions: ReportExcursions | null;
  readonly roundTrips: number;
}

const MOST_BINS = 40;
const MOST_POINTS = 2000;
const SHORTEST_WINDOW_DAYS = 20;

export function runReport(input: ReportInput): Report {
  const { timesMs, equity, roundTrips, settings } = input;
  const dayEnds = dayEndBars(timesMs);
  const returns = tripReturns(roundTrips);
  const entryMs = Float64Array.from(roundTrips.entryBar, (bar) => timesMs[bar]!);
  return {
    years: yearTable(monthlyReturns(equity, timesMs, dayEnds, settings.cash)),
    distribution: histogram(
      returns.map((ratio) => ratio * 100),
      MOST_BINS,
    ),
    entries: entryTimes(entryMs, returns, roundTrips.profit),
    intraday: barUnitMs(timesMs) < DAY_MS,
    rolling: rollingFigures(input, dayEnds),
    excursions: excursionRows(input, returns),
    roundTrips: roundTrips.count,
  };
}

/** Over a year of days; over a quarter of the run where that is shorter. */
function rollingFigures(input: ReportInput, dayEnds: Int32Array): ReportRolling | null {
  const perYear = periodsPerYear(input.timesMs);
  const windowDays = Math.min(perYear, Math.floor(dayEnds.length / 4));
  if (windowDays < SHORTEST_WINDOW_DAYS) return null;
  const dailyEquity = Float64Array.from(dayEnds, (bar) => input.equity[bar]!);
  const { sharpe, returnRatio } = rolling(dailyEquity, windowDays, perYear);
  const shown = spread(dailyEquity.length - windowDays, MOST_POINTS).map((k) => k + windowDays);
  return {
    windowDays,
    timesMs: Float64Array.from(shown, (k) => input.timesMs[dayEnds[k]!]!),
    sharpe: Float64Array.from(shown, (k) => sharpe[k]!),
    returnRatio: Float64Array.from(shown, (k) => returnRatio[k]!),
  };
}

function excursionRows(input: ReportInput, returns: Float64Array): ReportExcursions | null {
  const { bars, roundTrips, settings } = input;
  if (!bars || roundTrips.count === 0) return null;
  const { mae, mfe } = excursions(roundTrips, [bars], settings.fill);
  const shown = spread(roundTrips.count, MOST_POINTS);
  const percent = (money: Float64Array) =>
    Float64Array.from(shown, (k) => {
      const value = Math.abs(roundTrips.units[k]!) * roundTrips.entryPrice[k]!;
      return (money[k]! / value) * 100;
    });
  return {
    number: shown.map((k) => k + 1),
    maePct: percent(mae),
    mfePct: percent(mfe),
    returnPct: Float64Array.from(shown, (k) => returns[k]! * 100),
  };
}

/** All indices where they are few, else evenly spread ones with the first and the last. */
function spread(count: number, most: number): Int32Array {
  if (count <= most) return Int32Array.from({ length: count }, (_, k) => k);
  return Int32Array.from({ length: most }, (_, k) => Math.round((k * (count - 1)) / (most - 1)));
}
