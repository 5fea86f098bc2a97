/** Bars made for signals are whole, and the last of what is stored. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { prices, sliceBars } from '#core/market/bars.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { ok } from '#core/result.ts';
import { storedBars, type BarStore } from './stored-bars.ts';

const hours = (count: number, seed: number) => makeBars({ count, seed });

function storeOf(bars: ReturnType<typeof hours>): BarStore {
  return {
    timeframeOf: async (id) => ok(id === 'X.H1' ? 'H1' : null),
    last: async (_, count) => ok(sliceBars(bars, Math.max(0, bars.length - count), bars.length)),
  };
}

it('makes days of hours, each with all of its hours, the last closed one last', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 12 }),
      fc.nat(50),
      async (length, count, seed) => {
        const bars = hours(length, seed);
        const closes = prices(bars.bid, 'close', bars.scale);
        const asked = { seriesId: 'X.H1', timeframe: 'D1' };
        const made = await storedBars(storeOf(bars), asked, { count, last: 'closed' });
        if (!made.ok) throw new Error(made.error.code);
        const closed = Math.floor(length / 24);
        expect(made.value.length).toBe(Math.min(closed, count));
        const last = made.value.length - 1;
        if (last < 0) return;
        expect(prices(made.value.bid, 'close', made.value.scale)[last]).toBe(
          closes[closed * 24 - 1],
        );
        const open = prices(made.value.bid, 'open', made.value.scale)[0];
        const first = (closed - made.value.length) * 24;
        expect(open).toBe(bars.bid.open[first]! / bars.scale);
      },
    ),
  );
});

it('shows the day that has begun where the last price is what matters', async () => {
  const asked = { seriesId: 'X.H1', timeframe: 'D1' };
  const made = await storedBars(storeOf(hours(30, 1)), asked, { count: 5, last: 'as-it-is' });
  expect(made.ok && made.value.length).toBe(2);
});

it('hands bars over as they are where none need be made, and says where none are', async () => {
  const bars = hours(30, 1);
  const own = { seriesId: 'X.H1', timeframe: 'H1' };
  const made = await storedBars(storeOf(bars), own, { count: 7, last: 'closed' });
  expect(made.ok && [...made.value.timesMs]).toEqual([...bars.timesMs.subarray(23)]);
  const none = await storedBars(
    storeOf(bars),
    { ...own, seriesId: 'Y.H1' },
    { count: 7, last: 'closed' },
  );
  expect(none).toMatchObject({ ok: false, error: { code: 'store.not-found' } });
});
