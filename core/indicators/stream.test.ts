/** How a stream begins, goes on and is stored. */
import { expect, it } from 'vitest';
import { findIndicator } from './registry.ts';
import { openStream } from './stream.ts';

const column = (...values: number[]) => Float64Array.from(values);
const change = findIndicator('change')!;
const ema = findIndicator('ema')!;

it('knows in each chunk what came before it', () => {
  const stream = openStream(change, [2]);
  expect(stream.push([column(1)])).toStrictEqual([column(NaN)]);
  expect(stream.push([column(5, 11)])).toStrictEqual([column(NaN, 10)]);
  expect(stream.push([column()])).toStrictEqual([column()]);
  expect(stream.push([column(20, 30, 40)])).toStrictEqual([column(15, 19, 20)]);
});

it('goes on from a state as often as is wanted', () => {
  const stream = openStream(ema, [3]);
  stream.push([column(1, 2, 3)]);
  const stored = stream.state();
  const [rising] = stream.push([column(8)]);
  expect(rising).toStrictEqual(column(5));
  expect(openStream(ema, [3], stored).push([column(8)])).toStrictEqual([rising]);
  expect(openStream(ema, [3], stored).push([column(0)])).toStrictEqual([column(1)]);
});

it('keeps no more than its windows need', () => {
  const stream = openStream(findIndicator('stochastic')!, [14, 3, 3]);
  const sizes = [1_000, 10_000].map((bars) => {
    const prices = Float64Array.from({ length: bars }, (_, i) => 100 + (i % 13));
    stream.push([prices, prices, prices]);
    return stream
      .state()
      .flatMap((entry) => Object.values(entry))
      .reduce((all: number, one) => all + (typeof one === 'number' ? 1 : one.length), 0);
  });
  expect(sizes[1]).toBe(sizes[0]);
  expect(sizes[1]).toBeLessThan(200);
});

it('does not go on from the state of another indicator', () => {
  const other = openStream(findIndicator('bollinger')!, [20, 2]);
  other.push([column(1, 2, 3)]);
  const stream = openStream(ema, [3], other.state());
  expect(() => stream.push([column(4)])).toThrow('every chunk');
});

it('does not stream what repaints', () => {
  expect(() => openStream(findIndicator('zigzag')!, [1])).toThrow('never changed');
});

it('does not take sources of unequal length', () => {
  const stream = openStream(findIndicator('true_range')!, []);
  expect(() => stream.push([column(1), column(1, 2), column(1)])).toThrow('one length');
});

it('remembers how large the values were when they turn finer', () => {
  const large = Float64Array.from({ length: 100_000 }, (_, i) => 90_000_000_001 - 2 * i);
  const fine = Float64Array.from({ length: 9 }, (_, i) => i + 0.5);
  const sma = findIndicator('sma')!;
  const stream = openStream(sma, [100_000]);
  stream.push([large]);
  const [whole] = sma.compute([Float64Array.of(...large, ...fine)], [100_000]);
  expect(stream.push([fine])).toStrictEqual([whole!.slice(-9)]);
});
