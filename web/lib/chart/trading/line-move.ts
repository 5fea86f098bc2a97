/** What moving a line to another price asks of the server, and what is known against it. */
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { BookView, OrderView, PositionView } from '#core/broker/views.ts';
import type { Failure } from '#core/errors.ts';
import { pipSize } from '#core/risk/grid.ts';
import { checkOrderChange, checkPositionLevels } from '#core/risk/level-check.ts';
import { checkTrail } from '#core/risk/trail.ts';
import type { NamelessWish } from '#lib/trading/trade-desk.svelte.ts';
import { longLineName } from './line-figures.ts';
import type { TradeLine } from './trade-line.ts';
import { say } from '../../words/language.ts';

export interface LineMove {
  readonly title: string;
  /** What its button says where it is asked about. */
  readonly action: string;
  readonly wish: NamelessWish;
  /** What the broker would say to it as things stand; null where nothing is known against it. */
  readonly refusal: Failure | null;
}

export interface MoveContext {
  readonly book: Pick<BookView, 'positions' | 'orders' | 'trails'>;
  readonly instrument: Instrument;
  /** Null also where it is too old to judge by. */
  readonly quote: Quote | null;
  readonly serverOffsetMs: number;
  readonly nowMs: number;
}

/** Null where what the line belongs to is gone. A price of null takes a level away. */
export function lineMove(
  line: TradeLine,
  price: number | null,
  context: MoveContext,
): LineMove | null {
  const { positions, orders } = context.book;
  const position = positions.find((each) => line.owner === `position ${each.position}`);
  if (position) return positionMove(line, price, position, context);
  const order = orders.find((each) => line.owner === `order ${each.order}`);
  return order ? orderMove(line, price, order, context) : null;
}

const titled = (line: TradeLine, { symbol }: { readonly symbol: string }): string =>
  `${longLineName(line)} ${symbol}`;

const actionOf = (price: number | null): string => (price === null ? say`Take away` : say`Modify`);

function positionMove(
  line: TradeLine,
  price: number | null,
  position: PositionView,
  context: MoveContext,
): LineMove | null {
  const { instrument, quote } = context;
  const { side } = position;
  const title = titled(line, position);
  if (line.part === 'trail') return trailMove(title, price, position, context);
  if (line.part !== 'sl' && line.part !== 'tp') return null;
  const isStop = line.part === 'sl';
  // The other level stays as it is now, and is not judged again.
  const moved = { sl: isStop ? price : null, tp: isStop ? null : price };
  const sl = isStop ? price : position.sl;
  const tp = isStop ? position.tp : price;
  return {
    ...{ title, action: actionOf(price) },
    wish: { t: 'modify-position', position: position.position, sl, tp },
    refusal: checkPositionLevels({ instrument, quote, side, ...moved }),
  };
}

function trailMove(
  title: string,
  price: number | null,
  { position, side, openPrice }: PositionView,
  { book, instrument }: MoveContext,
): LineMove | null {
  const known = book.trails.find((each) => each.position === position);
  if (!known) return null;
  const action = actionOf(price);
  if (price === null) {
    return { title, action, wish: { t: 'trail', position, trail: null }, refusal: null };
  }
  const way = (price - openPrice) * (side === 'buy' ? 1 : -1);
  const activationPips = Number((way / pipSize(instrument)).toFixed(1));
  const trail = { ...known.trail, activationPips };
  const checked = checkTrail(trail);
  const refusal = checked.ok ? null : checked.error;
  return { title, action, wish: { t: 'trail', position, trail }, refusal };
}

function orderMove(
  line: TradeLine,
  to: number | null,
  order: OrderView,
  { instrument, quote, serverOffsetMs, nowMs }: MoveContext,
): LineMove | null {
  const title = titled(line, order);
  if (line.part === 'open' || line.part === 'trail') return null;
  if (to === null && line.part === 'entry') {
    const cancel = { title: say`Cancel ${title}`, action: say`Cancel the order` };
    return { ...cancel, wish: { t: 'cancel', order: order.order }, refusal: null };
  }
  const { part } = line;
  const { lastsUntilServerMs } = order;
  const price = part === 'entry' ? (to ?? order.price) : order.price;
  const limitPrice = part === 'limit' ? (to ?? order.limitPrice) : order.limitPrice;
  const sl = part === 'sl' ? to : order.sl;
  const tp = part === 'tp' ? to : order.tp;
  const lastsUntilMs = lastsUntilServerMs === null ? null : lastsUntilServerMs - serverOffsetMs;
  const change = { price, limitPrice, sl, tp, lastsUntilMs };
  return {
    ...{ title, action: actionOf(to) },
    wish: { t: 'modify-order', order: order.order, ...change },
    refusal: checkOrderChange({ instrument, quote, order, change, nowMs }),
  };
}
