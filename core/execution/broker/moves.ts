/** Price moves from one point to the next: whatever lies on the way happens, the nearest first. */
import { entryPrice } from '../costs.ts';
import { worstPosition } from './account.ts';
import { trailAll } from './care.ts';
import { closePosition } from './deals.ts';
import { fillPendingOrder } from './entries.ts';
import {
  nextHappening,
  workingPrice,
  worksAsLimit,
  type Happening,
  type Point,
} from './happenings.ts';
import {
  entryQuote,
  exitQuote,
  type Broker,
  type MarketState,
  type Order,
  type Position,
} from './state.ts';

/**
 * Price jumps to the point: levels it jumped over fill there, at whatever the quote is.
 *
 * With `targetsWait` the targets do not fill yet: each notes the quote, and `fillWaitingTargets`
 * fills it there later.
 */
export function jumpTo(
  broker: Broker,
  state: MarketState,
  { bid, ask, targetsWait }: Point & { readonly targetsWait: boolean },
): void {
  state.bid = bid;
  state.ask = ask;
  if (targetsWait) letTargetsWait(broker, state);
  happenOnTheWay(broker, state, { bid, ask }, { isJump: true });
  trailAll(broker, state);
}

/** Price moves to the point and meets every price between: levels on the way fill where they are. */
export function moveTo(broker: Broker, state: MarketState, to: Point): void {
  happenOnTheWay(broker, state, to, { isJump: false });
  state.bid = to.bid;
  state.ask = to.ask;
  trailAll(broker, state);
}

function letTargetsWait(broker: Broker, state: MarketState): void {
  for (const position of broker.positions) {
    if (position.market !== state.index) continue;
    const quote = exitQuote(state, position.side);
    const isReached = position.side * (quote - position.target) >= 0;
    if (isReached) position.waitingTarget = quote;
  }
}

export function fillWaitingTargets(broker: Broker, state: MarketState): void {
  const { positions, step } = broker;
  let k = 0;
  while (k < positions.length) {
    const position = positions[k]!;
    const price = position.waitingTarget;
    if (position.market === state.index && !Number.isNaN(price)) {
      const exit = { units: Infinity, price, reason: 'target', step, otherPrice: NaN } as const;
      closePosition(broker, state, position, exit);
    } else {
      k++;
    }
  }
}

interface Way {
  readonly isJump: boolean;
}

function happenOnTheWay(broker: Broker, state: MarketState, to: Point, way: Way): void {
  for (;;) {
    const next = nextHappening(broker, state, to);
    if (!next) return;
    state.bid += next.share * (to.bid - state.bid);
    state.ask += next.share * (to.ask - state.ask);
    happen(broker, state, next, way);
  }
}

function happen(broker: Broker, state: MarketState, next: Happening, way: Way): void {
  switch (next.kind) {
    case 'stop':
    case 'target':
    case 'partial':
      return leave(broker, state, next.position, { kind: next.kind, ...way });
    case 'stopOut':
      return stopOut(broker);
    case 'order':
      return meetOrder(broker, state, next.order, way);
  }
}

/** The level itself, or the quote where it stood beyond the level from the start. */
function priceAt(level: number, quote: number, { isJump }: Way): number {
  return isJump || Math.abs(quote - level) > ROUNDING * Math.abs(quote) ? quote : level;
}

/** A quote reckoned as a share of the way misses the level by no more than this part of it. */
const ROUNDING = 1e-9;

function leave(
  broker: Broker,
  state: MarketState,
  position: Position,
  { kind, isJump }: Way & { readonly kind: 'stop' | 'target' | 'partial' },
): void {
  const { side, care } = position;
  const part = kind === 'partial' ? care!.partials.shift()! : null;
  const level = part ? part.level : position[kind as 'stop' | 'target'];
  const quote = exitQuote(state, side);
  closePosition(broker, state, position, {
    units: part ? part.units : Infinity,
    price: priceAt(level, quote, { isJump }),
    reason: kind === 'stop' ? position.stopReason : kind,
    step: broker.step,
    otherPrice: isJump || part ? NaN : otherPrice(state, position, kind),
  });
}

/** The other level, where the bar under way holds it too; else NaN. */
function otherPrice({ range }: MarketState, position: Position, left: string): number {
  const { side, stop, target, waitingTarget } = position;
  const worst = side === 1 ? range.lowBid : range.highAsk;
  const best = side === 1 ? range.highBid : range.lowAsk;
  if (left === 'target') return side * (worst - stop) <= 0 ? stop : NaN;
  if (!(side * (best - target) >= 0)) return NaN;
  return Number.isNaN(waitingTarget) ? target : waitingTarget;
}

function stopOut(broker: Broker): void {
  const position = worstPosition(broker);
  const state = broker.markets[position.market]!;
  const price = exitQuote(state, position.side);
  const { step } = broker;
  const exit = { units: Infinity, price, reason: 'stopOut', step, otherPrice: NaN } as const;
  closePosition(broker, state, position, exit);
}

function meetOrder(broker: Broker, state: MarketState, order: Order, way: Way): void {
  if (order.kind === 'stopLimit' && !order.triggered) {
    order.triggered = true;
    return;
  }
  const { side } = order;
  const quote = entryPrice(broker.settings, side, entryQuote(state, side));
  const price = priceAt(workingPrice(order), quote, way);
  fillPendingOrder(broker, state, order, { price, slips: !worksAsLimit(order) });
}
