/** What a bot asks at the close of a bar for the positions that it holds: new stops, parts to take. */
import { isReached, stopAtClose } from '../execution/broker/care-at-close.ts';
import type { Bars } from '../market/bars.ts';
import type { Ask } from './asks.ts';
import type { BotPosition } from './bot-book.ts';
import { gridOf, type BotTerms } from './bot-terms.ts';
import { careOf } from './kept-care.ts';
import { barAt } from './protections.ts';
import type { SizingQuote } from './size.ts';

export interface Tending {
  readonly terms: BotTerms;
  /** Closed ones. */
  readonly bars: Bars;
  readonly quote: SizingQuote;
}

/** Parts first, then the stop: where price has passed that already, the position is closed. */
export function tendingOf(held: BotPosition, { terms, bars, quote }: Tending): readonly Ask[] {
  const { care, side, position, target, entryPrice } = held;
  if (!care) return [];
  const best = bestSince(bars, held);
  if (Number.isNaN(best)) return [];
  const { contractSize, settings } = terms;
  const grid = gridOf(terms);
  const entered = { side, price: entryPrice, units: care.lots * contractSize };
  const resolved = careOf(care.asked, settings, { ...entered, stop: care.stop ?? NaN });
  const asks: Ask[] = [];
  let leftLots = held.lots;
  resolved.partials.forEach(({ level, units }, part) => {
    if (care.taken.includes(part) || !isReached(level, { side, best })) return;
    const lots = Number((units / contractSize).toPrecision(12));
    asks.push({ t: 'close', position, lots, part });
    leftLots = Number((leftLots - lots).toPrecision(12));
  });
  if (leftLots <= 0) return asks;
  const price = side === 1 ? quote.bid : quote.ask;
  const stop = held.stop ?? NaN;
  const tended = stopAtClose(resolved, { side, entryPrice, stop, best, price, grid });
  if (tended.isMet) asks.push({ t: 'close', position });
  else if (!Object.is(tended.stop, stop)) {
    asks.push({ t: 'move', position, stop: tended.stop, target });
  }
  return asks;
}

/** The best bid of the closed bars since the entry, of whose own bar the close counts alone. */
function bestSince(bars: Bars, { side, entryBarMs }: BotPosition): number {
  const { timesMs, bid, scale, length } = bars;
  const entry = Math.max(barAt(timesMs, entryBarMs), 0);
  const column = side === 1 ? bid.high : bid.low;
  let best = NaN;
  const take = (price: number) => {
    if (!(side * (best - price) >= 0)) best = price;
  };
  if (entry < length) take(bid.close[entry]! / scale);
  for (let bar = entry + 1; bar < length; bar++) take(column[bar]! / scale);
  return best;
}
