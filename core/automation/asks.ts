/** What the strategy asks of the broker on a closed bar, as plain JSON that can be kept. */
import type { OrderKind, OrderRequest, Side } from '../execution/order-desk.ts';
import type { Sizing } from '../execution/signals.ts';
import { keptCare, type KeptCare } from './kept-care.ts';

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
  /** What is done at closes with the position that it opens; older requests have none. */
  readonly care?: KeptCare | null;
  /** It fills at the close of the bar that it is asked on, and not on the next one. */
  readonly isFromClose?: boolean;
}

export type Ask =
  | EntryAsk
  | { readonly t: 'cancel'; readonly order: string }
  | {
      readonly t: 'close';
      readonly position: string;
      /** Missing = all that is left. */
      readonly lots?: number;
      /** Which of the parts that the strategy takes, the nearest first. */
      readonly part?: number;
      /** Its bars are used up: it leaves at the next open, also where all else fills at the close. */
      readonly isTimed?: boolean;
    }
  | {
      readonly t: 'move';
      readonly position: string;
      readonly stop: number | null;
      readonly target: number | null;
    };

/** What has to wait for the first price of the next bar, as a backtest fills there. */
export function waitsForOpen(ask: Ask, fill: 'nextOpen' | 'close'): boolean {
  if (fill === 'close') return ask.t === 'close' && ask.isTimed === true;
  return ask.t === 'close' || (ask.t === 'enter' && ask.kind === 'market');
}

export function entryAsk(order: OrderRequest, fill: 'nextOpen' | 'close'): EntryAsk {
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
    care: keptCare(care),
    isFromClose: fill === 'close' && kind === 'market',
  };
}

const orNull = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value;
