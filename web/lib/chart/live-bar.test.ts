/** The forming bar holds every price that came while it was open, and the next begins when it is over. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withTail } from '#core/market/joined-bars.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { formingBar } from './live-bar.ts';

const bars = makeBars({ count: 50, seed: 3, volume: true });
const lastMs = bars.timesMs.at(-1)!;
const H1 = { timeframe: 'H1', barMs: 3_600_000 };

test('bars made of prices have the extremes and the last price of each hour', () => {
  const prices = fc.array(
    fc.record({
      stepMs: fc.integer({ min: 1, max: 2_000_000 }),
      points: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(prices, (steps) => {
      let all: Bars = sliceBars(bars, 0, bars.length);
      let timeMs = lastMs;
      const byHour = new Map<number, number[]>();
      for (const { stepMs, points } of steps) {
        timeMs += stepMs;
        const bid = 1 + points / 100;
        const hour = Math.floor(timeMs / H1.barMs) * H1.barMs;
        byHour.set(hour, [...(byHour.get(hour) ?? []), bid]);
        all = withTail(all, formingBar(all, { bid, timeMs }, H1)!);
      }
      for (const [hour, bids] of byHour) {
        const at = all.timesMs.indexOf(hour);
        const price = (field: 'high' | 'low' | 'close') => all.bid[field][at]! / all.scale;
        expect(price('close')).toBe(bids.at(-1));
        if (hour === lastMs) continue;
        expect(price('high')).toBe(Math.max(...bids));
        expect(price('low')).toBe(Math.min(...bids));
      }
    }),
  );
});

test('a price from before the last bar changes nothing', () => {
  expect(formingBar(bars, { bid: 1, timeMs: lastMs - 1 }, H1)).toBeNull();
});

test('a day begins at the hour at which the one before began', () => {
  const day = { timeframe: 'D1', barMs: 86_400_000 };
  const days = makeBars({
    count: 3,
    seed: 1,
    firstMs: Date.UTC(2024, 0, 1, 22),
    stepMs: day.barMs,
  });
  const opened = formingBar(days, { bid: 1, timeMs: Date.UTC(2024, 0, 5, 3) }, day);
  expect(opened?.timesMs[0]).toBe(Date.UTC(2024, 0, 4, 22));
});
