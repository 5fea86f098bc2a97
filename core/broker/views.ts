/** What pages are shown of trading accounts and of what happens on them. */
import type { RiskLimits } from '../risk/limits.ts';
import type { BrokerAccount, Deal, Position, WorkingOrder } from './book.ts';
import type { Instrument, Quote } from './instrument.ts';
import type { Intent } from './intent.ts';
import type { PaperSettings } from './paper-settings.ts';
import type { Trail } from './request.ts';

/** How things stand with the connector; latencies are of the last heartbeat. */
export interface AccountHealth {
  readonly isOnline: boolean;
  readonly lastHeardMs: number | null;
  /** From the server to the connector and back. */
  readonly latencyMs: number | null;
  /** From the terminal to its broker, microseconds. */
  readonly pingUs: number | null;
  /** The broker's clock less UTC. */
  readonly serverOffsetMs: number | null;
  /** Whether the terminal is connected to its broker, and lets programs trade. */
  readonly isConnected: boolean;
  readonly isTradeAllowed: boolean;
  /** What waits in the connector, and what it had to leave out. */
  readonly queue: number;
  readonly dropped: number;
  readonly positions: number;
  readonly reconciledMs: number | null;
}

export interface AccountView {
  readonly accountId: string;
  readonly name: string;
  readonly kind: 'mt5' | 'paper' | 'exchange';
  readonly state: 'pairing' | 'paired' | 'halted' | 'revoked';
  readonly haltReason: string | null;
  /** Its prices are made up or replayed, and said to be wherever they show. */
  readonly isSimulated: boolean;
  readonly broker: BrokerAccount | null;
  /** Null until its connector was heard. */
  readonly health: AccountHealth | null;
  readonly limits: RiskLimits;
  /** Of a paper account. */
  readonly paper: PaperSettings | null;
  /** Of an exchange: its name, as the library spells it. */
  readonly exchange: string | null;
  /** A code that was not used until then is worth nothing. */
  readonly pairUntilMs: number | null;
  readonly createdMs: number;
}

/** An intent without the numbers that only the connector needs. */
export type IntentView = Omit<Intent, 'magic' | 'earlierMagics'>;

export interface IntentEventView {
  readonly atMs: number;
  /** See `web/lib/words/orders.ts`. */
  readonly name: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

export interface PositionView extends Position {
  /** Null: opened elsewhere. */
  readonly intentId: string | null;
  /** Since when the terminal does not show it. */
  readonly missingSinceMs: number | null;
}

export interface OrderView extends WorkingOrder {
  readonly intentId: string | null;
}

export interface TrailView {
  readonly position: string;
  readonly trail: Trail;
  readonly bestPrice: number | null;
  readonly askedSl: number | null;
}

/** Everything that lies at the broker, as far as the server knows. */
export interface BookView {
  readonly account: AccountView;
  readonly instruments: readonly Instrument[];
  readonly positions: readonly PositionView[];
  readonly orders: readonly OrderView[];
  readonly trails: readonly TrailView[];
  /** Those whose fate is open. */
  readonly openIntents: readonly IntentView[];
  /** The latest that were heard; none where the connector is away. */
  readonly quotes: readonly Quote[];
}

/** What became of a request; the same again for the same request. */
export interface RequestView {
  readonly requestId: string;
  readonly intents: readonly IntentView[];
}

/** A size for a ticket, and what it would take. */
export interface SizeView {
  readonly volumeLots: number;
  /** Account money lost at the stop. */
  readonly riskMoney: number;
  readonly marginMoney: number;
  /** Way to the target ÷ way to the stop; null without a target. */
  readonly rewardRatio: number | null;
}

export interface LogEntryView {
  readonly n: number;
  readonly atMs: number;
  /** `alert` asks for the trader's eyes. */
  readonly level: 'info' | 'warn' | 'alert';
  readonly name: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

export interface EquityPoint {
  readonly atMs: number;
  readonly balance: number;
  readonly equity: number;
}

export type DealView = Omit<Deal, 'magic'>;

/** What lies open on one of the accounts, with what it takes to say what it is worth. */
export interface HoldingView {
  readonly account: AccountView;
  readonly positions: readonly PositionView[];
  /** Of the symbols that positions are in. */
  readonly instruments: readonly Instrument[];
  readonly quotes: readonly Quote[];
}

/** The equity of one account as it was seen over time. */
export interface SeenEquityView {
  readonly accountId: string;
  readonly currency: string;
  readonly points: readonly EquityPoint[];
}
