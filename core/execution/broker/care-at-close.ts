/**
 * Management of a position at the closes of bars alone, as whoever trades at a broker can do it:
 * the new stop is worked out once a bar has closed and holds from the next one on, and parts that
 * the bar has reached are taken at the next open.
 *
 * Prices are bids, as a chart shows them. Of the bar of the entry the close counts alone: what lay
 * before it on that bar came before the position.
 */
import { decimalGrid, farEnough, snapped, type LevelGrid } from '../level-grid.ts';
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
  readonly grid: LevelGrid;
}

export interface Tended {
  /** The stop from now on, which only ever moves in favour of the position; NaN = none. */
  readonly stop: number;
  /** Price is at or beyond that stop already, where no broker takes it: the position is closed. */
  readonly isMet: boolean;
}

/** What becomes of the stop at the close of a bar. */
export function stopAtClose(care: Pick<Care, 'trailing' | 'breakEven'>, held: HeldMoment): Tended {
  const { side, best, price, grid } = held;
  const entryPrice = snapped(held.entryPrice, grid);
  const { trailing, breakEven } = care;
  const gain = side * (best - entryPrice) + ROUNDING * Math.abs(best);
  let { stop } = held;
  const raise = (level: number) => {
    const taken = farEnough(snapped(level, grid), price, side, grid);
    if (Number.isNaN(stop) || side * (taken - stop) > 0) {
      if (!Number.isNaN(taken)) stop = taken;
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
  { side, price, closing, stop, grid }: Begun,
): number {
  if (!trailing || trailing.activation !== -Infinity) return stop;
  const wanted = snapped(price - side * trailing.distance, grid);
  if (Number.isNaN(wanted) || side * (price - wanted) <= 0) return stop;
  const level = farEnough(wanted, closing, side, grid);
  return Number.isNaN(stop) || side * (level - stop) > 0 ? level : stop;
}

interface Begun {
  readonly side: Side;
  readonly price: number;
  /** Where it could be closed at once. */
  readonly closing: number;
  /** NaN = none. */
  readonly stop: number;
  readonly grid: LevelGrid;
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

/** Of a broker that is compared with a bot's; else that of the market's decimals. */
export function gridOf({ grid }: Pick<Broker, 'grid'>, { market }: MarketState): LevelGrid {
  return grid ?? decimalGrid(market.bars.digits);
}

/** Moves the stops of a market whose bar has closed, and asks for the parts that are due. */
export function tendAtClose(broker: Broker, state: MarketState): void {
  for (const position of broker.positions) {
    const { careAtClose } = position;
    if (!careAtClose || position.market !== state.index) continue;
    // What leaves at the next open for its time needs nothing more.
    if (careAtClose.exitBar === state.bar + 1) continue;
    tend(position, careAtClose, { broker, state });
  }
}

function tend(
  position: Position,
  care: Care,
  { broker, state }: { readonly broker: Broker; readonly state: MarketState },
): void {
  const { side, entryPrice, stop, entryBar } = position;
  const { bar, quotes, closes } = state;
  const field = entryBar === bar ? 'close' : side === 1 ? 'high' : 'low';
  const latest = bidOf(quotes, field, bar);
  // A stop that was too near then is moved once price is far enough away.
  if (!(side * (position.best - latest) >= 0)) position.best = latest;
  const { best } = position;
  const price = exitQuote(state, side);
  const grid = gridOf(broker, state);
  while (care.partials[0] && isReached(care.partials[0].level, { side, best })) {
    const { units } = care.partials.shift()!;
    closes.push({ position, units, reason: 'partial' });
  }
  const tended = stopAtClose(care, { side, entryPrice, stop, best, price, grid });
  if (tended.isMet) closes.push({ position, units: Infinity, reason: 'trail' });
  else if (tended.stop !== stop && !Number.isNaN(tended.stop)) {
    position.stop = tended.stop;
    position.stopReason = 'trail';
  }
}
