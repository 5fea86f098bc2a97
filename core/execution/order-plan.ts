/**
 * What rules may ask for beyond market orders with one stop and one target: in columns, one
 * value a bar, computed of bars up to that bar alone. Distances are price units > 0, NaN = none
 * on that bar; R is the distance from the fill to the stop that the position began with.
 */
import type { Sizing } from './signals.ts';

export type EntryOrder =
  | { readonly kind: 'market' }
  /** Fills at `price` or better. */
  | { readonly kind: 'limit'; readonly price: Float64Array; readonly expiryBars: number }
  /** A market order once `price` is touched. */
  | { readonly kind: 'stop'; readonly price: Float64Array; readonly expiryBars: number }
  /** A limit order at `limit` once `price` is touched. */
  | {
      readonly kind: 'stopLimit';
      readonly price: Float64Array;
      readonly limit: Float64Array;
      readonly expiryBars: number;
    };

/** How far from the fill something stands. */
export type Distance =
  | { readonly kind: 'price'; readonly distance: Float64Array }
  | { readonly kind: 'r'; readonly multiple: number };

export interface TrailingPlan {
  readonly distance: Distance;
  /** Profit from which on the stop trails; null = at once. */
  readonly activation: Distance | null;
  /** Profit that the stop keeps once it trails; null = none is promised. */
  readonly lock: Distance | null;
}

export interface BreakEvenPlan {
  readonly activation: Distance;
  /** How far beyond the fill the stop is moved; null = onto the fill. */
  readonly lock: Distance | null;
}

export interface PartialExit {
  /** Part of the position's first volume, 0 … 1. */
  readonly fraction: number;
  readonly at: Distance;
}

export interface EntryRule {
  readonly side: 1 | -1;
  readonly order: EntryOrder;
  /** Levels in price units in place of the side's in the signals; NaN = none on that bar. */
  readonly stop?: Float64Array;
  readonly target?: Float64Array;
}

export interface OrderPlan {
  /** In the order of the text. */
  readonly rules: readonly EntryRule[];
  /** One column a rule: 1 on the bars where it signals, 0 up to and including the warm-up. */
  readonly holds: readonly Uint8Array[];
  /** Working orders of one signal bar cancel each other when one of them fills. */
  readonly oneCancelsOther: boolean;
  /** The target as a multiple of R, in place of `signals.target`. */
  readonly targetR: number | null;
  readonly trailing: TrailingPlan | null;
  readonly breakEven: BreakEvenPlan | null;
  readonly partials: readonly PartialExit[];
  /** Closes a position at the open of the bar that many bars after its entry bar. */
  readonly exitAfterBars: number | null;
  /** Positions of the strategy that may be open at once on one instrument. */
  readonly maxPositions: number;
  readonly sizing: Sizing | VaryingSizing;
}

export type VaryingSizing =
  /** Part of equity on each bar, for example target volatility ÷ realised volatility. */
  | { readonly kind: 'equityColumn'; readonly fraction: Float64Array }
  /** `part` of the Kelly fraction of the last `trips` round trips; `otherwise` until there are so many. */
  | {
      readonly kind: 'kelly';
      readonly part: number;
      readonly trips: number;
      readonly otherwise: number;
    };
