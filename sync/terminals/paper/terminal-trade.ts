/** A trade as MetaTrader 5 takes it (`MqlTradeRequest`) and its answer (`MqlTradeResult`). */
import type { Filling } from '#core/broker/instrument.ts';

export type TradeType =
  | 'buy'
  | 'sell'
  | 'buy-limit'
  | 'sell-limit'
  | 'buy-stop'
  | 'sell-stop'
  | 'buy-stop-limit'
  | 'sell-stop-limit';

export interface TerminalTrade {
  readonly action: 'deal' | 'pending' | 'sltp' | 'modify' | 'remove' | 'close-by';
  readonly type: TradeType;
  readonly symbol: string;
  readonly volumeLots: number;
  /** 0 = none, as there. */
  readonly price: number;
  readonly limitPrice: number;
  readonly sl: number;
  readonly tp: number;
  readonly deviationPoints: number;
  readonly filling: Filling;
  /** Of the broker's server; 0 = until canceled. */
  readonly expirationServerMs: number;
  readonly magic: string;
  readonly comment: string;
  /** `''` = none. */
  readonly position: string;
  readonly positionBy: string;
  readonly order: string;
}

export interface TerminalResult {
  readonly retcode: number;
  readonly order: string;
  readonly deal: string;
  readonly volumeLots: number;
  readonly price: number;
  readonly bid: number;
  readonly ask: number;
  readonly comment: string;
}
