/** What can be done to the news of the journal: a calendar joined to what is kept, all taken away, undone. */
import type { NewsMonth } from '#core/collections/news-month.ts';
import type { NewsEvent } from '#core/journal/news.ts';
import { joinedNews, monthOfNews, readNewsLines } from '#core/journal/news-lines.ts';
import type { Database } from '#workers/store/database.ts';
import { writing } from '#workers/store/writing.ts';

export interface NewsAdded {
  /** Of the events those that are in the journal now, each once. */
  readonly kept: number;
  /** Those that their months have no room for: of the events, and of what was kept before. */
  readonly left: number;
  /** `2026-11`, rising. */
  readonly fullMonths: readonly string[];
}

export interface NewsStore {
  /** Each event once, whatever was kept before. */
  add(events: readonly NewsEvent[]): Promise<NewsAdded>;
  /** For `restore`. */
  removeAll(): Promise<readonly NewsMonth[]>;
  restore(months: readonly NewsMonth[]): Promise<void>;
}

const collection = 'newsMonths';

export function newsStore(database: Database, nowMs: () => number): NewsStore {
  const target = { database, collections: [collection] };
  return {
    add: (events) =>
      writing(target, async (write) => {
        const months = new Map<string, NewsEvent[]>();
        for (const event of events) {
          const month = monthOfNews(event.atMs);
          const known = months.get(month);
          if (known) known.push(event);
          else months.set(month, [event]);
        }
        const rows = await database.newsMonths.bulkGet([...months.keys()]);
        const updatedMs = nowMs();
        const joined = [...months].map(([id, added], at) => {
          const before = rows[at]?.lines ?? '';
          return { id, before, ...joinedNews(readNewsLines(before), added) };
        });
        await write(
          joined
            .filter(({ before, lines }) => lines !== before)
            .map(({ id, lines }) => ({
              kind: 'put',
              collection,
              id,
              fields: { lines, updatedMs },
            })),
        );
        return {
          kept: joined.reduce((sum, { kept }) => sum + kept, 0),
          left: joined.reduce((sum, { left }) => sum + left, 0),
          fullMonths: joined.flatMap(({ id, left }) => (left > 0 ? [id] : [])).sort(),
        };
      }),
    removeAll: () =>
      writing(target, async (write) => {
        const months = await database.newsMonths.toArray();
        await write(months.map(({ id }) => ({ kind: 'remove', collection, id }) as const));
        return months;
      }),
    restore: (months) =>
      writing(target, async (write) => {
        await write(
          months.flatMap(({ id, lines, updatedMs }) => [
            { kind: 'restore', collection, id } as const,
            { kind: 'put', collection, id, fields: { lines, updatedMs } } as const,
          ]),
        );
      }),
  };
}
