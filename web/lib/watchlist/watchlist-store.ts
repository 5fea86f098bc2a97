/** What can be done to watchlists: each a write that other devices learn of. */
import { watchlistId, type WatchlistItem } from '#core/collections/watchlist-item.ts';
import type { Change } from '#workers/store/writing.ts';
import { inOrder, moved, orderAtEnd } from './watchlist-order.ts';
import { say } from '../words/language.ts';

/** The list that everybody has. */
export const onlyList = say`Watchlist`;
const collection = 'watchlist';
const mostSymbolLength = 40;
/** With it and a symbol the id of an item stays within what an id may be. */
export const mostListLength = 40;

export interface WatchlistStore {
  /** Null where the symbol is empty or in the list already; `items` are those of that list. */
  add(typed: string, items: readonly WatchlistItem[], list?: string): Promise<string | null>;
  move(items: readonly WatchlistItem[], from: number, to: number): Promise<void>;
  remove(id: string): Promise<void>;
  /** The items as they were before they were removed. */
  restore(...items: readonly WatchlistItem[]): Promise<void>;
  /** All of a list under another name, in their order. */
  rename(items: readonly WatchlistItem[], name: string): Promise<void>;
  removeAll(items: readonly WatchlistItem[]): Promise<void>;
}

/**
 * `eurusd ` as people type it → `EURUSD`. What is stored here keeps its own spelling, and so does what
 * is typed with capitals: brokers tell `EURUSDm` and `EURUSDM` apart.
 */
export function symbolOf(typed: string, stored: readonly string[] = []): string {
  const clean = typed.replaceAll(/[\s\p{Cc}\p{Cs}]+/gu, '').slice(0, mostSymbolLength);
  const own = stored.find((symbol) => symbol.toLowerCase() === clean.toLowerCase());
  return own ?? (clean === clean.toLowerCase() ? clean.toUpperCase() : clean);
}

export function watchlistStore({
  write,
  nowMs,
}: {
  write(changes: readonly Change[]): Promise<void>;
  nowMs(): number;
}): WatchlistStore {
  return {
    async add(symbol, items, list = onlyList) {
      if (symbol === '' || items.some((each) => each.symbol === symbol)) return null;
      const id = watchlistId(list, symbol);
      const order = orderAtEnd(items);
      // It may have been there before: then it comes back, at the end.
      await write(putBack({ id, list, symbol, order, note: '', addedMs: nowMs() }));
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
    restore: (...items) => write(items.flatMap(putBack)),
    rename: (items, list) =>
      write(
        inOrder(items).flatMap((item) => [
          ...putBack({ ...item, id: watchlistId(list, item.symbol), list }),
          { kind: 'remove', collection, id: item.id } as const,
        ]),
      ),
    removeAll: (items) => write(items.map(({ id }) => ({ kind: 'remove', collection, id }))),
  };
}

function putBack({ id, ...fields }: WatchlistItem): readonly Change[] {
  return [
    { kind: 'restore', collection, id },
    { kind: 'put', collection, id, fields },
  ];
}
