/** Where a broker takes levels: on the steps of its prices, and not too near to the price. */
import type { OrderRequest, Side } from './order-desk.ts';

export interface LevelGrid {
  readonly tickSize: number;
  /** Price units between the price and a level at least; 0 = any. */
  readonly least: number;
}

/** That of prices of which nothing but their decimals is known. */
export function decimalGrid(digits: number): LevelGrid {
  return { tickSize: 10 ** -digits, least: 0 };
}

/** The nearest price of the grid, as parsing its text gives it; NaN stays. */
export function snapped(price: number, grid: LevelGrid): number {
  return priceAt(Math.round(price * perUnit(grid)), grid);
}

/** The level below the price, or above it with `side` −1, that is nearest of those that are taken. */
export function nearestLevel(price: number, side: Side, grid: LevelGrid): number {
  const ticks = (price - side * grid.least) * perUnit(grid);
  return priceAt(side === 1 ? Math.floor(ticks + DUST) : Math.ceil(ticks - DUST), grid);
}

/** The level, which lies on that side of the price, or the nearest that is taken; a wrong side stays. */
export function farEnough(level: number, price: number, side: Side, grid: LevelGrid): number {
  const gap = side * (price - level);
  const isTooNear = gap > 0 && gap < grid.least - grid.tickSize * 1e-3;
  return isTooNear ? nearestLevel(price, side, grid) : level;
}

type Levels = Pick<OrderRequest, 'side' | 'stop' | 'target'>;

/** Stop and target of what is opened where `price` closes it. */
export function levelsFrom<T extends Levels>(order: T, price: number, grid: LevelGrid): T {
  const { side, stop, target } = order;
  return {
    ...order,
    ...(stop !== undefined && { stop: farEnough(stop, price, side, grid) }),
    ...(target !== undefined && { target: farEnough(target, price, away(side), grid) }),
  };
}

/**
 * An order as it can be placed where the market stands: on the grid, and where it is a pending one
 * far enough away. What is met already stays.
 */
export function placeable<T extends OrderRequest>(asked: T, market: Market, grid: LevelGrid): T {
  const order = onSteps(asked, grid);
  const { side, kind, price, limit } = order;
  if (kind === 'market' || price === undefined) return order;
  const now = nowOf(order, market);
  const from = kind === 'limit' ? side : away(side);
  const placed = { ...order, price: farEnough(price, now, from, grid) };
  return levelsFrom(placed, (kind === 'stopLimit' ? limit : placed.price) ?? placed.price, grid);
}

function onSteps<T extends OrderRequest>(order: T, grid: LevelGrid): T {
  const { price, limit, stop, target } = order;
  return {
    ...order,
    ...(price !== undefined && { price: snapped(price, grid) }),
    ...(limit !== undefined && { limit: snapped(limit, grid) }),
    ...(stop !== undefined && { stop: snapped(stop, grid) }),
    ...(target !== undefined && { target: snapped(target, grid) }),
  };
}

export interface Moved {
  readonly stop?: number;
  readonly target?: number;
  /** Price is at or beyond one of them, where no broker takes it: the position is closed. */
  readonly isMet: boolean;
}

interface Levelled {
  readonly side: Side;
  /** NaN = none, and none is asked for; missing = as it is. */
  readonly stop?: number;
  readonly target?: number;
}

/**
 * New levels of a position that could be closed at `price`.
 *
 * One that is too near gives way, but never beyond the one that is there: a strategy that says its
 * stop at every bar would have it flee from the price.
 */
export function movable(
  held: Required<Levelled>,
  levels: Omit<Levelled, 'side'>,
  { price, grid }: { readonly price: number; readonly grid: LevelGrid },
): Moved {
  const { side } = held;
  const asked = onSteps({ ...nothing, ...levels, side }, grid);
  const taken = levelsFrom(asked, price, grid);
  const stop = nearer(taken.stop, held.stop, { asked: asked.stop, from: side });
  const target = nearer(taken.target, held.target, { asked: asked.target, from: away(side) });
  const isMet = side * (price - (stop ?? NaN)) <= 0 || side * ((target ?? NaN) - price) <= 0;
  return { ...(stop !== undefined && { stop }), ...(target !== undefined && { target }), isMet };
}

/** What is taken in place of what was asked, or the level before where that is nearer to the price. */
function nearer(
  taken: number | undefined,
  before: number,
  { asked, from }: { readonly asked: number | undefined; readonly from: Side },
): number | undefined {
  const isGivingWay = taken !== undefined && taken !== asked && from * (before - taken) > 0;
  return isGivingWay ? before : taken;
}

const nothing = { market: 0, kind: 'market', units: 0 } as const;

interface Market {
  readonly bid: number;
  readonly ask: number;
}

const nowOf = ({ side }: Pick<OrderRequest, 'side'>, { bid, ask }: Market): number =>
  side === 1 ? ask : bid;

/** Whether the market stands at or beyond a pending order's price already. */
export function isMetBy(order: OrderRequest, market: Market): boolean {
  const { side, kind, price = NaN } = order;
  return (kind === 'limit' ? -side : side) * (nowOf(order, market) - price) >= 0;
}

const away = (side: Side): Side => (side === 1 ? -1 : 1);

/** A part of a step by which a level may miss the grid and still be on it. */
const DUST = 1e-6;

/** A whole number wherever a unit is one of steps: dividing by it is exact but for one rounding. */
function perUnit({ tickSize }: LevelGrid): number {
  const count = 1 / tickSize;
  const whole = Math.round(count);
  return Math.abs(count - whole) <= 1e-9 * count ? whole : count;
}

function priceAt(ticks: number, grid: LevelGrid): number {
  const count = perUnit(grid);
  return Number.isInteger(count) ? ticks / count : Number((ticks * grid.tickSize).toPrecision(15));
}
