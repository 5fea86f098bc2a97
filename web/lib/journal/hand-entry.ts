/** A round trip as it is entered by hand: what the fields hold, what is wrong with it, the row it becomes. */
import type { HandTrip } from '#core/collections/hand-trip.ts';
import { timeText, type TimeDisplay } from '../words/times.ts';
import { instantOf } from './day-zone.ts';
import { say } from '../words/language.ts';

export interface HandEntry {
  symbol: string;
  side: 'buy' | 'sell';
  volumeLots: number | null;
  entryPrice: number | null;
  exitPrice: number | null;
  sl: number | null;
  profit: number | null;
  /** As people say them: > 0 is paid. */
  costs: number | null;
  /** `2026-11-27T10:30` by the shown clock; a closing may be empty. */
  opened: string;
  closed: string;
  account: string;
  currency: string;
}

const hourMs = 3_600_000;
const wallText = (ms: number, times: TimeDisplay) => timeText(ms, times).replace(' ', 'T');
const negated = (money: number): number => (money === 0 ? 0 : -money);

/** Of one that is changed, else a new one with what `last` had. */
export function startOf(
  trip: HandTrip | null,
  last: HandTrip | null,
  nowMs: number,
  times: TimeDisplay,
): HandEntry {
  const like = trip ?? last;
  return {
    symbol: like?.symbol ?? '',
    side: like?.side ?? 'buy',
    volumeLots: like?.volumeLots ?? null,
    entryPrice: trip?.entryPrice ?? null,
    exitPrice: trip?.exitPrice ?? null,
    sl: trip?.sl ?? null,
    profit: trip && trip.closedMs !== null ? trip.profit : null,
    costs: trip ? negated(trip.costs) : null,
    opened: wallText(trip?.openedMs ?? nowMs - hourMs, times),
    closed: trip?.closedMs === null ? '' : wallText(trip?.closedMs ?? nowMs, times),
    account: like?.account ?? 'By hand',
    currency: like?.currency ?? '',
  };
}

/** In words; null where it can be kept. */
export function handFault(entry: HandEntry, times: TimeDisplay): string | null {
  const { symbol, account, volumeLots, entryPrice, exitPrice, profit, costs, sl } = entry;
  if (symbol.trim() === '') return say`A round trip has a symbol.`;
  if (volumeLots === null || volumeLots <= 0) return say`The volume is a number above 0.`;
  if (entryPrice === null || entryPrice <= 0)
    return say`The price of the opening is a number above 0.`;
  if (sl !== null && sl <= 0) return say`The stop is a price above 0, or empty.`;
  if ((costs ?? 0) < 0) return say`Costs are a number of 0 or above.`;
  const opened = instantOf(entry.opened, times);
  if (opened === null) return say`Say when it was opened.`;
  if (account.trim() === '') return say`An account has a name.`;
  if (entry.closed === '') {
    return exitPrice === null && profit === null
      ? null
      : say`Say when it was closed, or leave the price and the result of the closing empty.`;
  }
  const closed = instantOf(entry.closed, times);
  if (closed === null || closed < opened) return say`It is closed after it is opened, or not yet.`;
  if (exitPrice === null || exitPrice <= 0)
    return say`The price of the closing is a number above 0.`;
  return profit === null ? say`Say what it brought before costs.` : null;
}

/** Of an entry without a fault. What was not touched stays to the millisecond. */
export function handTripOf(
  entry: HandEntry,
  before: HandTrip | null,
  times: TimeDisplay,
): Omit<HandTrip, 'id' | 'updatedMs'> {
  const atMs = (text: string, was: number | null | undefined): number =>
    typeof was === 'number' && wallText(was, times) === text ? was : (instantOf(text, times) ?? 0);
  const isClosed = entry.closed !== '';
  return {
    account: before?.account ?? entry.account.trim(),
    currency: entry.currency.trim().toUpperCase() || null,
    symbol: entry.symbol.trim(),
    side: entry.side,
    volumeLots: entry.volumeLots ?? 0,
    openedMs: atMs(entry.opened, before?.openedMs),
    closedMs: isClosed ? atMs(entry.closed, before?.closedMs) : null,
    entryPrice: entry.entryPrice ?? 0,
    exitPrice: isClosed ? entry.exitPrice : null,
    sl: entry.sl,
    profit: isClosed ? (entry.profit ?? 0) : 0,
    costs: negated(entry.costs ?? 0),
  };
}
