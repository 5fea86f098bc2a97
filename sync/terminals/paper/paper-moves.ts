/**
 * Price moves at the paper broker, and whatever lies on its way happens, the nearest first.
 *
 * The same rules as the reference broker's (`core/execution/broker/moves.ts`): between ticks price
 * jumps, so that what it passed fills where it landed; inside a bar it walks, so that levels fill
 * where they stand. Of equals: stops, the stop-out, targets, then orders by age. Stops and market
 * orders slip, limits and targets never do. The stop-out closes the worst position until equity is
 * above the level again.
 */
import type { Deal } from '#core/broker/book.ts';
import { draw } from '#core/execution/broker/slippage.ts';
import { fillClosing, fillOpening } from './paper-deals.ts';
import {
  nextTicket,
  tell,
  type Direction,
  type HeldQuote,
  type PaperBook,
  type PaperOrder,
  type PaperPosition,
  type PaperQuote,
} from './paper-book.ts';
import {
  entryOf,
  equityOf,
  exitOf,
  floatingOf,
  fromMinor,
  heldSymbol,
  marginOf,
  pointOf,
  snapPrice,
} from './paper-money.ts';
import { canAfford } from './paper-limits.ts';
import { endOrder, makeOrder, noteFill } from './paper-orders.ts';

export interface Way {
  /** Price jumps to the quote instead of meeting all that lies between. */
  readonly isJump: boolean;
  /** Targets beyond which a bar opened fill there, but only after what its first leg brings. */
  readonly targetsWait: boolean;
}

export function moveTo(book: PaperBook, to: PaperQuote, way: Way): void {
  const before = book.quotes[to.symbol];
  const start = way.isJump || !before ? to : before;
  const quote: HeldQuote = { ...start, serverMs: book.serverMs, usedSteps: 0 };
  book.quotes[to.symbol] = quote;
  for (;;) {
    if (way.targetsWait) letTargetsWait(book, quote);
    const next = nextHappening(book, quote, to);
    if (!next) break;
    const at = book.quotes[to.symbol]!;
    setQuote(book, {
      symbol: to.symbol,
      bid: at.bid + next.share * (to.bid - at.bid),
      ask: at.ask + next.share * (to.ask - at.ask),
    });
    happen(book, next, way);
  }
  setQuote(book, to);
}

function setQuote(book: PaperBook, { symbol, bid, ask }: PaperQuote): void {
  const { usedSteps = 0 } = book.quotes[symbol] ?? {};
  book.quotes[symbol] = { symbol, bid, ask, serverMs: book.serverMs, usedSteps };
}

type Happening = { readonly share: number } & (
  | { readonly kind: 'sl' | 'tp'; readonly held: PaperPosition }
  | { readonly kind: 'order'; readonly order: PaperOrder }
  | { readonly kind: 'stop-out' }
);

function nextHappening(book: PaperBook, { symbol }: PaperQuote, to: PaperQuote): Happening | null {
  const from = book.quotes[symbol]!;
  const open = book.positions.filter((held) => held.symbol === symbol);
  let next: Happening | null = null;
  const offer = (happening: Happening) => {
    if (happening.share < (next?.share ?? Infinity)) next = happening;
  };
  for (const held of open) {
    if (held.sl === 0) continue;
    const against: Direction = held.side === 1 ? -1 : 1;
    const quotes = [exitOf(from, held.side), exitOf(to, held.side)] as const;
    offer({ kind: 'sl', held, share: shareBefore(held.sl, quotes, against) });
  }
  offer({ kind: 'stop-out', share: shareBeforeStopOut(book, to) });
  for (const held of open) {
    if (held.tp === 0 || held.waitingPrice !== 0) continue;
    const quotes = [exitOf(from, held.side), exitOf(to, held.side)] as const;
    offer({ kind: 'tp', held, share: shareBefore(held.tp, quotes, held.side) });
  }
  for (const order of book.orders) {
    if (order.symbol !== symbol || order.kind === 'market') continue;
    const quotes = [entryOf(from, order.side), entryOf(to, order.side)] as const;
    const direction = worksAsLimit(order) === (order.side === 1) ? -1 : 1;
    offer({ kind: 'order', order, share: shareBefore(workingPrice(order), quotes, direction) });
  }
  return next;
}

/** The part of the way before it is at or beyond the level; 0 = it is, Infinity = it never is. */
function shareBefore(
  level: number,
  [from, to]: readonly [number, number],
  direction: Direction,
): number {
  if (direction * (from - level) >= 0) return 0;
  if (direction * (to - level) >= 0) return (level - from) / (to - from);
  return Infinity;
}

function worksAsLimit({ kind, isTriggered }: PaperOrder): boolean {
  return kind === 'limit' || isTriggered;
}

function workingPrice({ price, limitPrice, isTriggered }: PaperOrder): number {
  return isTriggered ? limitPrice : price;
}

