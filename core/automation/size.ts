/** How many lots an entry is, reckoned at the quote of the moment by the sizing of the engine. */
import { snapLots } from '../risk/grid.ts';
import { settle } from '../execution/costs.ts';
import { entryUnits } from '../execution/sizing.ts';
import type { EntryAsk } from './asks.ts';
import { cashOf, type BotBook, type BotPosition } from './bot-book.ts';
import type { BotTerms } from './bot-terms.ts';

export interface SizingQuote {
  readonly bid: number;
  readonly ask: number;
}

export interface Sized {
  readonly terms: BotTerms;
  readonly book: BotBook;
  readonly capital: number;
  readonly quote: SizingQuote;
}

/** Lots on the broker's grid; 0 = the entry is dropped. */
export function lotsOf(ask: EntryAsk, sized: Sized): number {
  const { terms, book, quote } = sized;
  const { settings, contractSize } = terms;
  const { side } = ask;
  const price = fillPrice(ask, quote);
  const { equity, usedMargin } = moneyOf(sized);
  // A net that the entry takes from gives its margin back.
  const met = settings.positions === 'netting' && book.positions.find((held) => held.side !== side);
  const units = entryUnits(settings, ask.sizing, {
    side,
    cash: equity,
    usedMargin: usedMargin - (met ? marginOf(terms, met) : 0),
    price,
    fillPrice: price,
    closingPrice: ask.kind === 'market' ? exitPrice(side, quote) : price,
    stop: ask.stop ?? NaN,
  });
  const step = settings.volume.step / contractSize;
  return snapLots(units / contractSize, { volumeStepLots: step });
}

/** Where the entry is expected to fill. */
export function fillPrice({ kind, side, price, limitPrice }: EntryAsk, quote: SizingQuote): number {
  const now = side === 1 ? quote.ask : quote.bid;
  if (kind === 'market') return now;
  return (kind === 'stopLimit' ? limitPrice : price) ?? now;
}

/** Cash, equity and pledged margin of the bot, in the money of the symbol's prices. */
export function moneyOf({ terms, book, capital, quote }: Sized) {
  const cash = cashOf(book, capital) / terms.rate;
  let floating = 0;
  let usedMargin = 0;
  for (const held of book.positions) {
    floating += floatingOf(terms, held, quote);
    usedMargin += marginOf(terms, held);
  }
  return { cash: settle(terms.settings, cash), equity: cash + floating, usedMargin };
}

/** Money of the symbol's prices that the position stands at. */
export function floatingOf(
  { contractSize }: BotTerms,
  { side, lots, entryPrice }: BotPosition,
  quote: SizingQuote,
): number {
  return side * lots * contractSize * (exitPrice(side, quote) - entryPrice);
}

function marginOf({ contractSize, settings }: BotTerms, { lots, entryPrice }: BotPosition): number {
  return lots * contractSize * entryPrice * settings.margin;
}

function exitPrice(side: 1 | -1, { bid, ask }: SizingQuote): number {
  return side === 1 ? bid : ask;
}
