/** Orders of the paper account: how each ends, and what is remembered of it. */
import type { FoundOrder } from '#core/broker/messages.ts';
import type { Deal, OrderKind } from '#core/broker/book.ts';
import {
  sideOf,
  tell,
  type Direction,
  type EndedOrder,
  type PaperBook,
  type PaperOrder,
} from './paper-book.ts';
import { endedBy, type EndedIndex } from './paper-history.ts';
import { heldSymbol, lotsOf } from './paper-money.ts';

export interface NewOrder {
  readonly order: number;
  readonly symbol: string;
  readonly side: Direction;
  readonly kind: OrderKind;
  readonly steps: number;
  readonly price: number;
  readonly limitPrice: number;
  readonly sl: number;
  readonly tp: number;
  readonly expirationServerMs: number;
  readonly magic: string;
  readonly comment: string;
  readonly closes: number;
}

export function makeOrder(book: PaperBook, order: NewOrder): PaperOrder {
  return {
    ...order,
    askedSteps: order.steps,
    isTriggered: false,
    placedServerMs: book.serverMs,
    filledValue: 0,
    position: 0,
  };
}

export function addOrder(book: PaperBook, order: PaperOrder): void {
  book.orders.push(order);
  tell(book, { kind: 'order-added', ticket: String(order.order), symbol: order.symbol });
}

/** Whatever of it was filled stays so; it is in the history from now on. */
export function endOrder(
  book: PaperBook,
  order: PaperOrder,
  as: 'filled' | 'canceled' | 'rejected' | 'expired',
  reason: Deal['reason'] = 'program',
): EndedOrder {
  const at = book.orders.indexOf(order);
  if (at >= 0) book.orders.splice(at, 1);
  const ended: EndedOrder = {
    ...found(book, order),
    state: as,
    symbol: order.symbol,
    side: sideOf(order.side),
    kind: order.kind,
    volumeLots: lotsOf(heldSymbol(book, order.symbol), order.askedSteps),
    placedServerMs: order.placedServerMs,
    endedServerMs: book.serverMs,
    magic: order.magic,
    comment: order.comment,
    reason,
  };
  book.ended.push(ended);
  tell(book, { kind: 'order-ended', ticket: ended.order, symbol: ended.symbol });
  return ended;
}

export function found(book: PaperBook, order: PaperOrder): FoundOrder {
  const filled = order.askedSteps - order.steps;
  return {
    order: String(order.order),
    state: 'working',
    position: order.position === 0 ? null : String(order.position),
    filledLots: lotsOf(heldSymbol(book, order.symbol), filled),
    averagePrice: filled === 0 ? null : order.filledValue / filled,
  };
}

/** So much of the order has come to a deal of that position. */
export function noteFill(
  order: PaperOrder,
  { steps, price, position }: Record<'steps' | 'price' | 'position', number>,
): void {
  order.steps -= steps;
  order.filledValue += steps * price;
  order.position = position;
}

/** The order under a magic number, the first of several; null = none. */
export function findByMagic(book: PaperBook, magic: string, index: EndedIndex): FoundOrder | null {
  const working = book.orders.find((order) => order.magic === magic);
  if (working) return found(book, working);
  const ended = endedBy(book, index, magic);
  if (!ended) return null;
  const { order, state, position, filledLots, averagePrice } = ended;
  return { order, state, position, filledLots, averagePrice };
}
