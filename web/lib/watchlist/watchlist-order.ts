/** Where a symbol stands in a watchlist: keys that sort as text, with room between any two. */
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import type { WatchlistItem } from '#core/collections/watchlist-item.ts';

type Placed = Pick<WatchlistItem, 'id' | 'order'>;

/** By their keys as computers compare text; two that meet at one place by their ids. */
export function inOrder<T extends Placed>(items: readonly T[]): readonly T[] {
  return items.toSorted((a, b) => compare(a.order, b.order) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The key of a new last one. */
export function orderAtEnd(items: readonly Placed[]): string {
  const last = inOrder(items).at(-1)?.order ?? null;
  return keyBetween(last, null) ?? `${last}V`;
}

/**
 * The items whose keys change so that the one at `from` stands at `to`: that one alone, or all
 * of them where two devices gave neighbours the same key and nothing fits between.
 */
export function moved(items: readonly Placed[], from: number, to: number): readonly Placed[] {
  const before = inOrder(items);
  const item = before[from];
  if (!item || from === to || to < 0 || to >= before.length) return [];
  const after = before.toSpliced(from, 1).toSpliced(to, 0, item);
  const order = keyBetween(after[to - 1]?.order ?? null, after[to + 1]?.order ?? null);
  if (order !== null) return [{ id: item.id, order }];
  const keys = generateNKeysBetween(null, null, after.length);
  return after
    .map(({ id }, at) => ({ id, order: keys[at]! }))
    .filter(({ id, order: key }) => before.find((each) => each.id === id)!.order !== key);
}

/** Null where the two are no keys or leave no room. */
function keyBetween(low: string | null, high: string | null): string | null {
  try {
    return generateKeyBetween(low, high);
  } catch {
    // The library throws on keys that are not its own: those of another program, say.
    return null;
  }
}
