/**
 * The `?name=value` of the address, which names what a page shows: `/prices/?series=EURUSD.H1`.
 *
 * Null while a page is prerendered and until it has been taken over in the browser, so that both
 * draw the same skeleton; `known` then turns true. Call it while a component is being set up.
 */
import { onMount } from 'svelte';
import { page } from '$app/state';

export function queryParameter(name: string): {
  readonly value: string | null;
  readonly known: boolean;
} {
  let known = $state(false);
  onMount(() => {
    known = true;
  });
  const value = $derived(known ? page.url.searchParams.get(name) : null);
  return {
    get value() {
      return value;
    },
    get known() {
      return known;
    },
  };
}
