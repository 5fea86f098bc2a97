/**
 * What a trader asks for, as a device sends it. It bears an id that the device kept before it sent:
 * the same id and body again gives the same answer, however much later, and does nothing.
 */
import type { OrderKind, Side } from './book.ts';

interface RequestBase {
  /** A UUID. */
  readonly id: string;
  readonly accountId: string;
}

export interface OrderTicket {
  readonly symbol: string;
  readonly side: Side;
  readonly kind: OrderKind;
  readonly volumeLots: number;
  readonly price: number | null;
  readonly limitPrice: number | null;
  readonly sl: number | null;
  readonly tp: number | null;
  readonly deviationPoints: number;
  readonly worstPrice: number | null;
  /** Of a pending order, UTC; null = until canceled. */
  readonly lastsUntilMs: number | null;
}

export type OpenRequest = RequestBase &
  (
    | { readonly t: 'place'; readonly ticket: OrderTicket }
    /** Each for itself: one that is refused leaves the others. */
    | { readonly t: 'batch'; readonly tickets: readonly OrderTicket[] }
    /** Two pending orders; what fills of one cancels the other. */
    | { readonly t: 'oco'; readonly tickets: readonly [OrderTicket, OrderTicket] }
    /** Volume so that the stop loses `riskRatio` of equity, capped by the limits. */
    | {
        readonly t: 'smart';
        readonly ticket: Omit<OrderTicket, 'volumeLots'>;
        readonly riskRatio: number;
      }
    /** Closes, and once that is filled opens as much the other way. */
    | { readonly t: 'reverse'; readonly position: string }
  );

export type ChangeRequest = RequestBase &
  (
    | {
        readonly t: 'modify-position';
        readonly position: string;
        readonly sl: number | null;
        readonly tp: number | null;
      }
    | {
        readonly t: 'modify-order';
        readonly order: string;
        readonly price: number;
        readonly limitPrice: number | null;
        readonly sl: number | null;
        readonly tp: number | null;
        readonly lastsUntilMs: number | null;
      }
    /** The stop to the open price, and so many points into profit. */
    | { readonly t: 'break-even'; readonly position: string; readonly lockPoints: number }
    /** Null takes the trailing stop away. */
    | { readonly t: 'trail'; readonly position: string; readonly trail: Trail | null }
    | { readonly t: 'cancel'; readonly order: string }
  );

export type CloseRequest = RequestBase &
  /** Null = all of it. */
  (
    | { readonly t: 'close'; readonly position: string; readonly volumeLots: number | null }
    | { readonly t: 'close-by'; readonly position: string; readonly opposite: string }
    /** Every position (of a symbol), and every working order where wished. */
    | {
        readonly t: 'close-all';
        readonly symbol: string | null;
        readonly ordersToo: boolean;
      }
  );

export type TradeRequest = OpenRequest | ChangeRequest | CloseRequest;

/** A trailing stop: from `activationPips` of profit it follows at `distancePips`, never back. */
export interface Trail {
  readonly activationPips: number;
  readonly distancePips: number;
  /** Profit that the stop keeps at least once it is active. */
  readonly lockPips: number;
}
