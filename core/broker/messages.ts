/**
 * What a server and a connector say to one another, `offing.v1`; see `docs/connector-protocol.md`.
 *
 * A connector is whatever stands before a broker: the Expert Advisor in MetaTrader 5, the paper
 * terminal, an exchange's client. Every command has the id of an intent and a magic number of its
 * own for each attempt; it is good until `untilMs` on the connector's own monotonic clock, which
 * the server knows from `beat`: a connector whose clock was never heard is sent no command.
 */
import type { BrokerAccount, Deal, OrderKind, Position, Side, WorkingOrder } from './book.ts';
import type { Instrument } from './instrument.ts';

interface CommandBase {
  /** The intent's. */
  readonly id: string;
  /** 1, 2, 3 …: a new one only where the broker certainly did nothing with the one before. */
  readonly attempt: number;
  /** 63 bits of a hash of intent and attempt, decimal. */
  readonly magic: string;
  readonly untilMs: number;
}

export interface PlaceCommand extends CommandBase {
  readonly t: 'place';
  readonly symbol: string;
  readonly side: Side;
  readonly kind: OrderKind;
  readonly volumeLots: number;
  /** Null for a market order. */
  readonly price: number | null;
  readonly limitPrice: number | null;
  readonly sl: number | null;
  readonly tp: number | null;
  readonly deviationPoints: number;
  /** A market order is refused where the quote is worse than this. */
  readonly worstPrice: number | null;
  /** UTC; null = until canceled. */
  readonly lastsUntilMs: number | null;
  readonly comment: string;
}

/** Gives a position (`sl`, `tp`) or a working order (all) exactly these levels; null = none. */
export interface ModifyCommand extends CommandBase {
  readonly t: 'modify';
  readonly target: { readonly position: string } | { readonly order: string };
  readonly price: number | null;
  readonly limitPrice: number | null;
  readonly sl: number | null;
  readonly tp: number | null;
  readonly lastsUntilMs: number | null;
}

export interface CancelCommand extends CommandBase {
  readonly t: 'cancel';
  readonly order: string;
}

/** Closes so much of the position; what is left of less than that is closed whole. */
export interface CloseCommand extends CommandBase {
  readonly t: 'close';
  readonly position: string;
  readonly volumeLots: number;
  readonly deviationPoints: number;
  readonly worstPrice: number | null;
  readonly comment: string;
}

/** Closes a position by the opposite one. */
export interface CloseByCommand extends CommandBase {
  readonly t: 'close-by';
  readonly position: string;
  readonly opposite: string;
}

export type Command = PlaceCommand | ModifyCommand | CancelCommand | CloseCommand | CloseByCommand;

export interface DealCursor {
  readonly serverMs: number;
  readonly deal: string;
}

export type ServerMessage =
  | Command
  /** At least every 5 s; a connector that hears nothing for 15 s closes. */
  | { readonly t: 'beat' }
  | { readonly t: 'settings'; readonly isReadOnly: boolean; readonly quotesMs: number }
  | { readonly t: 'snapshot' }
  /** What became of intents that the server is not sure of. */
  | { readonly t: 'fate'; readonly request: number; readonly ids: readonly FateQuestion[] }
  /** Deals after the cursor, by time and ticket. */
  | {
      readonly t: 'deals';
      readonly request: number;
      readonly after: DealCursor;
      readonly limit: number;
    }
  /** Exactly these symbols from now on. */
  | { readonly t: 'subscribe'; readonly symbols: readonly string[] }
  /** Only to connectors that named it among what they can; never before a command. */
  | ({ readonly t: 'bars'; readonly request: number } & BarsQuestion);

/** The last `limit` bars that opened before a time, by the broker's own clock; null = the newest. */
export interface BarsQuestion {
  readonly symbol: string;
  readonly timeframe: string;
  readonly beforeServerMs: number | null;
  /** At most `MOST_BARS`. */
  readonly limit: number;
}

/** A page keeps far below the longest frame. */
export const MOST_BARS = 1_000;

/** Opening in seconds of the broker's clock; prices in points of the answer's digits; volume. */
export type SaidBar = readonly [
  openServerS: number,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number,
];

export interface BarsAnswer {
  /** False: the history is still being loaded; asked again a little later there is more. */
  readonly isWhole: boolean;
  /** Older ones are there. */
  readonly hasMore: boolean;
  readonly digits: number;
  /** What of the question the broker does not have. */
  readonly lacks: 'symbol' | 'timeframe' | null;
  /** Bids, oldest first; the newest may still be forming. */
  readonly bars: readonly SaidBar[];
}

