/** What lies on the way from one point to the next, and which of it comes first. */
import { entryPrice } from '../costs.ts';
import type { Side } from '../order-desk.ts';
import { equity, isShort, usedMargin } from './account.ts';
import { nextPartIndex } from './care.ts';
import {
  entryQuote,
  exitQuote,
  type Broker,
  type MarketState,
  type Order,
  type Position,
} from './state.ts';

export interface Point {
  readonly bid: number;
  readonly ask: number;
}

/** What happens on the way, and how much of the way lies before it, 0 … 1. */
export type Happening = { readonly share: number } & (
  | { readonly kind: 'stop' | 'target' | 'partial'; readonly position: Position }
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'stopOut' }
);

/** The nearest of all; of equals a stop, then the stop-out, then targets, then orders by age. */
export function nextHappening(broker: Broker, state: MarketState, to: Point): Happening | null {
  let next: Happening | null = null;
  let least = Infinity;
  let soonest: Position | null = null;
  for (const position of broker.positions) {
    if (position.market !== state.index) continue;
    const { side, stop } = position;
    const share = shareBefore(stop, exitQuote(state, side), exitQuote(to, side), -side as Side);
    if (share < least) {
      least = share;
      soonest = position;
    }
  }
  if (soonest) next = { kind: 'stop', share: least, position: soonest };
  if (broker.settings.stopOut !== null) {
    const share = shareBeforeStopOut(broker, state, to);
    if (share < least) next = { kind: 'stopOut', share: (least = share) };
  }
  for (const position of broker.positions) {
    if (position.market !== state.index) continue;
    const { side, target, care, waitingTarget } = position;
    const from = exitQuote(state, side);
    const until = exitQuote(to, side);
    const part = care?.partials[nextPartIndex(care)];
    const partShare = part ? shareBefore(part.level, from, until, side) : Infinity;
    if (partShare < least) next = { kind: 'partial', share: (least = partShare), position };
    const waits = !Number.isNaN(waitingTarget);
    const share = waits ? Infinity : shareBefore(target, from, until, side);
    if (share < least) next = { kind: 'target', share: (least = share), position };
  }
  for (const order of state.orders) {
    const share = shareBeforeOrder(broker, state, order, to);
    if (share < least) next = { kind: 'order', share: (least = share), order };
  }
  return next;
}

/**
 * The part of the way from one quote to another that lies before it is at or beyond the level in
 * the direction; 0 = it is already, Infinity = it never is.
 */
function shareBefore(level: number, from: number, to: number, direction: Side): number {
  if (direction * (from - level) >= 0) return 0;
  if (direction * (to - level) >= 0) return (level - from) / (to - from);
  return Infinity;
}

function shareBeforeOrder(
  { settings }: Broker,
  state: MarketState,
  order: Order,
  to: Point,
): number {
  if (order.kind === 'market' || order.firstBar > state.bar) return Infinity;
  const { side } = order;
  const from = entryPrice(settings, side, entryQuote(state, side));
  const until = entryPrice(settings, side, entryQuote(to, side));
  const direction = worksAsLimit(order) ? (-side as Side) : side;
  return shareBefore(workingPrice(order), from, until, direction);
}

export function worksAsLimit({ kind, triggered }: Order): boolean {
  return kind === 'limit' || triggered;
}

export function workingPrice({ price, limit, triggered }: Order): number {
  return (triggered ? limit : price) ?? NaN;
}

/** Equity is a straight line on the way, and the margin in use stays. */
function shareBeforeStopOut(broker: Broker, state: MarketState, to: Point): number {
  if (broker.positions.length === 0) return Infinity;
  if (isShort(broker)) return 0;
  const level = broker.settings.stopOut! * usedMargin(broker);
  const from = equity(broker);
  const { bid, ask } = state;
  state.bid = to.bid;
  state.ask = to.ask;
  const until = equity(broker);
  state.bid = bid;
  state.ask = ask;
  return until <= level ? (from - level) / (from - until) : Infinity;
}
