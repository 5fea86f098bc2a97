/** A symbol that the trader watches, at its place in the list. */
import type { Collection } from './collection.ts';
import { id, name } from './row-shapes.ts';
import { finite, text } from './shape.ts';

export interface WatchlistItem {
  /** `LIST SYMBOL`, so that two devices that add the same symbol mean the same row. */
  readonly id: string;
  readonly list: string;
  readonly symbol: string;
  /** A fractional index: sorts as text, and there is always room between two. */
  readonly order: string;
  readonly note: string;
  readonly addedMs: number;
}

export function watchlistId(list: string, symbol: string): string {
  return `${list} ${symbol}`;
}

export const watchlist: Collection = {
  name: 'watchlist',
  schemaVersion: 1,
  key: 'id',
  fields: {
    list: { merge: 'value', shape: name },
    symbol: { merge: 'value', shape: id },
    order: { merge: 'value', shape: text(500) },
    note: { merge: 'value', shape: text(2_000) },
    addedMs: { merge: 'value', shape: finite },
  },
};
