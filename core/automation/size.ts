/** How many lots an entry is, reckoned at the quote of the moment by the sizing of the engine. */
import { snapLots } from '../risk/grid.ts';
import { settle } from '../execution/costs.ts';
import { levelsFrom } from '../execution/level-grid.ts';
import { entryUnits } from '../execution/sizing.ts';
import type { EntryAsk } from './asks.ts';
import { cashOf, type BotBook, type BotPosition } from './bot-book.ts';
import { gridOf, type BotTerms } from './bot-terms.ts';

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
export function lotsOf(asked: EntryAsk, sized: Sized): number {
  const { terms, book, quote } = sized;
  const ask = takenAsk(asked, terms, quote);
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
    closingPrice: closingPrice(ask, quote),
    stop: ask.stop ?? NaN,
  });
  const step = settings.volume.step / contractSize;
  return snapLots(units / contractSize, { volumeStepLots: step });
}

/**
 * The entry with its levels where the broker takes them as the price stands; those of a pending one
 * were when it was asked for.
 */
export function takenAsk(ask: EntryAsk, terms: BotTerms, quote: SizingQuote): EntryAsk {
  if (ask.kind !== 'market') return ask;
  const { side, stop, target } = ask;
  const asked = { side, stop: stop ?? NaN, target: target ?? NaN };
  const taken = levelsFrom(asked, closingPrice(ask, quote), gridOf(terms));
  return { ...ask, stop: orNull(taken.stop), target: orNull(taken.target) };
}

const orNull = (level: number): number | null => (Number.isNaN(level) ? null : level);

/** Where the entry is expected to fill. */
export function fillPrice({ kind, side, price, limitPrice }: EntryAsk, quote: SizingQuote): number {
  const now = side === 1 ? quote.ask : quote.bid;
  if (kind === 'market') return now;
  return (kind === 'stopLimit' ? limitPrice : price) ?? now;
}

/** Where it could be closed as soon as it is filled; of a pending order nobody knows but its price. */
export function closingPrice(ask: EntryAsk, quote: SizingQuote): number {
  return ask.kind === 'market' ? exitPrice(ask.side, quote) : fillPrice(ask, quote);
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
