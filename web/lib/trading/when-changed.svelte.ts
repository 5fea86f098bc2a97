/** Asks again what changes with a book, but not oftener than every two seconds. */
import { untrack } from 'svelte';
import type { Book } from './book.svelte.ts';

const everyMs = 2_000;

/** Call it while a component is being set up. */
export function whenChanged(book: Book, act: () => void): void {
  let actedMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  $effect(() => {
    void book.changes;
    const waitMs = actedMs + everyMs - Date.now();
    const now = () => {
      timer = undefined;
      actedMs = Date.now();
      untrack(act);
    };
    if (waitMs <= 0) now();
    else timer ??= setTimeout(now, waitMs);
  });
  $effect(() => () => clearTimeout(timer));
}
