/** The WASM kernel, its twin in TypeScript and the reference broker are three programs with one meaning. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '#core/execution/outcome.ts';
import { runReference } from '#core/execution/reference-broker.ts';
import type { Bars, PriceColumns } from '#core/market/bars.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { lastOf } from '../../tests/fuzz/many-runs.ts';
import { runCase, settingsArbitrary, type RunCase } from '../../tests/fuzz/run-case.ts';
import { createKernel, type Kernel } from './kernel.ts';

function outcomeOf(
  kernel: Kernel,
  { bars, signals, settings }: RunCase,
  barsPerSlice?: number,
): Outcome {
  return lastOf(kernel.run(bars, signals, settings, barsPerSlice));
}

/** One step of a double beside `price` either way, or what is no price at all. */
function beside(price: number, ulps: number): number {
  return Number.isFinite(ulps) ? price + (ulps * price * Number.EPSILON) / 2 : ulps;
}

/** Lifted over a power of two, points have fewer digits to spare than their price has. */
function barsOn(
  { seed, scale, lift }: { readonly seed: number; readonly scale: number; readonly lift: number },
  { signals, bars }: RunCase,
): Bars {
  const made = makeBars({ count: signals.length, seed, ask: bars.ask !== null });
  const lifted = ({ open, high, low, close }: PriceColumns): PriceColumns => ({
    open: open.map((points) => points + lift),
    high: high.map((points) => points + lift),
    low: low.map((points) => points + lift),
    close: close.map((points) => points + lift),
  });
  return { ...made, scale, bid: lifted(made.bid), ask: made.ask && lifted(made.ask) };
}

/** Points kept as doubles in one column: the kernel then keeps them all so. */
function withPlainCloses(bars: Bars): Bars {
  return { ...bars, bid: { ...bars.bid, close: Float64Array.from(bars.bid.close) } };
}

const reference = ({ bars, signals, settings }: RunCase) => runReference(bars, signals, settings);

describe('the WASM kernel', { timeout: 120_000 }, () => {
  const kernel = createKernel();

  test('is the one that runs here', () => {
    expect(kernel.name).toBe('wasm');
  });

  test('gives the very outcome of the reference broker', () => {
    fc.assert(
      fc.property(runCase, (one) => {
        expect(outcomeOf(kernel, one)).toStrictEqual(reference(one));
      }),
      { numRuns: 4_000 },
    );
  });

  test('meets levels that lie on a price, a rounding beside it, or nowhere near', () => {
    const points = fc.integer({ min: -40, max: 40 });
    const levels = fc.array(fc.tuple(points, fc.constantFrom(0, 1, -1, Infinity, -Infinity, NaN)), {
      minLength: 4,
      maxLength: 4,
    });
    const grids = fc.record({
      seed: fc.integer(),
      scale: fc.constantFrom(10, 1000, 100_000),
      lift: fc.constantFrom(0, 22_000),
    });
    fc.assert(
      fc.property(runCase, grids, levels, fc.boolean(), (one, grid, drawn, isMixed) => {
        const made = barsOn(grid, one);
        const bars = isMixed ? withPlainCloses(made) : made;
        const [longStop, longTarget, shortStop, shortTarget] = drawn.map(([away, ulps]) =>
          Float64Array.from(made.bid.close, (close) => beside((close + away) / made.scale, ulps)),
        ) as [Float64Array, Float64Array, Float64Array, Float64Array];
        const stop = { long: longStop, short: shortStop };
        const target = { long: longTarget, short: shortTarget };
        const run = { ...one, bars, signals: { ...one.signals, stop, target } };
        expect(outcomeOf(kernel, run)).toStrictEqual(reference(run));
      }),
      { numRuns: 2_000 },
    );
  });

  test('gives the same outcome however it is sliced', () => {
    fc.assert(
      fc.property(runCase, fc.integer({ min: 1, max: 20 }), (one, barsPerSlice) => {
        expect(outcomeOf(kernel, one, barsPerSlice)).toStrictEqual(reference(one));
      }),
      { numRuns: 1_500 },
    );
  });

  test('is not swayed by what earlier runs over the same bars left in its memory', () => {
    const cases = fc.tuple(runCase, runCase, settingsArbitrary);
    fc.assert(
      fc.property(cases, ([one, { signals: long }, settings]) => {
        const { length } = one.bars;
        const signals = { ...one.signals, sizing: long.sizing, stop: null };
        outcomeOf(kernel, { ...one, signals, settings });
        const again = outcomeOf(kernel, one);
        expect(again).toStrictEqual(reference(one));
        expect(again.equity).toHaveLength(length);
      }),
      { numRuns: 1_500 },
    );
  });

  test('keeps runs that take turns apart', () => {
    fc.assert(
      fc.property(runCase, settingsArbitrary, (one, settings) => {
        const other = { ...one, settings };
        const [first, second] = [one, other].map(({ bars, signals, settings }) =>
          kernel.run(bars, signals, settings, 3),
        ) as [Generator<number, Outcome>, Generator<number, Outcome>];
        let [mine, theirs] = [first.next(), second.next()];
        while (!mine.done || !theirs.done) {
          if (!mine.done) mine = first.next();
          if (!theirs.done) theirs = second.next();
        }
        expect(mine.value).toStrictEqual(reference(one));
        expect(theirs.value).toStrictEqual(reference(other));
      }),
      { numRuns: 500 },
    );
  });

  test('reports a share that rises to at most the whole', () => {
    fc.assert(
      fc.property(runCase, ({ bars, signals, settings }) => {
        const shares = [...kernel.run(bars, signals, settings, 3)];
        expect(shares).toEqual([...shares].sort((a, b) => a - b));
        expect(shares.every((share) => share > 0 && share <= 1)).toBe(true);
      }),
    );
  });
});
