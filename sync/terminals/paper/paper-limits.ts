/** What an account can bear and a broker allows: money, sides, numbers of positions. */
import type { Direction, PaperBook } from './paper-book.ts';
import {
  entryOf,
  equityOf,
  exitOf,
  heldSymbol,
  lotsOf,
  marginFor,
  marginOf,
  profitBetween,
  stepsOf,
} from './paper-money.ts';

interface Opening {
  readonly symbol: string;
  readonly side: Direction;
  readonly steps: number;
  readonly price: number;
}

/** Whether margin, spread and commission of the opening are there; what only reduces needs none. */
export function canAfford(book: PaperBook, opening: Opening): boolean {
  const { side, price } = opening;
  const symbol = heldSymbol(book, opening.symbol);
  const met = netPosition(book, opening.symbol);
  const isOpposite = met !== undefined && met.side !== side;
  const opened = isOpposite ? opening.steps - met.steps : opening.steps;
  if (opened <= 0) return true;
  const released = isOpposite ? { steps: met.steps, price: met.openPrice } : { steps: 0, price };
  const margin =
    marginOf(book) -
    marginFor(book, symbol, released) +
    marginFor(book, symbol, { steps: opened, price });
  const quote = book.quotes[opening.symbol];
  const exit = quote ? exitOf(quote, side) : price;
  const first = profitBetween(book, symbol, { side, steps: opened, from: price, to: exit });
  const commission = lotsOf(symbol, opening.steps) * book.terms.commissionPerLot;
  return equityOf(book) + first - commission >= margin;
}

function netPosition(book: PaperBook, symbol: string) {
  if (book.terms.mode === 'hedging') return undefined;
  return book.positions.find((held) => held.symbol === symbol);
}

/** A code where the broker does not let that side be opened, else null. */
export function sideFault(book: PaperBook, opening: Omit<Opening, 'price'>): number | null {
  const { tradeMode } = heldSymbol(book, opening.symbol);
  const { side } = opening;
  if (tradeMode === 'disabled') return 10017;
  // Netting reduces by the opposite side.
  const met = netPosition(book, opening.symbol);
  if (met && met.side !== side && opening.steps <= met.steps) return null;
  if (tradeMode === 'close-only') return 10044;
  if (tradeMode === 'long-only' && side === -1) return 10042;
  if (tradeMode === 'short-only' && side === 1) return 10043;
  return null;
}

/** A code where one more position, or so much more of the symbol, is too much. */
export function countFault(book: PaperBook, opening: Omit<Opening, 'price'>): number | null {
  const { terms, positions, orders } = book;
  const { symbol, side, steps } = opening;
  const open = positions.filter((held) => held.symbol === symbol);
  if (terms.mode === 'hedging') {
    if (!terms.mayHedge && open.some((held) => held.side !== side)) return 10046;
    if (positions.length >= terms.mostPositions) return 10040;
  }
  if (terms.mostLots === null) return null;
  const working = orders.filter((order) => order.symbol === symbol);
  const same = [...open, ...working].filter((each) => each.side === side);
  const total = same.reduce((sum, each) => sum + each.steps, steps);
  return lotsOf(heldSymbol(book, symbol), total) > terms.mostLots ? 10034 : null;
}

/** What of the volume one quote still offers, in steps. */
export function offeredSteps(book: PaperBook, name: string, wanted: number): number {
  const symbol = heldSymbol(book, name);
  if (symbol.liquidityLots === null) return wanted;
  const most = stepsOf(symbol, symbol.liquidityLots) ?? 0;
  return Math.max(0, Math.min(wanted, most - (book.quotes[name]?.usedSteps ?? 0)));
}

export function useOffer(book: PaperBook, name: string, steps: number): void {
  const quote = book.quotes[name];
  if (quote) quote.usedSteps += steps;
}

/** The quote that fills a market order of that side now; 0 = there is none. */
export function marketPrice(book: PaperBook, symbol: string, side: Direction): number {
  const quote = book.quotes[symbol];
  return quote ? entryOf(quote, side) : 0;
}
