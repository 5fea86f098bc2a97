/** One line of a watchlist: what is known of a symbol now, and how old it is. */
import type { WatchlistItem } from '#core/collections/watchlist-item.ts';
import type { MarketQuote } from '#core/market/market-views.ts';
import type { Quote } from '#core/broker/instrument.ts';
import { staleMs as staleAfterMs } from '../trading/freshness.ts';
import {
  dayFigures,
  longestGapMs,
  type DayFigures,
  type Days,
  type PriceNow,
} from './day-figures.ts';
import type { PricePlace } from './price-place.ts';

export interface WatchRow {
  readonly item: WatchlistItem;
  readonly symbol: string;
  readonly place: PricePlace | null;
  readonly digits: number;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly spreadPoints: number | null;
  readonly day: DayFigures | null;
  readonly days: KnownDays | null;
  /** When the price was said; null for what is stored. */
  readonly saidMs: number | null;
  readonly ageMs: number | null;
  readonly isStale: boolean;
  /** Whose price it was, where nobody tells one now. */
  readonly keptFrom: string | null;
}

/** Days with the line that is drawn of them. */
export interface KnownDays {
  readonly days: Days;
  readonly path: string;
}

/** What an account told of a symbol last, as this device remembers it. */
export interface KeptPrice {
  readonly bid: number;
  readonly ask: number;
  readonly digits: number;
  readonly pointSize: number;
  readonly timeMs: number;
  /** The account's name. */
  readonly from: string;
}

export interface RowFacts {
  readonly place: PricePlace | null;
  readonly quote: Quote | undefined;
  readonly told: MarketQuote | undefined;
  readonly days: KnownDays | null;
  /** Shown where nothing newer is told. */
  readonly kept?: KeptPrice | undefined;
  readonly nowMs: number;
}

/** A public source tells at most every few seconds. */
const providerStaleMs = 60_000;
const mostDigits = 8;

export function watchRow(item: WatchlistItem, facts: RowFacts): WatchRow {
  const { place, quote, told, days, nowMs } = facts;
  const live =
    place?.kind === 'account' ? ofQuote(quote) : place?.kind === 'provider' ? ofTold(told) : null;
  const isKept = live === null && (place === null || place.kind === 'account');
  const kept = isKept ? facts.kept : undefined;
  const now = live ?? (kept ? { ...kept, price: kept.bid } : null);
  const digits = kept && !place ? kept.digits : digitsOf(facts);
  const step =
    place?.kind === 'account' ? place.instrument.pointSize : (kept?.pointSize ?? 10 ** -digits);
  const { bid = null, ask = null } = now ?? {};
  const ageMs = now ? Math.max(0, nowMs - now.timeMs) : null;
  const limitMs = place?.kind === 'provider' ? providerStaleMs : staleAfterMs;
  return {
    ...{ item, symbol: item.symbol, place, digits, bid, ask, ageMs },
    days: days && now && isBygone(days.days, now) ? null : days,
    spreadPoints: bid === null || ask === null ? null : Math.round((ask - bid) / step),
    day: dayFigures(days?.days ?? null, now),
    saidMs: now?.timeMs ?? null,
    keptFrom: kept?.from ?? null,
    isStale: kept !== undefined || (ageMs !== null && ageMs > limitMs) || told?.isStale === true,
  };
}

/** Its source stopped telling days: they are none of those up to now. */
function isBygone({ timesMs }: Days, now: PriceNow): boolean {
  return now.timeMs >= (timesMs.at(-1) ?? 0) + longestGapMs;
}

interface Now extends PriceNow {
  readonly bid: number | null;
  readonly ask: number | null;
}

function ofQuote(quote: Quote | undefined): Now | null {
  return quote ? { ...quote, price: quote.bid } : null;
}

function ofTold(told: MarketQuote | undefined): Now | null {
  const price = told?.last ?? told?.bid ?? null;
  return told && price !== null
    ? { price, timeMs: told.timeMs, bid: told.bid, ask: told.ask }
    : null;
}

function digitsOf({ place, told, days }: RowFacts): number {
  if (place?.kind === 'account') return place.instrument.digits;
  if (place?.kind === 'stored') return place.series.digits;
  const shown = [told?.bid, told?.ask, told?.last].map((value) => decimalsOf(value ?? 0));
  return Math.min(mostDigits, Math.max(days?.days.digits ?? 0, ...shown));
}

function decimalsOf(value: number): number {
  return /\.(\d+)$/.exec(value.toFixed(mostDigits).replace(/0+$/, ''))?.[1]?.length ?? 0;
}
