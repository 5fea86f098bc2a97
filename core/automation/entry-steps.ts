/** What an entry that is due does first to what is open, and whether it may open at all. */
import { placeable, type LevelGrid } from '../execution/level-grid.ts';
import type { RunSettings } from '../execution/settings.ts';
import type { EntryAsk } from './asks.ts';
import type { BotBook, BotPosition } from './bot-book.ts';
import type { SizingQuote } from './size.ts';

/** Positions that the entry closes before it opens. */
export function closedFor(
  { side }: Pick<EntryAsk, 'side'>,
  { positions }: Pick<BotBook, 'positions'>,
  settings: RunSettings,
): readonly BotPosition[] {
  if (settings.exclusive) return positions;
  return settings.positions === 'single' ? positions.filter((held) => held.side !== side) : [];
}

/** Whether the sides and the number of positions let it open, once those it closes are gone. */
export function mayOpen(
  ask: Pick<EntryAsk, 'side' | 'maxPositions'>,
  book: Pick<BotBook, 'positions'>,
  settings: RunSettings,
): boolean {
  const { side, maxPositions } = ask;
  if (settings.sides !== 'both' && (settings.sides === 'long') !== (side === 1)) return false;
  const closed = closedFor(ask, book, settings);
  const left = book.positions.filter((held) => !closed.includes(held));
  // What goes against a net takes from it, and turns it round where it is more.
  if (settings.positions === 'netting' && left.some((held) => held.side !== side)) return true;
  const most = maxPositions ?? (settings.positions === 'single' ? 1 : Infinity);
  return left.reduce((sum, { entries }) => sum + entries, 0) < most;
}

/** Whether price stands beyond the order's price already, so that it would fill at once. */
export function isMet({ kind, side, price }: EntryAsk, { bid, ask }: SizingQuote): boolean {
  if (kind === 'market' || price === null) return kind === 'market';
  const now = side === 1 ? ask : bid;
  const direction = kind === 'limit' ? -side : side;
  return direction * (now - price) >= 0;
}

/**
 * The order as it can be placed now: at the market where its price is met; of a stop-limit the
 * limit that its trigger leaves.
 */
export function asPlaced(ask: EntryAsk, quote: SizingQuote, grid: LevelGrid): EntryAsk {
  if (ask.kind === 'market') return ask;
  if (!isMet(ask, quote)) return farPlaced(ask, quote, grid);
  if (ask.kind !== 'stopLimit') return { ...ask, kind: 'market', price: null };
  const limit: EntryAsk = { ...ask, kind: 'limit', price: ask.limitPrice, limitPrice: null };
  return isMet(limit, quote)
    ? { ...limit, kind: 'market', price: null }
    : farPlaced(limit, quote, grid);
}

/** A pending order no nearer to the price than the broker takes it. */
function farPlaced(ask: EntryAsk, quote: SizingQuote, grid: LevelGrid): EntryAsk {
  const { side, kind, price, limitPrice, stop, target } = ask;
  const given = {
    ...{ market: 0, units: 0, side, kind },
    ...(price !== null && { price }),
    ...(limitPrice !== null && { limit: limitPrice }),
    ...{ stop: stop ?? NaN, target: target ?? NaN },
  };
  const placed = placeable(given, quote, grid);
  const level = (value: number) => (Number.isNaN(value) ? null : value);
  const levels = { stop: level(placed.stop), target: level(placed.target) };
  return { ...ask, price: placed.price ?? null, ...levels };
}
