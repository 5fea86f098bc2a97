/** Pages of an account's list, newest first, whose newest is asked for again as things change. */
import type { Answer } from '#lib/account/api.ts';
import { Paged, type Page } from '#lib/account/paged.svelte.ts';
import type { Book } from '#lib/trading/book.svelte.ts';
import { whenChanged } from '#lib/trading/when-changed.svelte.ts';

/** Where the next page goes on. */
export interface Cursor {
  readonly ms: number;
  readonly id: string;
}

export interface NewestPages<Row> {
  readonly pages: Paged<Row, Cursor>;
  /** Who reads further down is left alone. */
  readonly further: () => void;
}

/** Call it while a component is being set up. */
export function newestPages<Row>(
  book: Book,
  ask: (after: Cursor | null) => Promise<Answer<Page<Row, Cursor>>>,
): NewestPages<Row> {
  const pages = new Paged<Row, Cursor>(ask);
  let isFurther = false;
  whenChanged(book, () => {
    if (!isFurther) void pages.restart();
  });
  return { pages, further: () => void (isFurther = true) };
}
