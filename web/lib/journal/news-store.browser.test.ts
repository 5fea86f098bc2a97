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

test('a month without room for all says how many it keeps, and how many of which month it does not', async () => {
  const many = Array.from({ length: 2_000 }, (_, at): NewsEvent => {
    const atMs = Date.parse('2026-11-02T00:00:00Z') + at * 60_000;
    const impact = at % 10 === 0 ? 'high' : 'low';
    return { atMs, currency: 'USD', impact, title: `Event number ${at}` };
  });
  const october = event('2026-10-13', 'CPI');
  const added = await store.add([october, ...many, ...many]);
  expect(added).toEqual({ kept: (await kept()).length, left: 1_800, fullMonths: ['2026-11'] });
  expect(added.kept).toBe(201);
  expect(await store.add([october])).toEqual({ kept: 1, left: 0, fullMonths: [] });
});

test('what was kept before and has to make room counts as left out, not as kept', async () => {
  const of = (impact: NewsEvent['impact'], count: number) =>
    Array.from({ length: count }, (_, at): NewsEvent => {
      const atMs = Date.parse('2026-11-02T00:00:00Z') + at * 60_000;
      return { atMs, currency: 'USD', impact, title: `${impact} ${at} `.padEnd(60, 'x') };
    });
  await store.add(of('low', 100));
  const added = await store.add(of('high', 230));
  expect(added).toEqual({ kept: 230, left: 100, fullMonths: ['2026-11'] });
});

test('what was taken away comes back as it was', async () => {
  await store.add([event('2026-10-13', 'CPI'), event('2026-11-06', 'Jobs')]);
  const before = await database.newsMonths.toArray();
  const removed = await store.removeAll();
  expect(await kept()).toEqual([]);
  await store.restore(removed);
  expect(await database.newsMonths.toArray()).toEqual(before);
});
