import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barsOfTicks } from '../market/bars-of-ticks.ts';
import { barBuilder, barsOf, type BotBar } from './bar-builder.ts';

const minuteMs = 60_000;

test('bars built as quotes come are those made of all of them at once', () => {
  const ticks = fc.array(
    fc.record({
      waitMs: fc.integer({ min: 1, max: 90_000 }),
      points: fc.integer({ min: 100_000, max: 120_000 }),
    }),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(ticks, fc.boolean(), (made, clock) => {
      let nowMs = 0;
      const times = made.map(({ waitMs }) => (nowMs += waitMs));
      const builder = barBuilder(minuteMs, -Infinity);
      const built: BotBar[] = [];
      const take = (bar: BotBar | null) => bar && built.push(bar);
      made.forEach(({ points }, i) => {
        // A clock that runs along closes a bar sooner, and changes nothing in it.
        if (clock) take(builder.pass(times[i]!));
        take(builder.put(points / 100_000, times[i]!));
      });
      take(builder.forming);
      const whole = barsOfTicks(
        {
          ...{ length: made.length, timesMs: Float64Array.from(times), scale: 100_000, digits: 5 },
          ...{ bid: Int32Array.from(made, ({ points }) => points), ask: null },
          volume: null,
        },
        'M1',
      );
      const bars = barsOf(built, 5);
      expect(Array.from(bars.timesMs)).toEqual(Array.from(whole.timesMs));
      for (const field of ['open', 'high', 'low', 'close'] as const) {
        const prices = Array.from(bars.bid[field], (value) => value / bars.scale);
        const others = Array.from(whole.bid[field], (value) => value / whole.scale);
        expect(prices).toEqual(others);
      }
    }),
  );
});

test('a quote of a bar that has closed is left out', () => {
  const builder = barBuilder(minuteMs, -Infinity);
  builder.put(1, 1_000);
  expect(builder.pass(minuteMs)).toMatchObject({ close: 1 });
  expect(builder.put(2, 59_000)).toBeNull();
  expect(builder.forming).toBeNull();
});
