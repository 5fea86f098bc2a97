/** What a broker says of one symbol: how it is quoted, in which volumes, and what a lot costs. */

export type TradeMode = 'full' | 'long-only' | 'short-only' | 'close-only' | 'disabled';
export type Filling = 'fok' | 'ioc' | 'return';

export interface Instrument {
  /** As the broker spells it, suffix and all: `EURUSD.m`. */
  readonly symbol: string;
  readonly description: string;
  /** Decimals of its prices. */
  readonly digits: number;
  /** The smallest step of a quote. */
  readonly pointSize: number;
  /** The smallest step of an order's price. */
  readonly tickSize: number;
  /** Account money that one lot loses when price goes one tick against it. */
  readonly tickValue: number;
  readonly contractSize: number;
  readonly volumeMinLots: number;
  readonly volumeMaxLots: number;
  readonly volumeStepLots: number;
  /** How near to the price a stop, target or pending order may be. */
  readonly stopsLevelPoints: number;
  /** How near to the price nothing may be changed any more. */
  readonly freezeLevelPoints: number;
  /** Account money held for one lot at the present price. */
  readonly marginPerLot: number;
  readonly swapLongPoints: number;
  readonly swapShortPoints: number;
  readonly tradeMode: TradeMode;
  readonly fillings: readonly Filling[];
}

export interface Quote {
  readonly symbol: string;
  readonly bid: number;
  readonly ask: number;
  /** UTC. */
  readonly timeMs: number;
}
