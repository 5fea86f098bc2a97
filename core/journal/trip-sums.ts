/** What round trips came to together: the summary above the list, and the days of the calendar. */
import { wallClock } from '../market/wall-clock.ts';
import { tidy } from './decimal-sums.ts';
import type { RoundTrip } from './round-trip.ts';

/** What of a round trip is added up. */
export interface CountedTrip extends Pick<
  RoundTrip,
  'closedMs' | 'net' | 'commission' | 'fee' | 'swap'
> {
  readonly currency: string | null;
  readonly r: number | null;
}

/** Of the closed round trips that a filter leaves and whose accounts are in one currency. */
export interface JournalSummary {
  readonly currency: string | null;
  readonly trips: number;
  readonly won: number;
  readonly net: number;
  readonly costs: number;
  /** Null where nothing was lost. */
  readonly profitFactor: number | null;
  readonly expectancy: number | null;
  readonly expectancyR: number | null;
  readonly meanWin: number | null;
  readonly meanLoss: number | null;
  readonly longestLosing: number;
  readonly maxDrawdown: number;
}

/** One day of the calendar in one currency, in the days of the zone that was asked with. */
export interface JournalDay {
  readonly currency: string | null;
  /** `2026-11-27`. */
  readonly day: string;
  readonly trips: number;
  readonly net: number;
}

/** Of the closed ones, the currency of most round trips first. */
export function summaries(trips: readonly CountedTrip[]): readonly JournalSummary[] {
  const closed = trips.filter(({ closedMs }) => closedMs !== null);
  const byCurrency = new Map<string | null, CountedTrip[]>();
  for (const trip of closed) {
    const there = byCurrency.get(trip.currency);
    if (there) there.push(trip);
    else byCurrency.set(trip.currency, [trip]);
  }
  return [...byCurrency]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([currency, each]) => summary(currency, each));
}

const sum = (values: readonly number[]): number => tidy(values.reduce((a, b) => a + b, 0));
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : sum(values) / values.length;

function summary(currency: string | null, trips: readonly CountedTrip[]): JournalSummary {
  const nets = trips.toSorted((a, b) => a.closedMs! - b.closedMs!).map(({ net }) => net);
  const wins = nets.filter((net) => net > 0);
  const losses = nets.filter((net) => net < 0);
  return {
    currency,
    trips: nets.length,
    won: wins.length,
    net: sum(nets),
    costs: sum(trips.map(({ commission, fee, swap }) => commission + fee + swap)),
    profitFactor: losses.length === 0 ? null : sum(wins) / -sum(losses),
    expectancy: mean(nets),
    expectancyR: mean(trips.map(({ r }) => r).filter((r) => r !== null)),
    meanWin: mean(wins),
    meanLoss: mean(losses),
    ...overTime(nets),
  };
}

/** In the order of their closing. */
function overTime(nets: readonly number[]): { longestLosing: number; maxDrawdown: number } {
  let [balance, peak, maxDrawdown] = [0, 0, 0];
  let [losing, longestLosing] = [0, 0];
  for (const net of nets) {
    balance += net;
    peak = Math.max(peak, balance);
    maxDrawdown = Math.max(maxDrawdown, peak - balance);
    losing = net < 0 ? losing + 1 : 0;
    longestLosing = Math.max(longestLosing, losing);
  }
  return { longestLosing, maxDrawdown: tidy(maxDrawdown) };
}

/** By day of closing, the first first; in UTC where nobody knows the zone. */
export function daysOf(trips: readonly CountedTrip[], zone: string): readonly JournalDay[] {
  const dayOf = dayClock(zone);
  const sums = new Map<string, { currency: string | null; day: string; nets: number[] }>();
  for (const { closedMs, net, currency } of trips) {
    if (closedMs === null) continue;
    const day = dayOf(closedMs);
    const key = `${day} ${currency}`;
    const there = sums.get(key);
    if (there) there.nets.push(net);
    else sums.set(key, { currency, day, nets: [net] });
  }
  return [...sums.values()]
    .map(({ currency, day, nets }) => ({ currency, day, trips: nets.length, net: sum(nets) }))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

const dayMs = 86_400_000;

/** The day of an instant by the clock of a zone. */
export function dayClock(zone: string): (ms: number) => string {
  const clock = wallClock(zone);
  const names = new Map<number, string>();
  return (ms) => {
    const day = Math.floor(clock(ms) / dayMs);
    const name = names.get(day) ?? new Date(day * dayMs).toISOString().slice(0, 10);
    names.set(day, name);
    return name;
  };
}
