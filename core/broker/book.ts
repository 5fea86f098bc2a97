/** What lies at a broker: the account, its positions, its working orders and its deals. */

export type Side = 'buy' | 'sell';
export type OrderKind = 'market' | 'limit' | 'stop' | 'stop-limit';
export type AccountMode = 'hedging' | 'netting';

/** Tickets, logins and magic numbers are 64-bit integers there, and texts here. */
export interface BrokerAccount {
  readonly login: string;
  /** The broker's name for its server. */
  readonly brokerServer: string;
  readonly currency: string;
  readonly leverage: number;
  readonly mode: AccountMode;
  readonly isDemo: boolean;
  /** False where the terminal or the broker lets no program trade. */
  readonly isTradeAllowed: boolean;
  readonly balance: number;
  readonly equity: number;
  readonly margin: number;
  readonly freeMargin: number;
}

export interface Position {
  /** MT5's `POSITION_IDENTIFIER`: stays, while tickets change. */
  readonly position: string;
  readonly ticket: string;
  readonly symbol: string;
  readonly side: Side;
  readonly volumeLots: number;
  readonly openPrice: number;
  /** Of the broker's server, raw. */
  readonly openedServerMs: number;
  readonly sl: number | null;
  readonly tp: number | null;
  readonly swap: number;
  /** Floating, without swap. */
  readonly profit: number;
  readonly magic: string;
  readonly comment: string;
}

export interface WorkingOrder {
  readonly order: string;
  readonly symbol: string;
  readonly side: Side;
  readonly kind: OrderKind;
  /** What is not filled yet. */
  readonly volumeLots: number;
  readonly price: number;
  /** Of a stop-limit order: where the limit will stand. */
  readonly limitPrice: number | null;
  readonly sl: number | null;
  readonly tp: number | null;
  /** Of the broker's server, raw; null = until canceled. */
  readonly lastsUntilServerMs: number | null;
  readonly placedServerMs: number;
  readonly magic: string;
  readonly comment: string;
}

export type DealKind = Side | 'balance' | 'credit' | 'charge' | 'other';
export type DealEntry = 'in' | 'out' | 'inout' | 'out-by';

export interface Deal {
  readonly deal: string;
  readonly order: string;
  readonly position: string;
  readonly symbol: string;
  readonly kind: DealKind;
  /** Null for what is no trade. */
  readonly entry: DealEntry | null;
  readonly volumeLots: number;
  readonly price: number;
  readonly commission: number;
  readonly swap: number;
  readonly profit: number;
  readonly magic: string;
  readonly comment: string;
  /** Of the broker's server, raw. */
  readonly serverMs: number;
  readonly reason: 'client' | 'program' | 'sl' | 'tp' | 'stop-out' | 'other';
}
