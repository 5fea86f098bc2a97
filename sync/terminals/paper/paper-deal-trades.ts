/** Market orders at the paper broker: opening, closing, and what of them could not be had at once. */
import type { PaperBook, PaperOrder, PaperPosition } from './paper-book.ts';
import { nextTicket } from './paper-book.ts';
import { answer } from './paper-answers.ts';
import {
  directionOf,
  fillingFault,
  isFrozen,
  levelsFault,
  marketFault,
  volumeFault,
} from './paper-checks.ts';
import { fillClosing, fillOpening, type Dealt } from './paper-deals.ts';
import {
  canAfford,
  countFault,
  marketPrice,
  offeredSteps,
  sideFault,
  useOffer,
} from './paper-limits.ts';
import { entryOf, exitOf, lotsOf, pointOf, stepsOf } from './paper-money.ts';
import { slipped } from './paper-moves.ts';
import { addOrder, endOrder, makeOrder, noteFill } from './paper-orders.ts';
import type { PaperSymbol } from './paper-symbols.ts';
import type { TerminalResult, TerminalTrade } from './terminal-trade.ts';

/** A position is named where it is to be closed; netting closes by an opposite deal, unasked. */
export function tradeAtMarket(
  book: PaperBook,
  symbol: PaperSymbol,
  trade: TerminalTrade,
): TerminalResult {
  if (trade.type !== 'buy' && trade.type !== 'sell') return answer(book, 10013, trade.symbol);
  const isClosing = trade.position !== '' && book.terms.mode === 'hedging';
  const held = isClosing
    ? book.positions.find(({ ticket }) => String(ticket) === trade.position)
    : undefined;
  if (isClosing && !held) return answer(book, 10036, trade.symbol);
  const fault = held
    ? closingFault(book, symbol, { trade, held })
    : openingFault(book, symbol, trade);
  return fault === null
    ? fillNow(book, symbol, { trade, held })
    : answer(book, fault, trade.symbol);
}

function openingFault(book: PaperBook, symbol: PaperSymbol, trade: TerminalTrade): number | null {
  const side = directionOf(trade.type);
  const steps = stepsOf(symbol, trade.volumeLots) ?? 0;
  const opening = { symbol: trade.symbol, side, steps };
  const early =
    volumeFault(symbol, trade.volumeLots) ??
    sideFault(book, opening) ??
    marketFault(book, symbol) ??
    fillingFault(symbol, trade) ??
    requoteFault(book, symbol, trade);
  if (early !== null) return early;
  const from = exitOf(book.quotes[trade.symbol]!, side);
  const late = levelsFault(symbol, trade, { side, from }) ?? countFault(book, opening);
  if (late !== null) return late;
  const price = marketPrice(book, trade.symbol, side);
  return canAfford(book, { ...opening, price }) ? null : 10019;
}

function closingFault(
  book: PaperBook,
  symbol: PaperSymbol,
  { trade, held }: { readonly trade: TerminalTrade; readonly held: PaperPosition },
): number | null {
  if (held.symbol !== trade.symbol || directionOf(trade.type) === held.side) return 10013;
  if (symbol.tradeMode === 'disabled') return 10017;
  const volume = volumeFault(symbol, trade.volumeLots);
  if (volume !== null) return volume;
  if ((stepsOf(symbol, trade.volumeLots) ?? 0) > held.steps) return 10038;
  if (book.orders.some(({ closes }) => closes === held.position)) return 10039;
  const market =
    marketFault(book, symbol) ?? fillingFault(symbol, trade) ?? requoteFault(book, symbol, trade);
  if (market !== null) return market;
  if (book.terms.isFifo && oldestOf(book, held.symbol) !== held) return 10045;
  return isFrozen(book, symbol, held) ? 10029 : null;
}

export function oldestOf(book: PaperBook, symbol: string): PaperPosition | undefined {
  return book.positions.find((each) => each.symbol === symbol);
}

/** Where prices are promised, one that went further than the deviation is asked for anew. */
function requoteFault(book: PaperBook, symbol: PaperSymbol, trade: TerminalTrade): number | null {
  if (symbol.execution !== 'instant') return null;
  if (trade.price <= 0) return 10015;
  const now = entryOf(book.quotes[trade.symbol]!, directionOf(trade.type));
  const points = Math.abs(now - trade.price) / pointOf(symbol);
  return points > trade.deviationPoints + 1e-6 ? 10004 : null;
}

/** As much as the quote offers, and of the rest what the filling says. */
function fillNow(
  book: PaperBook,
  symbol: PaperSymbol,
  { trade, held }: { readonly trade: TerminalTrade; readonly held: PaperPosition | undefined },
): TerminalResult {
  const wanted = stepsOf(symbol, trade.volumeLots) ?? 0;
  const offered = offeredSteps(book, trade.symbol, wanted);
  if (offered === 0 || (offered < wanted && trade.filling === 'fok')) {
    return answer(book, 10006, trade.symbol);
  }
  const order = makeOrder(book, {
    order: nextTicket(book),
    symbol: trade.symbol,
    side: directionOf(trade.type),
    kind: 'market',
    steps: wanted,
    price: trade.price,
    limitPrice: 0,
    sl: trade.sl,
    tp: trade.tp,
    expirationServerMs: 0,
    magic: trade.magic,
    comment: commentOf(book, trade, held),
    closes: held ? held.position : 0,
  });
  const { deal } = fillSome(book, order, offered);
  const facts = { order: String(order.order), deal: deal.deal, price: deal.price };
  const volumeLots = lotsOf(symbol, offered);
  if (offered === wanted) endOrder(book, order, 'filled');
  else if (trade.filling === 'return') addOrder(book, order);
  else endOrder(book, order, 'canceled');
  const retcode = offered === wanted ? 10009 : 10010;
  return answer(book, retcode, trade.symbol, { ...facts, volumeLots });
}

function commentOf(
  { terms }: PaperBook,
  trade: TerminalTrade,
  held: PaperPosition | undefined,
): string {
  if (terms.comments === 'kept') return trade.comment;
  return held ? `from #${held.position}` : `offing ${trade.symbol}`;
}

/** Fills so many steps of a market order at the quote of the moment. */
function fillSome(book: PaperBook, order: PaperOrder, steps: number): Dealt {
  const held = book.positions.find(({ position }) => position === order.closes);
  const price = slipped(book, order, marketPrice(book, order.symbol, order.side));
  const fill = { ...order, steps, price, reason: 'program' } as const;
  const dealt = held ? fillClosing(book, held, { ...fill, entry: 'out' }) : fillOpening(book, fill);
  useOffer(book, order.symbol, steps);
  noteFill(order, { steps, price, position: dealt.position });
  return dealt;
}

/** A fresh quote: what is left of market orders fills on, as far as it goes. */
export function fillRests(book: PaperBook, symbol: string): void {
  for (const order of book.orders.slice()) {
    if (order.kind !== 'market' || order.symbol !== symbol) continue;
    const held = book.positions.find(({ position }) => position === order.closes);
    if (order.closes !== 0 && !held) {
      endOrder(book, order, 'canceled');
      continue;
    }
    const wanted = held ? Math.min(order.steps, held.steps) : order.steps;
    const steps = offeredSteps(book, symbol, wanted);
    if (steps === 0) continue;
    const price = marketPrice(book, symbol, order.side);
    if (!held && !canAfford(book, { symbol, side: order.side, steps, price })) {
      endOrder(book, order, 'canceled');
      continue;
    }
    fillSome(book, order, steps);
    if (order.steps === 0) endOrder(book, order, 'filled');
  }
}
