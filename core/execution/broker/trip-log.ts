/** Collects closed round trips with what only the broker knows of them. */
import type { RoundTripColumns } from '../outcome.ts';
import { createRoundTripLog, finishedColumns, type RoundTripLog } from '../round-trip-log.ts';

export interface TripLog {
  readonly columns: RoundTripLog;
  /** One value a round trip each. */
  readonly market: number[];
  readonly swap: number[];
  readonly slippage: number[];
  /** NaN where the trip was not ambiguous. */
  readonly otherProfit: number[];
}

export function createTripLog(): TripLog {
  return {
    columns: createRoundTripLog(),
    market: [],
    swap: [],
    slippage: [],
    otherProfit: [],
  };
}

/** The columns at their exact length; those that would say nothing are left out. */
export function finishedTrips(log: TripLog): RoundTripColumns {
  const said = (column: readonly number[], isSaying: (value: number) => boolean) =>
    column.some(isSaying) ? Float64Array.from(column) : undefined;
  const market = log.market.some((index) => index > 0) ? Uint16Array.from(log.market) : undefined;
  const swap = said(log.swap, (money) => money !== 0);
  const slippage = said(log.slippage, (money) => money !== 0);
  const otherProfit = said(log.otherProfit, (money) => !Number.isNaN(money));
  return {
    ...finishedColumns(log.columns),
    ...(market && { market }),
    ...(swap && { swap }),
    ...(slippage && { slippage }),
    ...(otherProfit && { otherProfit }),
  };
}
