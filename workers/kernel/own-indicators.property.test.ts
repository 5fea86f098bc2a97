/** Indicators of the kernel are those of core, bit for bit, on whatever columns rules can make. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findIndicator } from '#core/indicators/registry.ts';
import { createRandom, makeBars } from '#core/market/made-bars.ts';
import { openRoom } from './column-room.ts';
import { compileKernel } from './compile.ts';
import { ownIndicator } from './own-indicators.ts';

const bars = makeBars({ count: 211, seed: 3 });
const room = openRoom(compileKernel()!, bars)!;

/** Columns of every kind there is: prices, what is off every grid, steps, the huge and the tiny. */
const kinds: Readonly<Record<string, (random: () => number, before: number) => number>> = {
  prices: (random, before) => Math.round((before || 110_000) + random() * 101 - 50),
  points: (random) => Math.round(110_000 + random() * 2000) / 100_000,
  anything: (random) => random() * 3 - 1,
  steps: (random, before) => (random() < 0.8 ? before : random() < 0.5 ? 1.5 : 2.25),
  still: () => 1.1,
  huge: (random) => (random() - 0.5) * 1e300,
  tiny: (random) => (random() - 0.5) * 1e-300,
  endless: (random) => (random() < 0.05 ? Infinity : random()),
  leaving: (random, before) => (before === 7.25 || random() < 0.97 ? 7.25 : random()),
};

const column = fc
  .record({
    kind: fc.constantFrom(...Object.keys(kinds)),
    seed: fc.integer(),
    missing: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 230 })),
  })
  .map(({ kind, seed, missing }) => {
    const random = createRandom(seed);
    let before = 0;
    return Float64Array.from({ length: bars.length }, (_, i) => {
      before = kinds[kind]!(random, before);
      return i < missing ? NaN : before;
    });
  });

const period = fc.oneof(fc.integer({ min: 2, max: 30 }), fc.constantFrom(1, 2, 210, 211, 212, 400));

function expectAlike(
  name: string,
  sources: readonly Float64Array[],
  parameters: number[],
): boolean {
  const placed = sources.map((values) => {
    const at = room.bringIn(values);
    return { at, start: room.kernel.startOf(at, bars.length) };
  });
  const outputs = ownIndicator(room, name, placed, parameters);
  if (outputs) {
    const ours = outputs.map((at) => room.view(at).slice());
    expect(ours).toEqual(findIndicator(name)!.compute(sources, parameters));
    for (const at of outputs) {
      expect(room.numbers(at, room.words * 64).slice(bars.length)).toSatisfy(
        (beyond: Float64Array) => beyond.every(Number.isNaN),
      );
      room.give(at, room.seriesBytes);
    }
  }
  for (const { at } of placed) room.give(at, room.seriesBytes);
  return outputs !== null;
}

test.each(['sma', 'ema', 'rma', 'wma', 'sum', 'stdev', 'rsi', 'roc', 'highest', 'lowest'])(
  '%s of one column',
  (name) => {
    let own = 0;
    fc.assert(
      fc.property(column, period, (values, length) => {
        if (expectAlike(name, [values], [length])) own++;
      }),
      { numRuns: 300 },
    );
    expect(own).toBeGreaterThan(150);
  },
);

test('macd of one column', () => {
  let own = 0;
  fc.assert(
    fc.property(column, period, period, period, (values, fast, slow, signal) => {
      if (expectAlike('macd', [values], [fast, slow, signal])) own++;
    }),
    { numRuns: 300 },
  );
  expect(own).toBeGreaterThan(150);
});

test('cci of any three columns', () => {
  let own = 0;
  fc.assert(
    fc.property(column, column, column, period, (high, low, close, length) => {
      if (expectAlike('cci', [high, low, close], [length])) own++;
    }),
    { numRuns: 300 },
  );
  expect(own).toBeGreaterThan(150);
});

const field = (name: 'high' | 'low' | 'close', seed: number) =>
  Float64Array.from(makeBars({ count: bars.length, seed }).bid[name], (points) => points / 100_000);

test.each([
  ['true_range', 0],
  ['atr', 1],
  ['adx', 1],
  ['cci', 1],
  ['stochastic', 3],
] as const)('%s of bars', (name, count) => {
  const periods = fc.array(
    fc.oneof(fc.integer({ min: 2, max: 40 }), fc.constantFrom(2, 211, 212, 400)),
    { minLength: count, maxLength: count },
  );
  let own = 0;
  fc.assert(
    fc.property(fc.integer(), periods, fc.boolean(), (seed, parameters, isStill) => {
      const columns = (['high', 'low', 'close'] as const).map((one) => field(one, seed));
      const sources = isStill ? columns.map((values) => values.fill(1.5, 40, 120)) : columns;
      if (expectAlike(name, sources, parameters)) own++;
    }),
    { numRuns: 300 },
  );
  expect(own).toBeGreaterThan(100);
});

test('columns with a hole are left to core', () => {
  const values = Float64Array.from({ length: bars.length }, (_, i) => (i === 100 ? NaN : i));
  expect(expectAlike('ema', [values], [5])).toBe(false);
});
