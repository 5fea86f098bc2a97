/** The trading accounts whose connectors this process holds, and their prices. */
import { randomUUID } from 'node:crypto';
import type { Quote } from '#core/broker/instrument.ts';
import { fail } from '#core/result.ts';
import type { Dispatcher } from '../orders/postgres-store.ts';
import { quoteBoard, type QuoteBoard } from '../orders/quote-board.ts';
import type { StoredHealth } from './account-row.ts';
import type { HistoryAsks } from './history-asks.ts';
import type { LiveSession } from './live-session.ts';
import { quoteStream, type QuoteStream } from './quote-stream.ts';

/** Past prices of an account, of whoever holds its connector. */
export interface TerminalHistory extends Pick<HistoryAsks, 'ask'> {
  /** The broker's clock less ours; null where it was not heard yet. */
  readonly offsetMs: number | null;
}

/** What procedures ask and tell. */
export interface Terminals {
  readonly paperIsOffered: boolean;
  /** The exchanges that there are connectors for. */
  readonly exchanges: readonly string[];
  /** Null where another process holds the connector, or none. */
  heard(accountId: string): { readonly health: StoredHealth; readonly lastHeardMs: number } | null;
  quoteOf(accountId: string, symbol: string): Quote | null;
  quotesOf(accountId: string): readonly Quote[];
  /** Null where this process does not hold the connector. */
  history(whose: AccountName): TerminalHistory | null;
  /** By way of another process, which is said to hold it. */
  relayedHistory(accountId: string): Pick<HistoryAsks, 'ask'>;
  /** Somebody looks at these symbols, or trades: their prices are said for a while. */
  looked(accountId: string, symbols: readonly string[]): void;
  /** Sends what is to be sent, where this process holds the connector. */
  readonly dispatcher: Dispatcher;
}

export interface AccountName {
  readonly userId: string;
  readonly accountId: string;
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
  onRelay(ask: (accountId: string, ...question: AskParameters) => AskAnswer): void;
}

type AskParameters = Parameters<HistoryAsks['ask']>;
type AskAnswer = ReturnType<HistoryAsks['ask']>;

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
  let relay: Parameters<TerminalRegistry['onRelay']>[0] = () => Promise.resolve(fail('gone'));
  return {
    paperIsOffered,
    exchanges,
    dispatcher: {
      origin: randomUUID(),
      wake: (accountId) => sessions.get(accountId)?.wake(),
    },
    board,
    stream,
    sessions,
    heard(accountId) {
      const live = sessions.get(accountId);
      return live ? { health: live.health, lastHeardMs: live.lastHeardMs } : null;
    },
    quoteOf: (accountId, symbol) => board.of(accountId, symbol),
    quotesOf: (accountId) => board.all(accountId),
    history({ userId, accountId }) {
      const live = sessions.get(accountId);
      if (live?.userId !== userId) return null;
      return {
        offsetMs: live.health.serverOffsetMs,
        ask: (question) => live.history.ask(question),
      };
    },
    relayedHistory: (accountId) => ({ ask: (question) => relay(accountId, question) }),
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
    onRelay(ask) {
      relay = ask;
    },
  };
}
