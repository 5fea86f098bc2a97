/**
 * The one face through which a strategy trades in a simulation, be it rules or code: it is shown
 * each closed bar and gives orders, which act from the next bar on.
 */
import type { Bars } from '../market/bars.ts';
import type { Ticks } from '../market/ticks.ts';

export type OrderKind = 'market' | 'limit' | 'stop' | 'stopLimit';
export type Side = 1 | -1;

export interface OrderRequest {
  /** Index into the markets of the run. */
  readonly market: number;
  readonly side: Side;
  readonly kind: OrderKind;
  readonly units: number;
  /** Limit or trigger; unused by market orders. */
  readonly price?: number;
  /** The limit of a stop-limit order. */
  readonly limit?: number;
  readonly stop?: number;
  readonly target?: number;
  /** Bars until the order lapses; missing = it stays until it is cancelled. */
  readonly expiryBars?: number;
  /** Orders of one group cancel each other when one of them fills. */
  readonly ocoGroup?: number;
}

export interface OpenPosition {
  readonly id: number;
  readonly market: number;
  readonly side: Side;
  /** > 0 */
  readonly units: number;
  readonly entryBar: number;
  readonly entryPrice: number;
  /** NaN = none. */
  readonly stop: number;
  readonly target: number;
}

export interface WorkingOrder extends OrderRequest {
  readonly id: number;
}

export interface OrderDesk {
  readonly cash: number;
  readonly equity: number;
  readonly usedMargin: number;
  positions(): readonly OpenPosition[];
  workingOrders(): readonly WorkingOrder[];
  /** The order's id, or a word on why it is refused. */
  place(order: OrderRequest): { readonly id: number } | { readonly refused: OrderRefusal };
  cancel(orderId: number): void;
  /** Moves the levels of an open position; NaN takes one away, missing leaves it. */
  move(positionId: number, levels: { readonly stop?: number; readonly target?: number }): void;
  /** At the next fill; missing `units` = all of it. */
  close(positionId: number, units?: number): void;
}

export type OrderRefusal =
  | 'volume-invalid'
  | 'price-invalid'
  | 'stop-invalid'
  | 'target-invalid'
  | 'market-unknown'
  | 'too-many-orders';

/** What trades: asked once for each closed bar of each market, in the order of time. */
export interface Trader {
  onBar(market: number, bar: number, desk: OrderDesk): void;
}

/** What moves inside the bars of a market: bars of a lower timeframe, or ticks. */
export type InnerPrices =
  | { readonly kind: 'bars'; readonly bars: Bars; readonly firstOf: Int32Array }
  /** `firstOf[i]` … `firstOf[i + 1]` lie inside bar i; one element longer than the bars. */
  | { readonly kind: 'ticks'; readonly ticks: Ticks; readonly firstOf: Int32Array };

export interface Market {
  readonly symbol: string;
  readonly bars: Bars;
  readonly inner: InnerPrices | null;
}
