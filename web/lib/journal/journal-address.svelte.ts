/**
 * The filter of the journal in the address, `/journal/?symbol=EURUSD&r=1..`, so that reload, Back and
 * a link that was copied bring the same list. Only what is asked stands there; a saved view by its id.
 */
import { onMount, untrack } from 'svelte';
import { goto } from '$app/navigation';
import { page } from '$app/state';
import { database } from '../state/database.ts';
import { notify } from '../state/notices.ts';
import { say } from '../words/language.ts';
import { fieldsIn, filterQuery, tripAddress, viewName, withFilter } from './filter-address.ts';
import { fieldsOf, takeFields, type FilterChoice } from './filter-choice.svelte.ts';
import { takeView } from './list-look.svelte.ts';

/** Typing must not go to the address letter by letter. */
const settleMs = 300;

export function queryOf(choice: FilterChoice): string {
  const view = choice.viewId === null ? {} : { [viewName]: choice.viewId };
  return filterQuery({ ...view, ...fieldsOf(choice) });
}

/** The journal with what is chosen, and the round trip of this id. */
export function journalHref(choice: FilterChoice, trip: string | null): string {
  return tripAddress(queryOf(choice), trip);
}

/**
 * What the address asks is chosen, and what is chosen stands in the address. One that asks nothing
 * leaves what was chosen on another page. Call it while a component is set up.
 */
export function followAddress(choice: FilterChoice): void {
  let isKnown = $state(false);
  onMount(() => {
    isKnown = true;
  });
  /** What both last agreed on. */
  let agreed: string | null = null;
  let settled = choice.text;
  $effect(() => {
    const fields = fieldsIn(page.url.searchParams);
    const there = filterQuery(fields);
    if (there === agreed) return;
    agreed = there;
    if (there !== '') untrack(() => take(choice, fields));
  });
  $effect(() => {
    const chosen = queryOf(choice);
    const { url } = page;
    const { text } = choice;
    if (!isKnown || chosen === filterQuery(fieldsIn(url.searchParams))) return;
    const waitMs = text === settled ? 0 : settleMs;
    const timer = setTimeout(() => {
      agreed = chosen;
      settled = text;
      void goto(withFilter(url, chosen), { replaceState: true, keepFocus: true, noScroll: true });
    }, waitMs);
    return () => clearTimeout(timer);
  });
}

function take(choice: FilterChoice, told: Readonly<Record<string, string>>): void {
  const { [viewName]: view, ...fields } = told;
  if (Object.keys(fields).length > 0) {
    takeFields(choice, fields);
    choice.viewId = view ?? null;
  } else if (view !== undefined) void takeSaved(choice, view);
}

/** As the palette leads to one. */
async function takeSaved(choice: FilterChoice, id: string): Promise<void> {
  const found = await database.journalViews.get(id);
  if (found) return takeView(choice, found);
  choice.viewId = null;
  void notify({ text: say`This view is not on this device.` });
}
