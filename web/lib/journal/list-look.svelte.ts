/** How the journal's list looks now, and looking as a saved view says. */
import type { ListLook, SavedView } from '#core/collections/journal-view.ts';
import { TableChoice } from '../ui/table-choice.svelte.ts';
import { fieldsOf, takeFields, type FilterChoice } from './filter-choice.svelte.ts';

/** Columns that stand in the list only for who wants them. */
export const columnsAskedFor = [
  ...(['openedMs', 'account', 'playbook', 'mistakes'] as const),
  ...(['sl', 'tp', 'plannedRatio', 'costs', 'mae', 'mfe'] as const),
] as const;

let table: TableChoice | null = null;

/**
 * Order and columns of the list, one for all pages; made where there is a browser. The order is set
 * where it is made alone: whoever reads how the list looks must change nothing.
 */
export function journalTable(): TableChoice {
  if (!table) {
    table = new TableChoice('journal', { askedFor: columnsAskedFor });
    table.sort ??= { column: 'closedMs', descending: true };
  }
  return table;
}

export function lookNow(choice: FilterChoice): ListLook {
  const { sort, hiddenIds } = journalTable();
  return { filter: fieldsOf(choice), sort: sort && { ...sort }, hidden: [...hiddenIds] };
}

/** All of it, also what was changed since it was taken before. */
export function takeView(choice: FilterChoice, { id, look }: Pick<SavedView, 'id' | 'look'>): void {
  takeFields(choice, look.filter);
  journalTable().take(look);
  choice.viewId = id;
}

/** The same round trips in the same order and columns. */
export function isSameLook(a: ListLook, b: ListLook): boolean {
  const told = ({ filter, sort, hidden }: ListLook) =>
    JSON.stringify([
      Object.entries(filter).toSorted(),
      sort && [sort.column, sort.descending],
      hidden.toSorted(),
    ]);
  return told(a) === told(b);
}
