/** A day's change and range, whatever prices come. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY_MS } from '#core/market/timeframe.ts';
import { dayFigures, type Days } from './day-figures.ts';

const price = fc.double({ min: 0.01, max: 1e6, noNaN: true });
const firstMs = Date.UTC(2026, 2, 2);
const days: fc.Arbitrary<Days> = fc
  .array(fc.tuple(price, price, price), { minLength: 1, maxLength: 31 })
  .map((all) => ({
    timesMs: all.map((_, k) => firstMs + k * DAY_MS),
    highs: all.map((three) => Math.max(...three)),
    lows: all.map((three) => Math.min(...three)),
    closes: all.map(([close]) => close),
    digits: 2,
    isLastOpen: true,
  }));

it('measures a price of today from the close of the day before, within a range that holds it', () => {
  fc.assert(
    fc.property(days, price, fc.integer({ min: 0, max: DAY_MS - 1 }), (known, now, passedMs) => {
      const timeMs = known.timesMs.at(-1)! + passedMs;
      const found = dayFigures(known, { price: now, timeMs })!;
      const before = known.closes.at(-2) ?? null;
      expect(found.last).toBe(now);
      expect(found.change).toBe(before === null ? null : now - before);
      expect(found.low).toBeLessThanOrEqual(now);
      expect(found.high).toBeGreaterThanOrEqual(now);
      expect(found.low).toBeLessThanOrEqual(known.lows.at(-1)!);
      if (found.placeRatio !== null) {
        expect(found.placeRatio).toBeGreaterThanOrEqual(0);
        expect(found.placeRatio).toBeLessThanOrEqual(1);
      }
    }),
  );
});

it('measures the first price of a new day from the last close, and knows no range of it yet', () => {
  fc.assert(
    fc.property(days, price, (known, now) => {
      const timeMs = known.timesMs.at(-1)! + DAY_MS;
      const found = dayFigures(known, { price: now, timeMs })!;
      expect(found.change).toBe(now - known.closes.at(-1)!);
      expect([found.low, found.high, found.placeRatio]).toEqual([null, null, null]);
    }),
  );
});

it('measures from no day that lies far back, as of a source that stopped telling', () => {
  fc.assert(
    fc.property(days, price, fc.integer({ min: 5, max: 900 }), (known, now, daysLater) => {
      const timeMs = known.timesMs.at(-1)! + daysLater * DAY_MS;
      expect(dayFigures(known, { price: now, timeMs })!.change).toBeNull();
    }),
  );
});

it('tells the last day as it is stored where no price comes, or an older one', () => {
  fc.assert(
    fc.property(days, price, (known, old) => {
      const stored = dayFigures(known, null)!;
      expect(stored.last).toBe(known.closes.at(-1));
      expect(stored.lastMs).toBe(known.timesMs.at(-1));
      expect(dayFigures(known, { price: old, timeMs: firstMs - 1 })).toEqual(stored);
    }),
  );
});

it('makes up nothing: a price alone has no change, and nothing is nothing', () => {
  const alone = dayFigures(null, { price: 7, timeMs: 5 });
  expect(alone).toEqual({
    ...{ last: 7, lastMs: 5, change: null, changeRatio: null },
    ...{ low: null, high: null, placeRatio: null },
  });
  expect(dayFigures(null, null)).toBeNull();
});
