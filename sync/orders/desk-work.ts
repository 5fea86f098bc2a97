/** What the parts of a desk share: whom it speaks to, what it remembers, how it works. */
import type { Quote } from '#core/broker/instrument.ts';
import type { ServerMessage } from '#core/broker/messages.ts';
import type { HeardBeat } from './dispatch.ts';
import type { Looking } from './look.ts';
import type { OrderStore, OrderTx } from './order-store.ts';
import type { QuoteBoard } from './quote-board.ts';
import type { TerminalBook } from './terminal-book.ts';
import type { TrailWatch } from './trailing.ts';

export interface Link {
  send(message: ServerMessage): void;
  close(why: string): void;
}

export interface Clock {
  nowMs(): number;
  /** Answers what cancels it. */
  after(ms: number, run: () => void): () => void;
}

export type DeskNews =
  | { readonly t: 'quotes'; readonly quotes: readonly Quote[] }
  /** Something that pages show may have changed. */
  | { readonly t: 'changed' };

/** For the account's log; alerts are part of the transactions. */
export interface DeskLog {
  info(name: string, detail: Readonly<Record<string, string | number>>): void;
  warn(name: string, detail: Readonly<Record<string, string | number>>): void;
}

export interface DeskOptions {
  readonly store: OrderStore;
  readonly accountId: string;
  /** `beginSession` has made it the account's own. */
  readonly session: string;
  readonly link: Link;
  readonly clock: Clock;
  readonly quotes: QuoteBoard;
  onChange(news: DeskNews): void;
  readonly log: DeskLog;
}

/** What one desk remembers between its transactions. */
export interface DeskState {
  beat: HeardBeat | null;
  dropped: number;
  book: TerminalBook | null;
  /** All that the broker has, by name; null until it said. */
  symbols: readonly string[] | null;
  looked: readonly string[];
  subscribed: string;
  lookDueMs: number | null;
  lookedMs: number;
  /** The one under way may be older than what it is wished for. */
  isLookWished: boolean;
  readonly look: Looking;
  readonly trails: TrailWatch;
  readonly stopsDue: Set<string>;
  readonly equity: { atMs: number; balance: number };
}

/** What the parts of a desk do everything with. */
export interface DeskWork {
  readonly options: DeskOptions;
  readonly state: DeskState;
  /** Null: the session is not the account's any more, and the desk has ended. */
  within<T>(work: (tx: OrderTx, nowMs: number) => Promise<T>): Promise<T | null>;
  send(message: ServerMessage): void;
  wish(): void;
  finish(why: string): void;
}

/** Everything is compared at least so often. */
export const lookEachMs = 300_000;
