/**
 * What the engine's broker does by itself when an order fills, and a real one does not: orders
 * that would open one position too many go, and a single position is not held both ways.
 */
import type { RunSettings } from '../execution/settings.ts';
import type { Ask } from './asks.ts';
import type { BotBook } from './bot-book.ts';
import { mayOpen } from './entry-steps.ts';

export function upkeep(
  book: BotBook,
  settings: RunSettings,
  maxPositions: number | null,
): readonly Ask[] {
  const last = book.positions.at(-1);
  const strays =
    settings.positions === 'single' || settings.exclusive
      ? book.positions.filter((held) => held !== last && leavesFor(held.side, last?.side, settings))
      : [];
  const left = { positions: book.positions.filter((held) => !strays.includes(held)) };
  const surplus = book.orders.filter(
    ({ side }) => !mayOpen({ side, maxPositions }, left, settings),
  );
  return [
    ...strays.map(({ position }): Ask => ({ t: 'close', position })),
    ...surplus.map(({ order }): Ask => ({ t: 'cancel', order })),
  ];
}

function leavesFor(side: 1 | -1, last: 1 | -1 | undefined, { exclusive }: RunSettings): boolean {
  return exclusive || side !== last;
}
