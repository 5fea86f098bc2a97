import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisCount, axisValue, type Axis } from './axis.ts';
import { permuted } from './permutation.ts';
import { combinationAt, combinationCount, placesOf, valuesOf } from './space.ts';
import { batchCount, trialCombination, trialFinder } from './sweep.ts';

const axis = fc
  .record({
    from: fc.integer({ min: -20, max: 20 }),
    count: fc.integer({ min: 1, max: 7 }),
    step: fc.constantFrom(0.1, 0.25, 1, 5),
  })
  .map(({ from, count, step }): Axis => ({ name: 'x', from, to: from + (count - 1) * step, step }));
const axes = fc
  .array(axis, { minLength: 1, maxLength: 4 })
  .map((list) => list.map((one, at): Axis => ({ ...one, name: `input${at}` })));

test('an axis ends where it says, with plain decimals', () => {
  const tenths = { name: 'x', from: 0, to: 1, step: 0.1 };
  expect(axisCount(tenths)).toBe(11);
  const values = Array.from({ length: 11 }, (_, place) => axisValue(tenths, place));
  expect(values).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
});

test('a grid holds every combination of values exactly once', () => {
  fc.assert(
    fc.property(axes, (list) => {
      const count = combinationCount(list);
      const all = Array.from({ length: count }, (_, n) => JSON.stringify(valuesOf(list, n)));
      expect(new Set(all).size).toBe(count);
      expect(count).toBe(list.reduce((product, one) => product * axisCount(one), 1));
    }),
  );
});

test('a combination is found again by its places', () => {
  fc.assert(
    fc.property(axes, fc.nat(), (list, any) => {
      const combination = any % combinationCount(list);
      expect(combinationAt(list, placesOf(list, combination))).toBe(combination);
    }),
  );
});

test('a random order holds every number exactly once, whatever the seed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 700 }), fc.nat(), (count, seed) => {
      const order = Array.from({ length: count }, (_, place) => permuted(count, seed, place));
      expect(order.toSorted((a, b) => a - b)).toEqual(order.map((_, i) => i));
    }),
  );
});

test('another seed gives another order, and no value is favoured at the start', () => {
  const firsts = Array.from({ length: 4_000 }, (_, seed) => permuted(10, seed, 0));
  for (let value = 0; value < 10; value++) {
    const share = firsts.filter((first) => first === value).length / firsts.length;
    expect(Math.abs(share - 0.1)).toBeLessThan(0.03);
  }
});

test('a huge space is drawn from without being written down', () => {
  const drawn = Array.from({ length: 2_000 }, (_, place) => permuted(2 ** 50, 7, place));
  expect(new Set(drawn).size).toBe(2_000);
  expect(drawn.every((number) => number >= 0 && number < 2 ** 50)).toBe(true);
});

test('every trial of a random search is found by the combination it tries', () => {
  fc.assert(
    fc.property(axes, fc.nat(), (list, seed) => {
      const trials = Math.ceil(combinationCount(list) / 2);
      const sweep = { axes: list, method: 'random', seed, trials } as const;
      const find = trialFinder(sweep);
      for (let trial = 0; trial < trials; trial++) {
        expect(find(trialCombination(sweep, trial))).toBe(trial);
      }
    }),
  );
});

test('batches cover all trials', () => {
  expect(batchCount({ trials: 250, batchTrials: 125 })).toBe(2);
  expect(batchCount({ trials: 251, batchTrials: 125 })).toBe(3);
});
