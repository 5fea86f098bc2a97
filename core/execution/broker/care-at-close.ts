/**
 * Management of a position at the closes of bars alone, as whoever trades at a broker can do it:
 * the new stop is worked out once a bar has closed and holds from the next one on, and parts that
 * the bar has reached are taken at the next open.
 *
 * Prices are bids, as a chart shows them. Of the bar of the entry the close counts alone: what lay
 * before it on that bar came before the position.
 */
import type { Side } from '../order-desk.ts';
import { bidOf } from './quotes.ts';
import { exitQuote, type Broker, type Care, type MarketState, type Position } from './state.ts';

export interface HeldMoment {
  readonly side: Side;
  readonly entryPrice: number;
  /** NaN = none. */
  readonly stop: number;
  /** The best price of the position so far. */
  readonly best: number;
  /** Where it could be closed now. */
  readonly price: number;
  /** Decimals of the market's prices: a broker takes no level between two of them. */
  readonly digits: number;
}

export interface Tended {
  /** The stop from now on, which only ever moves in favour of the position; NaN = none. */
  readonly stop: number;
  /** Price is at or beyond that stop already, where no broker takes it: the position is closed. */
  readonly isMet: boolean;
}

/** What becomes of the stop at the close of a bar. */
export function stopAtClose(care: Pick<Care, 'trailing' | 'breakEven'>, held: HeldMoment): Tended {
  const { side, best, price, digits } = held;
  const entryPrice = onGrid(held.entryPrice, digits);
  const { trailing, breakEven } = care;
  const gain = side * (best - entryPrice) + ROUNDING * Math.abs(best);
  let { stop } = held;
  const raise = (level: number) => {
    const snapped = onGrid(level, digits);
    if (Number.isNaN(stop) || side * (snapped - stop) > 0) {
      if (!Number.isNaN(snapped)) stop = snapped;
    }
  };
  if (trailing && gain >= trailing.activation) {
    raise(best - side * trailing.distance);
    raise(entryPrice + side * trailing.lock);
  }
  if (breakEven && gain >= breakEven.activation) raise(entryPrice + side * breakEven.lock);
  const isMoved = !Number.isNaN(stop) && stop !== held.stop;
  return { stop, isMet: isMoved && side * (price - stop) <= 0 };
}

/** The stop that a position begins with where it trails at once: that of the order, or nearer. */
export function stopAtEntry(
  { trailing }: Pick<Care, 'trailing'>,
  { side, price, stop, digits }: Begun,
): number {
  if (!trailing || trailing.activation !== -Infinity) return stop;
  const level = onGrid(price - side * trailing.distance, digits);
  if (Number.isNaN(level) || side * (price - level) <= 0) return stop;
  return Number.isNaN(stop) || side * (level - stop) > 0 ? level : stop;
}

interface Begun {
  readonly side: Side;
  readonly price: number;
  /** NaN = none. */
  readonly stop: number;
  readonly digits: number;
}

/** Whether price has come as far as the level of the part. */
export function isReached(
  level: number,
  { side, best }: Pick<HeldMoment, 'side' | 'best'>,
): boolean {
  return side * (best - level) + ROUNDING * Math.abs(best) >= 0;
}

/** A difference of prices misses a distance by no more than this part of the price. */
const ROUNDING = 1e-12;

function onGrid(price: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(price * scale) / scale;
}

/** Moves the stops of a market whose bar has closed, and asks for the parts that are due. */
export function tendAtClose(broker: Broker, state: MarketState): void {
  for (const position of broker.positions) {
    const { careAtClose } = position;
    if (!careAtClose || position.market !== state.index) continue;
    // What leaves at the next open for its time needs nothing more.
    if (careAtClose.exitBar === state.bar + 1) continue;
    tend(state, position, careAtClose);
  }
}

function tend(state: MarketState, position: Position, care: Care): void {
  const { side, entryPrice, stop, entryBar } = position;
  const { bar, quotes, closes, market } = state;
  const field = entryBar === bar ? 'close' : side === 1 ? 'high' : 'low';
  const best = bidOf(quotes, field, bar);
  const price = exitQuote(state, side);
  const { digits } = market.bars;
  while (care.partials[0] && isReached(care.partials[0].level, { side, best })) {
    const { units } = care.partials.shift()!;
    closes.push({ position, units, reason: 'partial' });
  }
  const tended = stopAtClose(care, { side, entryPrice, stop, best, price, digits });
  if (tended.isMet) closes.push({ position, units: Infinity, reason: 'trail' });
  else if (tended.stop !== stop && !Number.isNaN(tended.stop)) {
    position.stop = tended.stop;
    position.stopReason = 'trail';
  }
}
