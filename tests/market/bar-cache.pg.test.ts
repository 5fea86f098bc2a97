/** Bars that are kept in a real Postgres: pages hang together, grow old, and are found by indexes. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ok } from '#core/result.ts';
import { keepBars, keptBars, readKept } from '#sync/market/bar-cache.ts';
import { barRoom } from '#sync/market/bar-room.ts';
import type { BarsOf } from '#sync/market/bar-table.ts';
import { pageOfBars } from '#sync/market/page-of-bars.ts';
import type { BarRow, BarsAsk, FetchedBars } from '#sync/market/provider.ts';
import { sweepMarket } from '#sync/market/sweep.ts';
import { addMinutes, readHours } from '#sync/terminals/paper/minute-store.ts';
import { testDatabase, type TestDatabase } from '../postgres.ts';

let database: TestDatabase;
beforeAll(async () => (database = await testDatabase()));
afterAll(() => database?.close());

const minuteMs = 60_000;
const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 4, 4);
/** Up to now, with gaps such as nights and weekends leave; the last still forms. */
const rowsOf = (gaps: readonly number[]): readonly BarRow[] => {
  const all: BarRow[] = [];
  let openMs = nowMs - 30_000;
  for (const gap of gaps) {
    all.unshift({ openMs, open: 1.5, high: 2, low: 1, close: 1.25, volume: 7 });
    openMs -= gap * minuteMs;
  }
  return all;
};

function pageFrom(rows: readonly BarRow[], { beforeMs, limit }: BarsAsk): FetchedBars {
  const older = rows.filter(({ openMs }) => beforeMs === null || openMs < beforeMs);
  return { rows: older.slice(-limit), hasMore: older.length > limit, digits: 3 };
}

const freshSource = (): BarsOf => ({ source: randomUUID() });
const freshAccount = (): BarsOf => ({ userId: randomUUID(), accountId: randomUUID() });
const question = (beforeMs: number | null, limit: number): BarsAsk => ({
  ...{ symbol: 'A', timeframe: 'M1', beforeMs, limit },
});

const room = barRoom({ account: 1_000_000, source: 1_000_000 }, () => nowMs);

/** Asks as the server does, and counts how often the source was asked. */
async function asked(of: BarsOf, rows: readonly BarRow[], ask: BarsAsk, atMs = nowMs) {
  let fetches = 0;
  const page = await pageOfBars({
    ask,
    mostBars: 10,
    now: () => atMs,
    store: keptBars({ queries: database.app, room, now: () => atMs }, of, 2_000),
    async tell(part) {
      fetches += 1;
      return ok(pageFrom(rows, part));
    },
  });
  if (!page.ok) throw new Error('no page');
  return { ...page.value, fetches };
}

test('any pages asked in any order are what the source has, and asked again come from here', async () => {
  const there = fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 60 }).map(rowsOf);
  const asks = fc.array(fc.record({ back: fc.nat(60), limit: fc.integer({ min: 1, max: 30 }) }), {
    ...{ minLength: 1, maxLength: 6 },
  });
  await fc.assert(
    fc.asyncProperty(there, asks, fc.boolean(), async (rows, wishes, isPublic) => {
      const of = isPublic ? freshSource() : freshAccount();
      for (const { back, limit } of wishes) {
        const beforeMs = back === 0 ? null : (rows.at(-back)?.openMs ?? null);
        const ask = question(beforeMs, limit);
        for (const round of [1, 2]) {
          const page = await asked(of, rows, ask);
          const expected = pageFrom(rows, ask);
          expect(page.rows).toEqual(expected.rows);
          expect(page.hasMore).toBe(expected.hasMore);
          // Nothing is kept of what is not there, or lies before a bar that was never told.
          const isKnown = beforeMs === null || (await isKept(of, beforeMs));
          if (round === 2 && isKnown && rows.length > 0) expect(page.fetches).toBe(0);
        }
      }
    }),
    { numRuns: 25 },
  );
});

async function isKept(of: BarsOf, openMs: number): Promise<boolean> {
  const table = sql.raw('userId' in of ? 'account_bars' : 'market_bars');
  const owner = 'userId' in of ? sql`account_id = ${of.accountId}` : sql`source = ${of.source}`;
  const rows = await database.app.execute(
    sql`select 1 from ${table} where ${owner} and open_ms = ${openMs}`,
  );
  return rows.length > 0;
}

