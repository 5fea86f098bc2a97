/** What the strategy asks of the broker on a closed bar, as plain JSON that can be kept. */
import type { OrderKind, OrderRequest, Side } from '../execution/order-desk.ts';
import type { Sizing } from '../execution/signals.ts';

export interface EntryAsk {
  readonly t: 'enter';
  readonly side: Side;
  readonly kind: OrderKind;
  readonly sizing: Sizing;
  readonly price: number | null;
  readonly limitPrice: number | null;
  readonly stop: number | null;
  readonly target: number | null;
  /** Multiple of the way to the stop, in place of `target`. */
  readonly targetR: number | null;
  readonly rule: number;
  readonly expiryBars: number | null;
  readonly maxPositions: number | null;
  /** Entries of one bar that share it cancel each other. */
  readonly group: number | null;
}

export type Ask =
  | EntryAsk
  | { readonly t: 'cancel'; readonly order: string }
  | { readonly t: 'close'; readonly position: string }
  | {
      readonly t: 'move';
      readonly position: string;
      readonly stop: number | null;
      readonly target: number | null;
    };

/** What has to wait for the first price of the next bar, as a backtest fills there. */
export function waitsForOpen(ask: Ask, fill: 'nextOpen' | 'close'): boolean {
  if (fill === 'close') return false;
  return ask.t === 'close' || (ask.t === 'enter' && ask.kind === 'market');
}

export function entryAsk(order: OrderRequest): EntryAsk {
  const { side, kind, units, sizing, care } = order;
  return {
    t: 'enter',
    side,
    kind,
    sizing: sizing ?? { kind: 'units', units },
    price: orNull(order.price),
    limitPrice: orNull(order.limit),
    stop: orNull(order.stop),
    target: orNull(order.target),
    targetR: care?.targetR ?? null,
    rule: order.tag ?? 0,
    expiryBars: orNull(order.expiryBars),
    maxPositions: order.maxPositions ?? null,
    group: order.ocoGroup ?? null,
  };
}

const orNull = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value;
