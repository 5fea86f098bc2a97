/**
 * What a room and those in it say to one another: that there is something to pull, no more.
 *
 * Whoever comes over a socket first sends the ticket, and from then on answers each `beat` with
 * one of its own. What a change wrote is never in a poke, but where it is one small fragment;
 * everything else is pulled. Of trading accounts a room says what changed where that is short, and
 * prices.
 */
import { readBookChange, type BookChange } from '../broker/book-change.ts';
import type { Quote } from '../broker/instrument.ts';
import { fromWire, type WireFragment } from './fragment.ts';

export interface Poke {
  /** The newest sequence number of the account. */
  readonly head: number;
  /** The one before the push that was told: who is not there yet pulls. */
  readonly prevHead: number;
  /** All that the push wrote, where it is one fragment of at most `MOST_INLINE_BYTES`. */
  readonly fragment?: WireFragment;
}

/** Of a trading account that one of the person's devices looks at; of each symbol the latest. */
export interface QuotesWord {
  readonly accountId: string;
  readonly quotes: readonly Quote[];
}

/** Something of a trading account is another: what, where it was short, else it is to be fetched. */
export interface TradingWord {
  readonly accountId: string;
  readonly change?: BookChange;
}

/** `pull`: something may have been missed. */
export type RoomWords =
  | { readonly kind: 'welcome' }
  | { readonly kind: 'beat' }
  | { readonly kind: 'pull' }
  | ({ readonly kind: 'trading' } & TradingWord)
  | ({ readonly kind: 'quotes' } & QuotesWord)
  | ({ readonly kind: 'poke' } & Poke);

/** How a device gets into its room. */
export interface LiveTicket {
  /** Where the socket is, or null for the server's own. */
  readonly socketUrl: string | null;
  readonly ticket: string;
}

export const LIVE_PATH = '/live';
export const EVENTS_PATH = '/live/events';
/** What a member answers a beat with. */
export const BEAT = 'beat';
export const BEAT_MS = 20_000;
export const TICKET_LIFE_MS = 30_000;
export const MOST_INLINE_BYTES = 4_096;
export const MOST_QUOTES = 100;

/** Why a room closes a connection, with the code that a socket is closed with. */
export const roomEnds = {
  /** No ticket, or one that does not open this room now. */
  refused: 4_401,
  /** The session has ended. */
  'signed-out': 4_403,
  /** There are as many of the account as there may be. */
  crowded: 4_429,
  /** It does not take in what it is sent: it pulls when it is back. */
  slow: 4_408,
  /** Nothing was heard of it. */
  silent: 4_409,
  /** It has stayed as long as one ticket is good for. */
  over: 4_410,
  stopping: 1_001,
} as const;
export type RoomEnd = keyof typeof roomEnds;

/** The poke that outside data hold, or null. */
export function readPoke(value: unknown): Poke | null {
  if (typeof value !== 'object' || value === null) return null;
  const { head, prevHead, fragment } = value as Readonly<Record<string, unknown>>;
  if (!isSeq(head) || !isSeq(prevHead) || prevHead > head) return null;
  if (fragment === undefined) return { head, prevHead };
  if (JSON.stringify(fragment).length > MOST_INLINE_BYTES || 'fault' in fromWire(fragment)) {
    return { head, prevHead };
  }
  return { head, prevHead, fragment: fragment as WireFragment };
}

/** What a room said, or null where it is none of its words. */
export function readRoomWords(text: string): RoomWords | null {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  if (value.kind === 'welcome' || value.kind === 'beat' || value.kind === 'pull') {
    return { kind: value.kind };
  }
  if (value.kind === 'trading' || value.kind === 'quotes') {
    return readTradingWords({ ...value, kind: value.kind });
  }
  const poke = value.kind === 'poke' ? readPoke(value) : null;
  return poke && { kind: 'poke', ...poke };
}

function readTradingWords(value: {
  readonly kind: 'trading' | 'quotes';
  readonly accountId?: unknown;
  readonly quotes?: unknown;
  readonly change?: unknown;
}): RoomWords | null {
  const { kind, accountId, quotes } = value;
  if (typeof accountId !== 'string' || accountId.length > 64) return null;
  if (kind === 'trading') {
    const change = readBookChange(value.change);
    return { kind, accountId, ...(change && { change }) };
  }
  if (!Array.isArray(quotes) || quotes.length > MOST_QUOTES || !quotes.every(isQuote)) return null;
  return {
    kind,
    accountId,
    quotes: quotes.map(({ symbol, bid, ask, timeMs }) => ({ symbol, bid, ask, timeMs })),
  };
}

function isQuote(value: unknown): value is Quote {
  if (typeof value !== 'object' || value === null) return false;
  const { symbol, bid, ask, timeMs } = value as Readonly<Record<string, unknown>>;
  return typeof symbol === 'string' && [bid, ask, timeMs].every(Number.isFinite);
}

function isSeq(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