test('the newest page is asked anew when it is no longer fresh, and only what is new of it', async () => {
  const of = freshSource();
  const rows = rowsOf(Array.from({ length: 25 }, () => 1));
  expect((await asked(of, rows, question(null, 10))).fetches).toBe(1);
  expect((await asked(of, rows, question(null, 10), nowMs + 1_900)).fetches).toBe(0);
  const later = [...rows.slice(0, -1), { ...rows.at(-1)!, close: 1.75 }];
  const page = await asked(of, later, question(null, 10), nowMs + 2_100);
  expect(page.fetches).toBe(1);
  expect(page.rows.at(-1)?.close).toBe(1.75);
});

test('closed bars are kept for a month, then swept with whatever is old', async () => {
  const of = freshAccount();
  const rows = rowsOf(Array.from({ length: 25 }, () => 1));
  await asked(of, rows, question(null, 10));
  const before = rows.at(-1)!.openMs;
  expect((await asked(of, rows, question(before, 9), nowMs + 29 * dayMs)).fetches).toBe(0);
  await sweepMarket(database.app, nowMs + 31 * dayMs);
  const left = await database.app.execute(sql`select 1 from account_bars`);
  expect(left).toHaveLength(0);
});

test('an owner of very many bars keeps no more, and is told all the same', async () => {
  const of = freshAccount();
  const rows = rowsOf(Array.from({ length: 60 }, () => 1));
  let clockMs = nowMs;
  const narrow = barRoom({ account: 25, source: 25 }, () => clockMs);
  const options = {
    ask: question(null, 60),
    mostBars: 10,
    now: () => nowMs,
    store: keptBars({ queries: database.app, room: narrow, now: () => nowMs }, of, 2_000),
    tell: async (part: BarsAsk) => ok(pageFrom(rows, part)),
  };
  const page = await pageOfBars(options);
  expect(page.ok && page.value.rows).toEqual(rows);
  const kept = async () => {
    const found = await database.app.execute(
      sql`select 1 from account_bars where account_id = ${'accountId' in of ? of.accountId : ''}`,
    );
    return found.length;
  };
  expect(await kept()).toBe(20);
  await sweepMarket(database.app, nowMs + 31 * dayMs);
  clockMs += 700_000;
  await pageOfBars(options);
  expect(await kept()).toBe(20);
});

test('bars of one account are not told to another', async () => {
  const mine = freshAccount();
  await asked(mine, rowsOf([1, 1, 1]), question(null, 3));
  expect(await readKept(database.app, freshAccount(), question(null, 3), nowMs)).toBeNull();
});

test('prices that cannot be true are not kept', async () => {
  const bars = { rows: [{ ...rowsOf([1])[0]!, low: -1 }], hasMore: false, digits: 2 };
  const keeping = keepBars(
    database.app,
    freshSource(),
    { ask: question(null, 1), bars },
    { heardMs: nowMs, newestMs: 1 },
  );
  await expect(keeping).rejects.toThrow();
});

test('minutes of paper accounts are added to their hour, and read newest first', async () => {
  const name = { userId: randomUUID(), accountId: randomUUID() };
  const hourMs = nowMs - 3_600_000;
  const hour = (at: number, minute: number) => ({
    ...{ symbol: 'A', hourMs: at },
    minutes: [[minute, 1, 2, 0.5, 1.5, 3] as const],
  });
  await addMinutes(database.app, name, [hour(hourMs, 4)]);
  await addMinutes(database.app, name, [hour(hourMs, 5), hour(nowMs, 0)]);
  const read = await readHours(database.app, name, { symbol: 'A', hourMs: nowMs + 1, limit: 9 });
  expect(read.map((each) => [each.hourMs, each.minutes.map(([minute]) => minute)])).toEqual([
    [nowMs, [0]],
    [hourMs, [4, 5]],
  ]);
  expect(
    await readHours(database.app, name, { symbol: 'A', hourMs: nowMs, limit: 1 }),
  ).toHaveLength(1);
});

test('a page is found by the key, however much is kept', async () => {
  await database.owner.execute(sql`
    insert into market_bars (source, symbol, timeframe, open_ms, open, high, low, close, digits,
      heard_ms, expires_ms)
    select 's' || n % 4, 'A', 'M1', n, 1, 1, 1, 1, 0, 0, 1e15 from generate_series(1, 40000) as n`);
  await database.owner.execute(sql`analyze market_bars`);
  const plan = await database.app.execute<{ 'QUERY PLAN': string }>(sql`
    explain select open_ms from market_bars where "market_bars"."source" = 's1' and symbol = 'A'
      and timeframe = 'M1' and open_ms <= 20000 and expires_ms > 5 order by open_ms desc limit 500`);
  const text = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toMatch(/Index Scan Backward using market_bars_source_symbol_timeframe_open_ms_pk/);
});
