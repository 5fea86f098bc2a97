/** Deals of the paper account: positions open, grow and close, and the balance changes, here alone. */
import type { Deal, DealEntry } from '#core/broker/book.ts';
import {
  nextTicket,
  sideOf,
  tell,
  type Direction,
  type PaperBook,
  type PaperPosition,
} from './paper-book.ts';
import { fromMinor, heldSymbol, lotsOf, profitBetween, toMinor } from './paper-money.ts';

export interface Fill {
  /** The order that fills. */
  readonly order: number;
  readonly symbol: string;
  readonly side: Direction;
  readonly steps: number;
  readonly price: number;
  readonly sl: number;
  readonly tp: number;
  readonly magic: string;
  readonly comment: string;
  readonly reason: Deal['reason'];
}

export interface Dealt {
  readonly deal: Deal;
  /** The identifier of the position that it opened or changed. */
  readonly position: number;
}

/** An order fills without naming a position: netting meets what is open, hedging opens another. */
export function fillOpening(book: PaperBook, fill: Fill): Dealt {
  const met =
    book.terms.mode === 'netting'
      ? book.positions.find(({ symbol }) => symbol === fill.symbol)
      : undefined;
  if (!met) return openPosition(book, fill);
  return met.side === fill.side ? addTo(book, met, fill) : takeFrom(book, met, fill);
}

function openPosition(book: PaperBook, fill: Fill): Dealt {
  const { order, symbol, side, steps, price, sl, tp, magic } = fill;
  const held: PaperPosition = {
    position: order,
    ticket: order,
    symbol,
    side,
    steps,
    openPrice: price,
    openedServerMs: book.serverMs,
    sl,
    tp,
    swapMinor: 0,
    magic,
    comment: fill.comment,
    waitingPrice: 0,
  };
  // Part of an order may have filled before.
  const earlier = book.positions.find(({ position }) => position === order);
  if (earlier) return addTo(book, earlier, fill);
  book.positions.push(held);
  return record(book, held, fill, { entry: 'in', closed: 0 });
}

/** At the mean price; levels that the order states replace others. */
function addTo(book: PaperBook, held: PaperPosition, fill: Fill): Dealt {
  const { steps, price, sl, tp } = fill;
  const all = held.steps + steps;
  held.openPrice = (held.steps * held.openPrice + steps * price) / all;
  held.steps = all;
  if (sl !== 0) held.sl = sl;
  if (tp !== 0) held.tp = tp;
  return record(book, held, fill, { entry: 'in', closed: 0 });
}

/** Netting against what is open: less of it, none, or as much the other way. */
function takeFrom(book: PaperBook, held: PaperPosition, fill: Fill): Dealt {
  const { steps, price } = fill;
  if (steps <= held.steps) return fillClosing(book, held, { ...fill, entry: 'out' });
  const closed = held.steps;
  const dealt = record(book, held, fill, { entry: 'inout', closed });
  held.side = fill.side;
  held.steps = steps - closed;
  held.openPrice = price;
  held.openedServerMs = book.serverMs;
  held.ticket = fill.order;
  held.sl = fill.sl;
  held.tp = fill.tp;
  held.waitingPrice = 0;
  return dealt;
}

export type Closing = Omit<Fill, 'symbol' | 'side' | 'sl' | 'tp'> & { readonly entry: DealEntry };

/** Closes so many steps of the position, at most all. */
export function fillClosing(book: PaperBook, held: PaperPosition, closing: Closing): Dealt {
  const steps = Math.min(closing.steps, held.steps);
  const { entry, ...rest } = closing;
  const against: Direction = held.side === 1 ? -1 : 1;
  const fill = { ...rest, steps, symbol: held.symbol, side: against, sl: 0, tp: 0 };
  const dealt = record(book, held, fill, { entry, closed: steps });
  held.steps -= steps;
  if (held.steps === 0) book.positions.splice(book.positions.indexOf(held), 1);
  return dealt;
}

/** Writes the deal down and pays it. `closed` of its steps close what is held. */
function record(
  book: PaperBook,
  held: PaperPosition,
  fill: Fill,
  { entry, closed }: { readonly entry: DealEntry; readonly closed: number },
): Dealt {
  const symbol = heldSymbol(book, fill.symbol);
  const path = { side: held.side, steps: closed, from: held.openPrice, to: fill.price };
  const profitMinor = toMinor(profitBetween(book, symbol, path));
  const isFree = entry === 'out-by';
  const lots = lotsOf(symbol, fill.steps);
  const commissionMinor = isFree ? 0 : -toMinor(lots * book.terms.commissionPerLot);
  const swapMinor = takeSwap(held, closed);
  book.balanceMinor += profitMinor + commissionMinor + swapMinor;
  const deal: Deal = {
    deal: String(nextTicket(book)),
    order: String(fill.order),
    position: String(held.position),
    symbol: fill.symbol,
    kind: sideOf(fill.side),
    entry,
    volumeLots: lots,
    price: fill.price,
    commission: fromMinor(commissionMinor + 0),
    swap: fromMinor(swapMinor),
    profit: fromMinor(profitMinor),
    magic: fill.magic,
    comment: fill.comment,
    serverMs: book.serverMs,
    reason: fill.reason,
  };
  book.deals.push(deal);
  tell(book, { kind: 'deal', ticket: deal.deal, symbol: deal.symbol });
  tell(book, { kind: 'position', ticket: String(held.ticket), symbol: deal.symbol });
  return { deal, position: held.position };
}

/** The share of swap that goes with what closes; with the last of it, all that is left. */
function takeSwap(held: PaperPosition, closed: number): number {
  if (closed === 0) return 0;
  const minor =
    closed >= held.steps
      ? held.swapMinor
      : toMinor((fromMinor(held.swapMinor) * closed) / held.steps);
  held.swapMinor -= minor;
  return minor;
}

/** Money that is paid in; the first deal of an account. */
export function deposit(book: PaperBook, minor: number): void {
  book.balanceMinor += minor;
  book.deals.push({
    deal: String(nextTicket(book)),
    order: '',
    position: '',
    symbol: '',
    kind: 'balance',
    entry: null,
    volumeLots: 0,
    price: 0,
    commission: 0,
    swap: 0,
    profit: fromMinor(minor),
    magic: '0',
    comment: 'Simulated deposit',
    serverMs: book.serverMs,
    reason: 'other',
  });
}
