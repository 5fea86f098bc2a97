/** The WASM kernel, its twin in TypeScript and the reference broker are three programs with one meaning. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '#core/execution/outcome.ts';
import { runReference } from '#core/execution/reference-broker.ts';
import { lastOf } from '../../tests/fuzz/many-runs.ts';
import { runCase, settingsArbitrary, type RunCase } from '../../tests/fuzz/run-case.ts';
import { createKernel, type Kernel } from './kernel.ts';

function run(kernel: Kernel, { bars, signals, settings }: RunCase, barsPerSlice?: number): Outcome {
  return lastOf(kernel.run(bars, signals, settings, barsPerSlice));
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
        expect(run(kernel, one)).toStrictEqual(reference(one));
      }),
      { numRuns: 10_000 },
    );
  });

  test('gives the same outcome however it is sliced', () => {
    fc.assert(
      fc.property(runCase, fc.integer({ min: 1, max: 20 }), (one, barsPerSlice) => {
        expect(run(kernel, one, barsPerSlice)).toStrictEqual(reference(one));
      }),
      { numRuns: 3000 },
    );
  });

  test('is not swayed by what earlier runs over the same bars left in its memory', () => {
    const cases = fc.tuple(runCase, runCase, settingsArbitrary);
    fc.assert(
      fc.property(cases, ([one, { signals: long }, settings]) => {
        const { length } = one.bars;
        const signals = { ...one.signals, sizing: long.sizing, stop: null };
        run(kernel, { ...one, signals, settings });
        const again = run(kernel, one);
        expect(again).toStrictEqual(reference(one));
        expect(again.equity).toHaveLength(length);
      }),
      { numRuns: 3000 },
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
