/** Leaves this page: loads it anew as soon as no job runs in this tab, or goes elsewhere. */
import { work } from './work.svelte.ts';

let isAsked = false;

/** To another page, loaded anew; a reload asked for meanwhile does not come between. */
export function leaveTo(path: string): void {
  isAsked = true;
  location.assign(path);
}

/** Asked twice it does so once. */
export function reloadWhenIdle(): void {
  if (isAsked) return;
  isAsked = true;
  const look = () => {
    if (work.busy) setTimeout(look, 1_000);
    else location.reload();
  };
  look();
}
