/** What a bot may do at most, beside the limits of its account; it only ever refuses entries. */
import { DAY_MS } from '../market/timeframe.ts';
import type { BotTrip } from './bot-book.ts';

export interface BotLimits {
  /** Of one order. */
  readonly volumeLots: number;
  /** Positions and working orders together. */
  readonly open: number;
  /** Account money and part of the capital lost in one UTC day; null = any. */
  readonly dayLossMoney: number | null;
  readonly dayLossRatio: number | null;
  /** Entries of one UTC day. */
  readonly dayOrders: number;
}

export const usualBotLimits: BotLimits = {
  volumeLots: 1,
  open: 3,
  dayLossMoney: null,
  dayLossRatio: 0.05,
  dayOrders: 50,
};

export type BotLimit = 'volume' | 'open' | 'day-loss' | 'day-orders';

export interface Refusal {
  readonly by: BotLimit;
  readonly value: number;
  readonly limit: number;
}

export interface LimitFacts {
  readonly nowMs: number;
  readonly capital: number;
  readonly trips: readonly BotTrip[];
  /** Account money that what is open stands at. */
  readonly floating: number;
  readonly open: number;
  /** Entries asked for, of the day. */
  readonly dayOrders: number;
}

/** Why one more entry of so many lots is refused; null where it is not. */
export function refusalBy(limits: BotLimits, lots: number, facts: LimitFacts): Refusal | null {
  if (lots > limits.volumeLots * (1 + 1e-9)) {
    return { by: 'volume', value: lots, limit: limits.volumeLots };
  }
  if (facts.open >= limits.open) return { by: 'open', value: facts.open + 1, limit: limits.open };
  if (facts.dayOrders >= limits.dayOrders) {
    return { by: 'day-orders', value: facts.dayOrders + 1, limit: limits.dayOrders };
  }
  const loss = -(dayResult(facts.trips, facts.nowMs) + Math.min(0, facts.floating));
  const limit = dayLossLimit(limits, facts.capital);
  return loss >= limit ? { by: 'day-loss', value: loss, limit } : null;
}

function dayLossLimit({ dayLossMoney, dayLossRatio }: BotLimits, capital: number): number {
  const byRatio = dayLossRatio === null ? Infinity : dayLossRatio * capital;
  return Math.min(dayLossMoney ?? Infinity, byRatio);
}

/** Account money of the trips that closed in the UTC day of `nowMs`. */
export function dayResult(trips: readonly BotTrip[], nowMs: number): number {
  const fromMs = dayStartMs(nowMs);
  return trips.reduce((sum, trip) => (trip.exitMs >= fromMs ? sum + trip.profit : sum), 0);
}

export function dayStartMs(nowMs: number): number {
  return Math.floor(nowMs / DAY_MS) * DAY_MS;
}
