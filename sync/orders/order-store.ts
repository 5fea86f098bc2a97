/** Where accounts, intents and what lies at brokers are kept; everything happens in transactions. */
import type { AuditAction } from '#core/identity/audit-actions.ts';
import type { BrokerAccount, Deal, Position, WorkingOrder } from '#core/broker/book.ts';
import type { Instrument } from '#core/broker/instrument.ts';
import type { Intent } from '#core/broker/intent.ts';
import type { DealCursor } from '#core/broker/messages.ts';
import type { Trail } from '#core/broker/request.ts';
import type { RiskLimits } from '#core/risk/limits.ts';

export type AccountKind = 'mt5' | 'paper' | 'exchange';
/** `halted`: nothing is opened until a person has looked; closing goes on. */
export type AccountState = 'pairing' | 'paired' | 'halted' | 'revoked';

/** What stands behind a pairing; another one halts the account. */
export interface Binding {
  readonly device: string;
  readonly login: string;
  readonly brokerServer: string;
}

export interface TradingAccount {
  readonly accountId: string;
  readonly kind: AccountKind;
  readonly state: AccountState;
  readonly haltReason: string | null;
  /** Rises with each session; what an older one says is not heard. */
  readonly epoch: number;
  readonly session: string | null;
  /** The server that holds the connector. */
  readonly serverId: string | null;
  /** What the pairing was bound to at first use. */
  readonly bound: Binding | null;
  readonly limits: RiskLimits;
  /** Null until the terminal was heard. */
  readonly broker: BrokerAccount | null;
  readonly peakEquity: number;
  readonly dealCursor: DealCursor;
  /** When everything was last compared with the terminal. */
  readonly reconciledMs: number | null;
}

/** A position as the server knows it. */
export interface HeldPosition extends Position {
  /** Null: opened elsewhere, counted in risk, never touched unasked. */
  readonly intentId: string | null;
  /** Since when the terminal does not show it, and how often in a row. */
  readonly missingSinceMs: number | null;
  readonly misses: number;
  /** Closed as results say, while the terminal's own account of the position is older. */
  readonly closedLots: number;
}

export interface HeldOrder extends WorkingOrder {
  readonly intentId: string | null;
}

export interface HeldTrail {
  readonly position: string;
  readonly trail: Trail;
  /** Best price since it was set. */
  readonly bestPrice: number | null;
  /** The stop that was last asked for. */
  readonly askedSl: number | null;
}

export interface KeptRequest {
  readonly requestId: string;
  readonly bodyHash: string;
  readonly intentIds: readonly string[];
  readonly createdMs: number;
}

/** What an intent went through, in words for its page: see `web/lib/words/orders.ts`. */
export interface IntentEvent {
  readonly intentId: string;
  readonly atMs: number;
  readonly name: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

/** Of a position, of all of several, or of an order. */
export type DealsWanted =
  | { readonly position: string }
  | { readonly positions: readonly string[] }
  | { readonly order: string };

export interface OrderTx {
  /** As it was when the transaction began; locked. */
  readonly account: TradingAccount;
  saveAccount(change: Partial<Omit<TradingAccount, 'accountId' | 'kind'>>): Promise<void>;
  /** Those of these symbols that the broker has; a broker may have thousands. */
  instruments(symbols: readonly string[]): Promise<readonly Instrument[]>;
  /** All that the broker has, in place of what it had. */
  saveInstruments(instruments: readonly Instrument[]): Promise<void>;

  request(requestId: string): Promise<KeptRequest | null>;
  addRequest(request: KeptRequest): Promise<void>;

  intents(ids: readonly string[]): Promise<readonly Intent[]>;
  /** Those whose state is not final, oldest first. */
  openIntents(): Promise<readonly Intent[]>;
  /** By a magic number of any attempt, or by the order at the broker. */
  intentsOf(magics: readonly string[], orders: readonly string[]): Promise<readonly Intent[]>;
  saveIntent(intent: Intent): Promise<void>;

  positions(): Promise<readonly HeldPosition[]>;
  savePosition(position: HeldPosition): Promise<void>;
  removePosition(position: string): Promise<void>;
  orders(): Promise<readonly HeldOrder[]>;
  saveOrder(order: HeldOrder): Promise<void>;
  removeOrder(order: string): Promise<void>;
  trails(): Promise<readonly HeldTrail[]>;
  saveTrail(trail: HeldTrail): Promise<void>;
  removeTrail(position: string): Promise<void>;

  /** Those that were not there yet. */
  addDeals(deals: readonly Deal[]): Promise<readonly Deal[]>;
  dealsOf(what: DealsWanted): Promise<readonly Deal[]>;

  addEvent(event: IntentEvent): Promise<void>;
  /** For the trader's eyes: on the Connections page, and in their trail of the account. */
  alert(name: string, detail: Readonly<Record<string, string | number>>): Promise<void>;
  audit(
    action: AuditAction,
    detail: Readonly<Record<string, string | number | boolean>>,
  ): Promise<void>;
  addEquity(atMs: number, balance: number, equity: number): Promise<void>;
}

/** What the work will ask for, beside the book and what is open. */
export interface Foreseen {
  readonly requestId: string;
  readonly symbols: readonly string[];
}

export interface OrderStore {
  /**
   * Runs `work` while nothing else changes the account; what it throws undoes everything.
   * Answers null where there is no such account. What is foreseen is there sooner.
   */
  transact<T>(
    accountId: string,
    work: (tx: OrderTx) => Promise<T>,
    foreseen?: Foreseen,
  ): Promise<T | null>;
}
