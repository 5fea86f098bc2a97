/** What the journal's list shows, under a name of the trader's: a filter, an order, the columns. */
import type { Collection } from './collection.ts';
import { id, name } from './row-shapes.ts';
import { finite, flag, list, object, orNull, record, text } from './shape.ts';

export interface ListLook {
  /** Controls of the filter by their names; one that is missing is empty. */
  readonly filter: Readonly<Record<string, string>>;
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
  /** Ids of columns that are not shown; `+id`: shown, though it is not unless asked for. */
  readonly hidden: readonly string[];
}

export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly look: ListLook;
  readonly updatedMs: number;
}

export const longestViewName = 60;

export const journalViews: Collection = {
  name: 'journalViews',
  schemaVersion: 1,
  key: 'id',
  fields: {
    name: { merge: 'value', shape: name },
    // One value: half a filter of one device and half of another's shows what nobody asked for.
    look: {
      merge: 'value',
      shape: object<ListLook>({
        filter: record(text(1000)),
        sort: orNull(object({ column: id, descending: flag })),
        hidden: list(id, 100),
      }),
    },
    updatedMs: { merge: 'value', shape: finite },
  },
};
