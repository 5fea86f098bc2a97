/** How the journal's list looks now, and looking as a saved view says. */
import type { ListLook } from '#core/collections/journal-view.ts';
import { TableChoice } from '../ui/table-choice.svelte.ts';
import { fieldsOf, takeFields, type FilterChoice } from './filter-choice.svelte.ts';

let table: TableChoice | null = null;

/**
 * Order and columns of the list, one for all pages; made where there is a browser. The order is set
 * where it is made alone: whoever reads how the list looks must change nothing.
 */
export function journalTable(): TableChoice {
  if (!table) {
    table = new TableChoice('journal');
    table.sort ??= { column: 'closedMs', descending: true };
  }
  return table;
}

export function lookNow(choice: FilterChoice): ListLook {
  const { sort, hiddenIds } = journalTable();
  return { filter: fieldsOf(choice), sort: sort && { ...sort }, hidden: [...hiddenIds] };
}

export function takeLook(choice: FilterChoice, { filter, sort, hidden }: ListLook): void {
  takeFields(choice, filter);
  journalTable().take({ hidden, sort });
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
