/** A round trip as it is entered by hand: what the fields hold, what is wrong with it, the row it becomes. */
import type { HandTrip } from '#core/collections/hand-trip.ts';
import { direction } from '#core/journal/excursion.ts';
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
  tp: number | null;
  profit: number | null;
  /** As people say them: > 0 is paid, < 0 a rebate. */
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
    tp: trip?.tp ?? null,
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
  const { symbol, account, volumeLots, entryPrice, exitPrice, profit, sl, tp } = entry;
  if (symbol.trim() === '') return say`A round trip has a symbol.`;
  if (volumeLots === null || volumeLots <= 0) return say`The volume is a number above 0.`;
  if (entryPrice === null || entryPrice <= 0)
    return say`The price of the opening is a number above 0.`;
  if (sl !== null && sl <= 0) return say`The stop is a price above 0, or empty.`;
  if (tp !== null && tp <= 0) return say`The target is a price above 0, or empty.`;
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

/** How far it went for the trader, in price and lots; null where it is not said. */
function wayLots({ side, entryPrice, exitPrice, volumeLots }: HandEntry): number | null {
  if (entryPrice === null || exitPrice === null || volumeLots === null) return null;
  return (exitPrice - entryPrice) * direction({ side }) * volumeLots;
}

/** Money before costs, to the cent, where a lot is worth `perLot` for a price one higher. */
export function suggestedProfit(entry: HandEntry, perLot: number | null): number | null {
  const way = wayLots(entry);
  if (way === null || perLot === null) return null;
  const cents = Math.round(way * perLot * 100);
  return cents === 0 ? 0 : cents / 100;
}

/** A result that prices speak against, in words: the trader may be right. */
export function profitDoubt(entry: HandEntry): string | null {
  const way = wayLots(entry);
  if (entry.closed === '' || way === null || entry.profit === null) return null;
  if (way > 0 && entry.profit < 0) {
    return say`From its prices it earns, and the result is a loss. Keep it again if it is so.`;
  }
  if (way < 0 && entry.profit > 0) {
    return say`From its prices it loses, and the result is a profit. Keep it again if it is so.`;
  }
  return null;
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
    ...(entry.tp === null && before?.tp === undefined ? {} : { tp: entry.tp }),
    profit: isClosed ? (entry.profit ?? 0) : 0,
    costs: negated(entry.costs ?? 0),
  };
}