/** Equity is a straight line on the way. */
function shareBeforeStopOut(book: PaperBook, to: PaperQuote): number {
  if (book.positions.length === 0) return Infinity;
  const level = book.terms.stopOutRatio * marginOf(book);
  const from = equityOf(book);
  if (from <= level) return 0;
  const { symbol } = to;
  const at = book.quotes[symbol]!;
  book.quotes[symbol] = { ...at, bid: to.bid, ask: to.ask };
  const until = equityOf(book);
  book.quotes[symbol] = at;
  return until <= level ? (from - level) / (from - until) : Infinity;
}

function happen(book: PaperBook, next: Happening, way: Way): void {
  switch (next.kind) {
    case 'sl':
    case 'tp':
      return meetLevel(book, next.held, { reason: next.kind, ...way });
    case 'stop-out':
      return stopOut(book);
    case 'order':
      return meetOrder(book, next.order, way);
  }
}

/** The level itself, or the quote where it stood beyond the level from the start. */
function priceAt(level: number, quote: number, { isJump }: Pick<Way, 'isJump'>): number {
  return isJump || Math.abs(quote - level) > ROUNDING * Math.abs(quote) ? quote : level;
}

/** A quote reckoned as a share of the way misses the level by no more than this part of it. */
const ROUNDING = 1e-9;

function meetLevel(
  book: PaperBook,
  held: PaperPosition,
  { reason, isJump }: { readonly reason: 'sl' | 'tp'; readonly isJump: boolean },
): void {
  const level = held[reason];
  const price = priceAt(level, exitOf(book.quotes[held.symbol]!, held.side), { isJump });
  leave(book, held, { price, reason, comment: `[${reason} ${level}]` });
}

interface Leaving {
  readonly price: number;
  readonly reason: Deal['reason'];
  readonly comment: string;
}

/** Closes all of a position by an order of the broker's own. */
function leave(book: PaperBook, held: PaperPosition, { price, reason, comment }: Leaving): void {
  const { symbol, steps, magic, position } = held;
  const against: Direction = held.side === 1 ? -1 : 1;
  const rest = { price, limitPrice: 0, sl: 0, tp: 0, expirationServerMs: 0, closes: position };
  const base = { order: nextTicket(book), symbol, steps, magic, comment };
  const order = makeOrder(book, { ...base, ...rest, side: against, kind: 'market' });
  const fillsAt = reason === 'tp' ? price : slipped(book, order, price);
  fillClosing(book, held, { ...base, price: fillsAt, reason, entry: 'out' });
  noteFill(order, { steps, price: fillsAt, position });
  endOrder(book, order, 'filled', reason);
}

/** The position with the greatest loss, the oldest of equals. */
function stopOut(book: PaperBook): void {
  const level = equityOf(book) / marginOf(book);
  let worst = book.positions[0]!;
  const earnings = (held: PaperPosition) => floatingOf(book, held) + fromMinor(held.swapMinor);
  for (const held of book.positions) if (earnings(held) < earnings(worst)) worst = held;
  const quote = book.quotes[worst.symbol];
  const price = quote ? exitOf(quote, worst.side) : worst.openPrice;
  leave(book, worst, { price, reason: 'stop-out', comment: `[so ${(100 * level).toFixed(1)}%]` });
}

function meetOrder(book: PaperBook, order: PaperOrder, way: Way): void {
  if (order.kind === 'stop-limit' && !order.isTriggered) {
    order.isTriggered = true;
    tell(book, { kind: 'order-changed', ticket: String(order.order), symbol: order.symbol });
    return;
  }
  const { symbol, side, steps } = order;
  const met = priceAt(workingPrice(order), entryOf(book.quotes[symbol]!, side), way);
  const price = worksAsLimit(order) ? met : slipped(book, order, met);
  if (!canAfford(book, { symbol, side, steps, price })) {
    endOrder(book, order, 'rejected');
    return;
  }
  const dealt = fillOpening(book, { ...order, price, reason: 'program' });
  noteFill(order, { steps, price, position: dealt.position });
  endOrder(book, order, 'filled');
}

/** Against the trader, by what the order's own number draws; on the grid. */
export function slipped(
  book: PaperBook,
  { order, symbol: name, side }: Pick<PaperOrder, 'order' | 'symbol' | 'side'>,
  price: number,
): number {
  const { slippagePoints, seed } = book.terms;
  if (slippagePoints === 0) return price;
  const symbol = heldSymbol(book, name);
  const points = Math.round(slippagePoints * draw(seed, order));
  return snapPrice(symbol, price + side * points * pointOf(symbol));
}

function letTargetsWait(book: PaperBook, quote: PaperQuote): void {
  for (const held of book.positions) {
    if (held.symbol !== quote.symbol || held.tp === 0) continue;
    const price = exitOf(quote, held.side);
    held.waitingPrice = held.side * (price - held.tp) >= 0 ? price : 0;
  }
}

/** After a bar's first leg: what waited fills where the bar opened. */
export function fillWaitingTargets(book: PaperBook, symbol: string): void {
  for (const held of book.positions.slice()) {
    if (held.symbol !== symbol || held.waitingPrice === 0) continue;
    const price = held.waitingPrice;
    leave(book, held, { price, reason: 'tp', comment: `[tp ${held.tp}]` });
  }
}
