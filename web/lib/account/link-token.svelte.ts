/**
 * The token of a link in a mail, `/account/verify/#TOKEN`, taken out of the address at once.
 *
 * It stays in memory alone: not in the address bar, the history or a bookmark. Call it while a
 * component is being set up; `value` is null without a token, `known` turns true once looked.
 */
import { onMount } from 'svelte';

export function linkToken(): { readonly value: string | null; readonly known: boolean } {
  let value = $state<string | null>(null);
  let known = $state(false);
  const take = () => {
    const token = location.hash.slice(1);
    if (token !== '') {
      value = decodeURIComponent(token);
      history.replaceState(history.state, '', location.pathname + location.search);
    }
    known = true;
  };
  onMount(() => {
    take();
    // A second link pressed while the page stands open changes nothing but the anchor.
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  });
  return {
    get value() {
      return value;
    },
    get known() {
      return known;
    },
  };
}
