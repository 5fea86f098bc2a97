/**
 * The connector's side of `offing.v1`, whatever broker it stands before: what a broker has to
 * offer it, where it writes down what it was asked, and what it answers.
 */
import type { BrokerAccount, Deal, Position, WorkingOrder } from '#core/broker/book.ts';
import type { Instrument } from '#core/broker/instrument.ts';
import type {
  BarsAnswer,
  BarsQuestion,
  Command,
  CommandResult,
  ConnectorMessage,
  DealCursor,
  FateQuestion,
  FoundOrder,
  ServerMessage,
} from '#core/broker/messages.ts';

/** What the broker answered: a code of MetaTrader 5, see `core/broker/retcodes.ts`. */
export interface Executed {
  readonly retcode: number;
  readonly order: string | null;
  readonly deal: string | null;
  readonly position: string | null;
  readonly volumeLots: number;
  readonly price: number | null;
}

export interface BrokerStatus {
  readonly login: string;
  readonly serverMs: number;
  readonly pingUs: number;
  readonly isConnected: boolean;
  readonly isTradeAllowed: boolean;
}

/** Bid, ask and the broker's raw time. */
export interface BrokerQuote {
  readonly symbol: string;
  readonly bid: number;
  readonly ask: number;
  readonly serverMs: number;
}

/** What lies at the broker; it survives whatever happens once it has been said. */
export interface BrokerBook {
  /** False where what is missing may only not be loaded yet. */
  readonly isConnected: boolean;
  readonly account: BrokerAccount;
  readonly positions: readonly Position[];
  readonly orders: readonly WorkingOrder[];
}

export interface ConnectorBroker {
  status(): BrokerStatus;
  /** The latest; null = none yet. */
  quote(symbol: string): BrokerQuote | null;
  instruments(): Promise<readonly Instrument[]>;
  book(): Promise<BrokerBook>;
  /**
   * Asks the broker, once; a broker that does not answer is code 10012, never an exception.
   * Null: the answer never came and the connection is gone with it.
   */
  execute(command: Command): Promise<Executed | null>;
  /** By magic number or, where a broker keeps none, by comment. */
  find(question: Pick<FateQuestion, 'id' | 'magic'>): Promise<FoundOrder | null>;
  /** After the cursor, by time and ticket. */
  deals(
    after: DealCursor,
    limit: number,
  ): Promise<{
    readonly isWhole: boolean;
    readonly hasMore: boolean;
    readonly deals: readonly Deal[];
  }>;
  /** True once after anything changed of positions, orders or balance. */
  takeChanged(): boolean;
}

export interface JournalEntry {
  readonly id: string;
  readonly attempt: number;
  readonly magic: string;
  /** Null: the broker may have been asked; what became of it is not written down. */
  readonly result: CommandResult | null;
}

/** Survives the connector: what was asked of the broker. Appends resolve once it is flushed. */
export interface Journal {
  /** All attempts of an id, in order. */
  of(id: string): readonly JournalEntry[];
  intent(entry: Omit<JournalEntry, 'result'>): Promise<void>;
  /**
   * Where broker and journal are one memory, in place of `intent`: the broker may be asked before
   * it resolves. Whatever of the two is kept is of one moment, so that no trade outlives the note
   * of it. Until it resolves nothing of it is said. Where it fails, a result that is kept counts.
   */
  together?(entry: Omit<JournalEntry, 'result'>): Promise<void>;
  /** Flushed together with what the trade changed, where broker and journal are one. */
  result(entry: Omit<JournalEntry, 'result'> & { readonly result: CommandResult }): Promise<void>;
}

export interface ConnectorClock {
  /** Whole milliseconds; what `untilMs` of a command is of. */
  monotonicMs(): number;
}

export interface ConnectorOptions {
  readonly broker: ConnectorBroker;
  readonly journal: Journal;
  readonly clock: ConnectorClock;
  /** The login that the session was opened for. */
  readonly login: string;
  send(message: ConnectorMessage): void;
  /** Ends the connection; what was not reported is asked for in the next session. */
  hangUp(why: string): void;
  /** Past prices, where it is one that can tell them; asked beside all else. */
  bars?(question: BarsQuestion): Promise<BarsAnswer>;
  /** Whether a result is said twice. */
  readonly saysTwice?: () => boolean;
}

/** One session of a connector. Says beat, account, symbols and all that is there at once. */
export interface Connector {
  hear(message: ServerMessage): void;
  /** A beat, quotes and changes where they are due: to be called about ten times a second. */
  tick(): void;
  /** Resolves when all that was heard so far is dealt with. */
  idle(): Promise<void>;
  close(): void;
}

export type OpenConnector = (options: ConnectorOptions) => Connector;