/** What a connector can do beyond what each has to, named in its `auth`. */
export const connectorCaps = ['bars'] as const;
export type ConnectorCap = (typeof connectorCaps)[number];

export interface FateQuestion {
  readonly id: string;
  readonly attempt: number;
  readonly magic: string;
}

/**
 * `done`: executed or already so; `placed`: taken, the fill is to come; `partial`: some of it;
 * `rejected`: the broker said no; `refused`: the connector itself did, and wrote nothing down;
 * `unknown`: nobody can say yet.
 */
export type Outcome = 'done' | 'placed' | 'partial' | 'rejected' | 'refused' | 'unknown';

/** Why a connector refused: it never asked the broker. */
export type RefusalReason =
  | 'stale'
  | 'price'
  | 'read-only'
  | 'wrong-account'
  | 'wrong-session'
  | 'journal'
  | 'symbol'
  | 'position'
  | 'invalid';

export interface CommandResult {
  readonly outcome: Outcome;
  /** MT5's, or 0 where the broker was not asked. */
  readonly retcode: number;
  readonly reason: RefusalReason | null;
  readonly order: string | null;
  readonly deal: string | null;
  readonly position: string | null;
  readonly volumeLots: number;
  readonly price: number | null;
}

export interface Fate {
  readonly id: string;
  readonly attempt: number;
  readonly magic: string;
  /** What the connector's own journal knows. */
  readonly journal: 'never-seen' | 'intent' | 'result';
  readonly result: CommandResult | null;
  /** What was found at the broker under this magic or comment. */
  readonly found: FoundOrder | null;
}

export interface FoundOrder {
  readonly order: string;
  /** `partial`: it works on; what ended with a part of it filled is `canceled` or `expired`. */
  readonly state: 'working' | 'filled' | 'partial' | 'canceled' | 'rejected' | 'expired';
  readonly position: string | null;
  readonly filledLots: number;
  readonly averagePrice: number | null;
}

export type ConnectorMessage =
  /** At least every 5 s; `monotonicMs` is the clock that `untilMs` is of. */
  | {
      readonly t: 'beat';
      readonly monotonicMs: number;
      readonly serverMs: number;
      readonly pingUs: number;
      readonly isConnected: boolean;
      readonly isTradeAllowed: boolean;
      readonly queue: number;
      readonly dropped: number;
    }
  /** Written down and flushed; next the broker is asked. */
  | { readonly t: 'ack'; readonly id: string; readonly attempt: number }
  | { readonly t: 'executing'; readonly id: string; readonly attempt: number }
  | {
      readonly t: 'result';
      readonly id: string;
      readonly attempt: number;
      readonly result: CommandResult;
    }
  | { readonly t: 'account'; readonly account: BrokerAccount }
  | { readonly t: 'symbols'; readonly instruments: readonly Instrument[] }
  /** All that is there; `isConnected` false: what is missing may only not be loaded yet. */
  | {
      readonly t: 'snapshot';
      readonly hash: string;
      readonly isConnected: boolean;
      readonly account: BrokerAccount;
      readonly positions: readonly Position[];
      readonly orders: readonly WorkingOrder[];
    }
  /** What changed since the last snapshot or delta; `hash` is of what is there now. */
  | {
      readonly t: 'delta';
      readonly hash: string;
      readonly account: BrokerAccount;
      readonly positions: readonly Position[];
      readonly closedPositions: readonly string[];
      readonly orders: readonly WorkingOrder[];
      readonly endedOrders: readonly string[];
    }
  /** `isWhole` false: the terminal is not connected, or its history not loaded. */
  | {
      readonly t: 'fates';
      readonly request: number;
      readonly isWhole: boolean;
      readonly fates: readonly Fate[];
    }
  | {
      readonly t: 'deals';
      readonly request: number;
      readonly isWhole: boolean;
      readonly hasMore: boolean;
      readonly deals: readonly Deal[];
    }
  | ({ readonly t: 'bars'; readonly request: number } & BarsAnswer)
  /** Symbol, bid, ask, and the broker's raw time of each that moved; the latest only. */
  | {
      readonly t: 'quotes';
      readonly quotes: readonly (readonly [
        symbol: string,
        bid: number,
        ask: number,
        serverMs: number,
      ])[];
    };
