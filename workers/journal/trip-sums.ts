/** What round trips came to together: the summary above the list, and the days of the calendar. */
import { findZone } from '#core/market/zone.ts';
import type { JournalDay, JournalSummary } from './api.ts';
import type { BookedTrip } from './trip-book.ts';

/** Of the closed ones, the currency of most round trips first. */
export function summaries(trips: readonly BookedTrip[]): readonly JournalSummary[] {
  const closed = trips.filter(({ closedMs }) => closedMs !== null);
  const byCurrency = new Map<string | null, BookedTrip[]>();
  for (const trip of closed) {
    const there = byCurrency.get(trip.currency);
    if (there) there.push(trip);
    else byCurrency.set(trip.currency, [trip]);
  }
  return [...byCurrency]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([currency, each]) => summary(currency, each));
}

/** Takes away what a sum of decimals leaves behind. */
const tidy = (money: number): number => Math.round(money * 1e8) / 1e8;
const sum = (values: readonly number[]): number => tidy(values.reduce((a, b) => a + b, 0));
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : sum(values) / values.length;

function summary(currency: string | null, trips: readonly BookedTrip[]): JournalSummary {
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
export function daysOf(trips: readonly BookedTrip[], zone: string): readonly JournalDay[] {
  const found = findZone(zone);
  const offsetMsAt = (ms: number) => (found.ok ? found.value.offsetMsAt(ms) : 0);
  const sums = new Map<string, { currency: string | null; day: string; nets: number[] }>();
  for (const { closedMs, net, currency } of trips) {
    if (closedMs === null) continue;
    const day = new Date(closedMs + offsetMsAt(closedMs)).toISOString().slice(0, 10);
    const key = `${day} ${currency}`;
    const there = sums.get(key);
    if (there) there.nets.push(net);
    else sums.set(key, { currency, day, nets: [net] });
  }
  return [...sums.values()]
    .map(({ currency, day, nets }) => ({ currency, day, trips: nets.length, net: sum(nets) }))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
