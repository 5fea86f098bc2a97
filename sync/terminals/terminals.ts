/** The trading accounts whose connectors this process holds, and their prices. */
import type { Quote } from '#core/broker/instrument.ts';
import { quoteBoard, type QuoteBoard } from '../orders/quote-board.ts';
import type { StoredHealth } from './account-row.ts';
import type { LiveSession } from './live-session.ts';
import { quoteStream, type QuoteStream } from './quote-stream.ts';

/** What procedures ask and tell. */
export interface Terminals {
  readonly paperIsOffered: boolean;
  /** The exchanges that there are connectors for. */
  readonly exchanges: readonly string[];
  /** Null where another process holds the connector, or none. */
  heard(accountId: string): { readonly health: StoredHealth; readonly lastHeardMs: number } | null;
  quoteOf(accountId: string, symbol: string): Quote | null;
  quotesOf(accountId: string): readonly Quote[];
  /** Somebody looks at these symbols, or trades: their prices are said for a while. */
  looked(accountId: string, symbols: readonly string[]): void;
}

/** What the hosts of terminals work with, beside. */
export interface TerminalRegistry extends Terminals {
  readonly board: QuoteBoard;
  readonly stream: QuoteStream;
  readonly sessions: ReadonlyMap<string, LiveSession>;
  /** The account's only one from now on; answers the one before. */
  put(live: LiveSession): LiveSession | null;
  /** Where it is still that one. */
  remove(live: LiveSession): void;
  onLook(tell: (accountId: string, symbols: readonly string[]) => void): void;
}

export interface TerminalsOptions {
  readonly paperIsOffered: boolean;
  readonly exchanges: readonly string[];
  now(): number;
}

export function openTerminalRegistry(options: TerminalsOptions): TerminalRegistry {
  const { paperIsOffered, exchanges, now } = options;
  const board = quoteBoard();
  const stream = quoteStream();
  const sessions = new Map<string, LiveSession>();
  let tellLook: (accountId: string, symbols: readonly string[]) => void = () => undefined;
  return {
    paperIsOffered,
    exchanges,
    board,
    stream,
    sessions,
    heard(accountId) {
      const live = sessions.get(accountId);
      return live ? { health: live.health, lastHeardMs: live.lastHeardMs } : null;
    },
    quoteOf: (accountId, symbol) => board.of(accountId, symbol),
    quotesOf: (accountId) => board.all(accountId),
    looked(accountId, symbols) {
      stream.look(accountId, symbols, now());
      sessions.get(accountId)?.look(stream.looked(accountId));
      tellLook(accountId, symbols);
    },
    put(live) {
      const before = sessions.get(live.accountId) ?? null;
      sessions.set(live.accountId, live);
      return before;
    },
    remove(live) {
      if (sessions.get(live.accountId) !== live) return;
      sessions.delete(live.accountId);
      board.forget(live.accountId);
    },
    onLook(tell) {
      tellLook = tell;
    },
  };
}
