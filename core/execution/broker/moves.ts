/** Price moves from one point to the next: whatever lies on the way happens, the nearest first. */
import { entryPrice } from '../costs.ts';
import { worstPosition } from './account.ts';
import { nextPartIndex, trailAll } from './care.ts';
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
 * With `targetsWait` neither targets nor partial exits fill yet, those of positions that open here
 * included: each notes the quote, and `fillWaitingTargets` fills it there later.
 */
export function jumpTo(
  broker: Broker,
  state: MarketState,
  { bid, ask, targetsWait }: Point & { readonly targetsWait: boolean },
): void {
  state.bid = bid;
  state.ask = ask;
  happenOnTheWay(broker, state, { bid, ask }, { isJump: true, targetsWait });
  trailAll(broker, state);
}

/** Price moves to the point and meets every price between: levels on the way fill where they are. */
export function moveTo(broker: Broker, state: MarketState, to: Point): void {
  happenOnTheWay(broker, state, to, { isJump: false, targetsWait: false });
  state.bid = to.bid;
  state.ask = to.ask;
  trailAll(broker, state);
}

function letTargetsWait(broker: Broker, state: MarketState): void {
  for (const position of broker.positions) {
    if (position.market !== state.index) continue;
    const { side, target, care } = position;
    const quote = exitQuote(state, side);
    const waitingFor = (level: number) => (side * (quote - level) >= 0 ? quote : NaN);
    position.waitingTarget = waitingFor(target);
    if (care) for (const part of care.partials) part.waiting = waitingFor(part.level);
  }
}

export function fillWaitingTargets(broker: Broker, state: MarketState): void {
  const { positions } = broker;
  let k = 0;
  while (k < positions.length) {
    const position = positions[k]!;
    if (position.market === state.index) fillWaiting(broker, state, position);
    if (positions[k] === position) k++;
  }
}

/** The nearest first, so that those that wait are the first of the parts. */
function fillWaiting(broker: Broker, state: MarketState, position: Position): void {
  const { care, waitingTarget } = position;
  const { step } = broker;
  const at = { step, otherPrice: NaN };
  while (care && care.partials.length > 0 && !Number.isNaN(care.partials[0]!.waiting)) {
    const { units, waiting: price } = care.partials.shift()!;
    closePosition(broker, state, position, { ...at, units, price, reason: 'partial' });
  }
  if (Number.isNaN(waitingTarget)) return;
  const exit = { units: Infinity, price: waitingTarget, reason: 'target' } as const;
  closePosition(broker, state, position, { ...at, ...exit });
}

interface Way {
  readonly isJump: boolean;
  readonly targetsWait: boolean;
}

function happenOnTheWay(broker: Broker, state: MarketState, to: Point, way: Way): void {
  for (;;) {
    if (way.targetsWait) letTargetsWait(broker, state);
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
function priceAt(level: number, quote: number, { isJump }: Pick<Way, 'isJump'>): number {
  return isJump || Math.abs(quote - level) > ROUNDING * Math.abs(quote) ? quote : level;
}

/** A quote reckoned as a share of the way misses the level by no more than this part of it. */
const ROUNDING = 1e-9;

function leave(
  broker: Broker,
  state: MarketState,
  position: Position,
  { kind, isJump }: Pick<Way, 'isJump'> & { readonly kind: 'stop' | 'target' | 'partial' },
): void {
  const { side, care } = position;
  const part = kind === 'partial' ? care!.partials.splice(nextPartIndex(care!), 1)[0]! : null;
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
