/** The news on this device, as reports count by them; follows what comes from other devices. */
import { liveQuery } from 'dexie';
import type { Failure } from '#core/errors.ts';
import { newsBook, type NewsBook } from '#core/journal/news.ts';
import { readNewsLines } from '#core/journal/news-lines.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Database } from '#workers/store/database.ts';
import { storeFailure } from '#workers/store/failure.ts';

export interface NewsShelf {
  /** Null where no news are kept. Errors: `store.*`. */
  book(): Promise<Result<NewsBook | null, Failure>>;
  onchange(listener: () => void): void;
}

export function newsShelf(database: Database): NewsShelf {
  const listeners: (() => void)[] = [];
  let known: Result<NewsBook | null, Failure> | null = null;
  let begun: () => void = () => undefined;
  const begin = new Promise<void>((resolve) => {
    begun = resolve;
  });
  function take(read: Result<NewsBook | null, Failure>): void {
    const isFirst = known === null;
    known = read;
    begun();
    if (!isFirst) for (const listener of listeners) listener();
  }
  liveQuery(() => database.newsMonths.toArray()).subscribe({
    next: (rows) => {
      const events = rows.flatMap(({ lines }) => readNewsLines(lines));
      take(ok(events.length === 0 ? null : newsBook(events)));
    },
    error: (error: unknown) => take(fail(storeFailure(error))),
  });
  return {
    async book() {
      await begin;
      return known ?? ok(null);
    },
    onchange: (listener) => void listeners.push(listener),
  };
}
