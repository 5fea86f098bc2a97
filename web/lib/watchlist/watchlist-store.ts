/** What can be done to a watchlist: each a write that other devices learn of. */
import { watchlistId, type WatchlistItem } from '#core/collections/watchlist-item.ts';
import type { Change } from '#workers/store/writing.ts';
import { moved, orderAtEnd } from './watchlist-order.ts';

/** The one list there is for now; the data hold any number. */
export const onlyList = 'Watchlist';
const collection = 'watchlist';
const mostSymbolLength = 40;

export interface WatchlistStore {
  /** Null where the symbol is empty or in the list already. */
  add(typed: string, items: readonly WatchlistItem[]): Promise<string | null>;
  move(items: readonly WatchlistItem[], from: number, to: number): Promise<void>;
  remove(id: string): Promise<void>;
  /** The item as it was before it was removed. */
  restore(item: WatchlistItem): Promise<void>;
}

/** `eurusd ` as people type it → `EURUSD`; what is stored here keeps its own spelling. */
export function symbolOf(typed: string, stored: readonly string[] = []): string {
  const clean = typed.replaceAll(/[\s\p{Cc}\p{Cs}]+/gu, '').slice(0, mostSymbolLength);
  const own = stored.find((symbol) => symbol.toLowerCase() === clean.toLowerCase());
  return own ?? clean.toUpperCase();
}

export function watchlistStore({
  write,
  nowMs,
}: {
  write(changes: readonly Change[]): Promise<void>;
  nowMs(): number;
}): WatchlistStore {
  return {
    async add(symbol, items) {
      if (symbol === '' || items.some((each) => each.symbol === symbol)) return null;
      const id = watchlistId(onlyList, symbol);
      const order = orderAtEnd(items);
      const fields = { list: onlyList, symbol, order, note: '', addedMs: nowMs() };
      // It may have been there before: then it comes back, at the end.
      await write([
        { kind: 'restore', collection, id },
        { kind: 'put', collection, id, fields },
      ]);
      return id;
    },
    async move(items, from, to) {
      const changes = moved(items, from, to).map(({ id, order }): Change => ({
        kind: 'put',
        collection,
        id,
        fields: { order },
      }));
      if (changes.length > 0) await write(changes);
    },
    remove: (id) => write([{ kind: 'remove', collection, id }]),
    restore: ({ id, ...fields }) =>
      write([
        { kind: 'restore', collection, id },
        { kind: 'put', collection, id, fields },
      ]),
  };
}
