/** News in a real database: each event once, months that nothing new came to untouched, undone whole. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NewsEvent } from '#core/journal/news.ts';
import { readNewsLines } from '#core/journal/news-lines.ts';
import { Database } from '#workers/store/database.ts';
import { newsStore, type NewsStore } from './news-store.ts';

let database: Database;
let store: NewsStore;
let now = 0;
beforeEach(() => {
  database = new Database(`news-${Math.random()}`);
  store = newsStore(database, () => ++now);
});
afterEach(() => database.delete({ disableAutoOpen: true }));

const event = (day: string, title: string): NewsEvent => ({
  ...{ atMs: Date.parse(`${day}T13:30:00Z`), currency: 'USD', impact: 'high', title },
});
const kept = async () => {
  const rows = await database.newsMonths.toArray();
  return rows.flatMap(({ lines }) => readNewsLines(lines));
};

test('a calendar that overlaps adds what is new, and the same one changes nothing', async () => {
  const [cpi, jobs, rates] = [
    event('2026-10-13', 'CPI'),
    event('2026-11-06', 'Jobs'),
    event('2026-11-18', 'Rates'),
  ];
  await store.add([cpi, jobs]);
  const before = await database.newsMonths.get('2026-10');
  await store.add([rates, jobs, cpi]);
  expect(await kept()).toEqual([cpi, jobs, rates]);
  expect(await database.newsMonths.get('2026-10')).toEqual(before);
});

test('what was taken away comes back as it was', async () => {
  await store.add([event('2026-10-13', 'CPI'), event('2026-11-06', 'Jobs')]);
  const before = await database.newsMonths.toArray();
  const removed = await store.removeAll();
  expect(await kept()).toEqual([]);
  await store.restore(removed);
  expect(await database.newsMonths.toArray()).toEqual(before);
});
