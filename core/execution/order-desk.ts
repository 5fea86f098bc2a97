/**
 * The one face through which a strategy trades in a simulation, be it rules or code: it is shown
 * each closed bar and gives orders, which act from the next bar on.
 */
import type { Bars } from '../market/bars.ts';
import type { Ticks } from '../market/ticks.ts';
import type { Sizing } from './signals.ts';

export type OrderKind = 'market' | 'limit' | 'stop' | 'stopLimit';
export type Side = 1 | -1;

export interface OrderRequest {
  /** Index into the markets of the run. */
  readonly market: number;
  readonly side: Side;
  readonly kind: OrderKind;
  readonly units: number;
  /** Reckons the units at the fill, in place of `units`. */
  readonly sizing?: Sizing;
  /** Limit or trigger; unused by market orders. */
  readonly price?: number;
  /** The limit of a stop-limit order. */
  readonly limit?: number;
  /** NaN = none, as if it were missing. */
  readonly stop?: number;
  readonly target?: number;
  /** What becomes of the position that the order opens. */
  readonly care?: PositionCare;
  /** The order is dropped at its fill when so many positions are open on its market. */
  readonly maxPositions?: number;
  /** Bars until the order lapses; missing = it stays until it is cancelled. */
  readonly expiryBars?: number;
  /** The strategy's own number for it, given back by `workingOrders`. */
  readonly tag?: number;
  /** Orders of one group cancel each other when one of them fills. */
  readonly ocoGroup?: number;
}

/** How far from the fill: in price units, or as a multiple of R, the distance to the first stop. */
export type Reach =
  | { readonly kind: 'price'; readonly distance: number }
  | { readonly kind: 'r'; readonly multiple: number };

/**
 * Management of an open position; see `order-plan.ts` for the same in columns. Distances are
 * above 0, NaN = none.
 */
export interface PositionCare {
  /** Takes the place of the order's target. */
  readonly targetR?: number;
  readonly trailing?: {
    readonly distance: Reach;
    /** Profit from which on the stop trails; missing = at once. */
    readonly activation?: Reach;
    /** Profit that the stop keeps once it trails. */
    readonly lock?: Reach;
  };
  readonly breakEven?: { readonly activation: Reach; readonly lock?: Reach };
  /** In any order; `fraction` is of the position's first units. */
  readonly partials?: readonly { readonly fraction: number; readonly at: Reach }[];
  /** Whole bars from 1: closes at the open of the bar that many after the entry bar. */
  readonly exitAfterBars?: number;
}

export interface OpenPosition {
  readonly id: number;
  readonly market: number;
  readonly side: Side;
  /** > 0 */
  readonly units: number;
  /** Index into the bars of its market. */
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
  /** As they stand now, in the order in which they opened; the list is not for keeping. */
  positions(): readonly OpenPosition[];
  workingOrders(): readonly WorkingOrder[];
  /** Money that each of the last `count` round trips came to, the latest last. */
  closedProfits(count: number): readonly number[];
  /** The order's id, or a word on why it is refused. */
  place(order: OrderRequest): { readonly id: number } | { readonly refused: OrderRefusal };
  cancel(orderId: number): void;
  /** Moves the levels of an open position; NaN takes one away, missing leaves it. */
  move(positionId: number, levels: { readonly stop?: number; readonly target?: number }): void;
  /** At the next fill; missing `units` = all of it. */
  close(positionId: number, units?: number): void;
}

export type OrderRefusal =
  | 'side-invalid'
  | 'volume-invalid'
  | 'price-invalid'
  | 'stop-invalid'
  | 'target-invalid'
  | 'care-invalid'
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
