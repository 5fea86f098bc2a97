/** Volumes, prices and money of the paper account, and what it is worth at the quotes of the moment. */
import { assert } from '#core/assert.ts';
import type { Direction, PaperBook, PaperPosition, PaperQuote } from './paper-book.ts';
import type { PaperSymbol } from './paper-symbols.ts';

const MINOR_UNITS = 100;

/** Whole minor units, half away from zero. */
export function toMinor(amount: number): number {
  const minor = Math.floor(Math.abs(amount) * MINOR_UNITS + 0.5);
  return amount < 0 && minor > 0 ? -minor : minor;
}

export function fromMinor(minor: number): number {
  return minor / MINOR_UNITS;
}

export function findSymbol(book: PaperBook, symbol: string): PaperSymbol | null {
  return book.symbols.find((each) => each.symbol === symbol) ?? null;
}

/** Of a symbol that something is held in, which is never taken away. */
export function heldSymbol(book: PaperBook, symbol: string): PaperSymbol {
  const found = findSymbol(book, symbol);
  assert(found !== null, 'what is held has a symbol');
  return found;
}

export function pointOf({ digits }: PaperSymbol): number {
  return 10 ** -digits;
}

/** Whole steps, or null where the volume is on none. */
export function stepsOf({ volumeStepLots }: PaperSymbol, lots: number): number | null {
  const steps = Math.round(lots / volumeStepLots);
  const isOn = Number.isSafeInteger(steps) && Math.abs(lots / volumeStepLots - steps) < 1e-6;
  return isOn ? steps : null;
}

export function lotsOf({ volumeStepLots }: PaperSymbol, steps: number): number {
  return withoutDust(steps * volumeStepLots);
}

export function unitsOf({ contractSize, volumeStepLots }: PaperSymbol, steps: number): number {
  return steps * withoutDust(contractSize * volumeStepLots);
}

function withoutDust(value: number): number {
  return Number(value.toFixed(8));
}

/** On the grid of the symbol's last digit. */
export function snapPrice({ digits }: PaperSymbol, price: number): number {
  return Number(price.toFixed(digits));
}

/** The quote that closes a position of that side and values it. */
export function exitOf({ bid, ask }: Pick<PaperQuote, 'bid' | 'ask'>, side: Direction): number {
  return side === 1 ? bid : ask;
}

export function entryOf({ bid, ask }: Pick<PaperQuote, 'bid' | 'ask'>, side: Direction): number {
  return side === 1 ? ask : bid;
}

/** What one unit of a currency is in account money, at the middle of the quotes. */
export function rateOf(book: PaperBook, currency: string): number {
  const { currency: own } = book.terms;
  if (currency === own) return 1;
  const direct = pairPrice(book, currency, own);
  if (direct !== null) return direct;
  const dollars = pairPrice(book, currency, 'USD');
  const ownDollars = pairPrice(book, own, 'USD');
  return (dollars ?? 1) / (ownDollars ?? 1);
}

/** Price of the pair either way round; null = no such pair is traded. */
function pairPrice(book: PaperBook, from: string, to: string): number | null {
  for (const each of book.symbols) {
    const { base, profitCurrency } = each;
    if (base === from && profitCurrency === to) return middle(book, each);
    if (base === to && profitCurrency === from) return 1 / middle(book, each);
  }
  return null;
}

function middle({ quotes }: PaperBook, { symbol, firstPrice }: PaperSymbol): number {
  const quote = quotes[symbol];
  return quote ? (quote.bid + quote.ask) / 2 : firstPrice;
}

/** What so many steps earn between two prices, in account money, unrounded. */
export function profitBetween(
  book: PaperBook,
  symbol: PaperSymbol,
  trade: {
    readonly side: Direction;
    readonly steps: number;
    readonly from: number;
    readonly to: number;
  },
): number {
  const { side, steps, from, to } = trade;
  return side * unitsOf(symbol, steps) * (to - from) * rateOf(book, symbol.profitCurrency);
}

/** What the position would earn if it closed now, without swap; unrounded. */
export function floatingOf(book: PaperBook, held: PaperPosition): number {
  const quote = book.quotes[held.symbol];
  if (!quote) return 0;
  const { side, steps, openPrice } = held;
  const path = { side, steps, from: openPrice, to: exitOf(quote, side) };
  return profitBetween(book, heldSymbol(book, held.symbol), path);
}

/** Unrounded. */
export function equityOf(book: PaperBook): number {
  let equity = fromMinor(book.balanceMinor);
  for (const held of book.positions) equity += floatingOf(book, held) + fromMinor(held.swapMinor);
  return equity;
}

/** Units × price ÷ leverage, unrounded: as the reference broker pledges. */
export function marginFor(
  book: PaperBook,
  symbol: PaperSymbol,
  { steps, price }: { readonly steps: number; readonly price: number },
): number {
  const value = unitsOf(symbol, steps) * price * rateOf(book, symbol.profitCurrency);
  return value / book.terms.leverage;
}

/** Positions of both sides of one symbol are each pledged for. */
export function marginOf(book: PaperBook): number {
  let margin = 0;
  for (const { symbol, steps, openPrice } of book.positions) {
    margin += marginFor(book, heldSymbol(book, symbol), { steps, price: openPrice });
  }
  return margin;
}
