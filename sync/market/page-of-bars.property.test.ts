/** A page put together of what is kept and what is fetched, whatever the sizes of either. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fail, ok } from '#core/result.ts';
import type { KeptBars } from './bar-cache.ts';
import { pageOfBars, type BarsStore } from './page-of-bars.ts';
import type { BarRow, BarsAsk, FetchedBars } from './provider.ts';

const minuteMs = 60_000;
const rowsOf = (gaps: readonly number[]): readonly BarRow[] => {
  let openMs = 0;
  return gaps.map((gap, i) => {
    openMs += gap * minuteMs;
    return { openMs, open: i + 1, high: i + 2, low: i + 0.5, close: i + 1, volume: 1 };
  });
};
const there = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 120 }).map(rowsOf);

function pageFrom(rows: readonly BarRow[], { beforeMs, limit }: BarsAsk): FetchedBars {
  const older = rows.filter(({ openMs }) => beforeMs === null || openMs < beforeMs);
  return { rows: older.slice(-limit), hasMore: older.length > limit, digits: 1 };
}

/** Keeps what it is given in a list of pages, and hands a page out again as long as it pleases. */
function memoryStore(rows: readonly BarRow[]): BarsStore & { readonly kept: BarsAsk[] } {
  const kept: BarsAsk[] = [];
  return {
    kept,
    async read(ask): Promise<KeptBars | null> {
      const found = kept.find(({ beforeMs }) => beforeMs === ask.beforeMs);
      if (!found) return null;
      const { rows: own, hasMore } = pageFrom(rows, found);
      const last = own.slice(-ask.limit);
      const isAll = last.length === own.length;
      if (last.length === 0 && hasMore) return null;
      return { rows: last, hasMore: isAll ? hasMore : true, digits: 1, heardMs: 5 };
    },
    keep: async (ask) => void kept.push(ask),
  };
}

const sizes = {
  limit: fc.integer({ min: 1, max: 150 }),
  mostBars: fc.integer({ min: 1, max: 40 }),
};

test('is the same from the source, from what is kept, and from both', async () => {
  await fc.assert(
    fc.asyncProperty(there, fc.record(sizes), async (rows, { limit, mostBars }) => {
      // A source that is asked eighty times over is asked no more.
      const reach = Math.min(limit, 79 * mostBars);
      const ask: BarsAsk = { symbol: 'A', timeframe: 'M1', beforeMs: null, limit: reach };
      const store = memoryStore(rows);
      let fetches = 0;
      const tell = async (part: BarsAsk) => {
        fetches += 1;
        return ok(pageFrom(rows, part));
      };
      const options = { ask, store, mostBars, tell, now: () => 9 };
      const first = await pageOfBars(options);
      const before = fetches;
      const second = await pageOfBars(options);
      const expected = pageFrom(rows, ask);
      for (const page of [first, second]) {
        if (!page.ok) throw new Error('no page');
        expect(page.value.rows).toEqual(expected.rows);
        expect(page.value.hasMore).toBe(expected.hasMore);
      }
      expect(fetches).toBe(before);
      expect(second.ok && second.value.heardMs).toBe(5);
    }),
  );
});

test('is what is there where the source fails half way, and the failure where nothing is', async () => {
  const rows = rowsOf(Array.from({ length: 30 }, () => 1));
  const ask: BarsAsk = { symbol: 'A', timeframe: 'M1', beforeMs: null, limit: 25 };
  let calls = 0;
  const tell = async (part: BarsAsk) =>
    ++calls > 1 ? fail('timeout' as const) : ok(pageFrom(rows, part));
  const options = { ask, store: null, mostBars: 10, tell, now: () => 1 };
  const half = await pageOfBars(options);
  expect(half.ok && half.value.rows).toEqual(rows.slice(-10));
  expect(half.ok && half.value.hasMore).toBe(true);
  expect(await pageOfBars(options)).toEqual({ ok: false, error: 'timeout' });
});
