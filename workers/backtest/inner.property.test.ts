/** Prices inside bars against the bars alone: where both say the same, so does the run. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import type { InnerPrices } from '#core/execution/order-desk.ts';
import type { Bars } from '#core/market/bars.ts';
import { barsOfTicks } from '#core/market/bars-of-ticks.ts';
import { innerBars, innerTicks } from '#core/market/inner-prices.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { makeTicks } from '#core/market/made-ticks.ts';
import { sliceTicks } from '#core/market/ticks.ts';
import { backtest, type FinishedRun } from './engine.ts';

function run(
  bars: Bars,
  path: RunSettings['path'],
  inner: InnerPrices | null,
  levels: { readonly stop: number; readonly target: number },
): FinishedRun {
  const source = `let a = sma(close, 3)
let b = sma(close, 7)
enter long when crosses_above(a, b)
enter short when crosses_below(a, b)
stop ${levels.stop.toFixed(5)}
target ${levels.target.toFixed(5)}`;
  const settings = { ...defaultSettings, path, units: 'fractional' } as const;
  const steps = backtest({ bars, source, inputs: {}, settings, inner });
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (!step.value.ok) throw new Error(step.value.error.detail);
  return step.value.value;
}

function tripsOf({ outcome }: FinishedRun) {
  const { entryBar, exitBar, entryPrice, exitPrice, units, exitReason } = outcome.roundTrips;
  return { entryBar, exitBar, entryPrice, exitPrice, units, exitReason };
}

const distance = fc.integer({ min: 5, max: 80 }).map((points) => points / 1e5);
const levels = fc.record({ stop: distance, target: distance });

test('bars that hold themselves are walked as they are without', () => {
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), levels, (seed, ask, at) => {
      const bars = makeBars({ count: 300, seed, ask });
      const alone = run(bars, 'pessimistic', null, at);
      const inside = run(bars, 'lowerTimeframe', innerBars(bars, 'H1', bars), at);
      expect(tripsOf(inside)).toEqual(tripsOf(alone));
      expect(inside.outcome.equity).toEqual(alone.outcome.equity);
      expect(inside.inner).toEqual({ bars: 300, covered: 300 });
    }),
    { numRuns: 60 },
  );
});

test('bars without anything inside are walked by their own prices', () => {
  fc.assert(
    fc.property(fc.nat(), levels, (seed, at) => {
      const ticks = makeTicks({ count: 6000, seed, mostStepMs: 60_000 });
      const bars = barsOfTicks(ticks, 'M15');
      const alone = run(bars, 'pessimistic', null, at);
      // The first bar has its ticks, and no rule acts on it yet.
      const first = innerTicks(bars, 'M15', sliceTicks(ticks, 0, 2));
      const bare = run(bars, 'ticks', first, at);
      expect(tripsOf(bare)).toEqual(tripsOf(alone));
      expect(bare.inner).toEqual({ bars: bars.length, covered: 1 });
    }),
    { numRuns: 40 },
  );
});

test('ticks leave no trip in doubt, and each trip leaves at a quote that was there', () => {
  fc.assert(
    fc.property(fc.nat(), levels, (seed, at) => {
      const ticks = makeTicks({ count: 6000, seed, mostStepMs: 60_000 });
      const bars = barsOfTicks(ticks, 'M15');
      const inner = innerTicks(bars, 'M15', ticks);
      const { band, outcome } = run(bars, 'ticks', inner, at);
      expect(band.trips).toEqual([]);
      const { count, exitBar, exitPrice, units } = outcome.roundTrips;
      for (let k = 0; k < count; k++) {
        const [from, to] = [inner.firstOf[exitBar[k]!], inner.firstOf[exitBar[k]! + 1]];
        const side = units[k]! > 0 ? ticks.bid : ticks.ask!;
        const quotes = Array.from(side.subarray(from, to), (points) => points / ticks.scale);
        expect(quotes).toContain(exitPrice[k]);
      }
    }),
    { numRuns: 40 },
  );
});
