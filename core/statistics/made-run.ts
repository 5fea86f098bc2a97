/** Runs put together by hand, for tests: an equity curve, round trips, one bar each trading day. */
import type { Outcome } from '../execution/outcome.ts';
import { exitReasonCode, type ExitReason } from '../execution/outcome.ts';
import { createRoundTripLog, finishedColumns, nextRow } from '../execution/round-trip-log.ts';
import type { Bars } from '../market/bars.ts';
import { DAY_MS } from './calendar.ts';

export interface MadeTrip {
  readonly bars: readonly [entry: number, exit: number];
  readonly prices: readonly [entry: number, exit: number];
  readonly units: number;
  readonly profit: number;
  readonly reason?: ExitReason;
}

export type MadeBar = readonly [open: number, high: number, low: number, close: number];

const MONDAY_MS = Date.UTC(2024, 0, 1);

/** Bars of which the first opens on Monday, 1 January 2024, none on weekends. */
export function madeBars(rows: readonly MadeBar[]): Bars {
  const column = (at: number) => Float64Array.from(rows, (row) => row[at]!);
  return {
    length: rows.length,
    timesMs: Float64Array.from(rows, (_, i) => MONDAY_MS + (i + 2 * Math.floor(i / 5)) * DAY_MS),
    scale: 1,
    digits: 2,
    bid: { open: column(0), high: column(1), low: column(2), close: column(3) },
    ask: null,
    volume: null,
    spreadPoints: null,
  };
}

export function madeOutcome(equity: readonly number[], trips: readonly MadeTrip[]): Outcome {
  const log = createRoundTripLog();
  for (const trip of trips) {
    const row = nextRow(log);
    [log.columns.entryBar[row], log.columns.exitBar[row]] = trip.bars;
    [log.columns.entryPrice[row], log.columns.exitPrice[row]] = trip.prices;
    log.columns.units[row] = trip.units;
    log.columns.profit[row] = trip.profit;
    log.columns.commission[row] = 0;
    log.columns.exitReason[row] = exitReasonCode[trip.reason ?? 'rule'];
  }
  return {
    roundTrips: finishedColumns(log),
    equity: Float64Array.from(equity),
    commissions: 0,
    open: null,
    droppedEntries: 0,
  };
}
