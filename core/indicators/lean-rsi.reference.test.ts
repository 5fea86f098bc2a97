/** Wilder's RSI against the column that LEAN keeps of it, from its first figure to its last. */
import { expect, it } from 'vitest';
import golden from '../../tests/golden/reference/lean-spy-rsi.json' with { type: 'json' };
import { rsi } from './rsi.ts';

it('gives the same rsi 14 from the fifteenth close on, to the last digit printed', () => {
  const ours = rsi(Float64Array.from(golden.closes), golden.period);
  const [first] = golden.values;
  const last = golden.values.at(-1)!;
  expect(ours.findIndex((value) => !Number.isNaN(value))).toBe(first![0]);
  expect(last).toEqual([golden.closes.length - 1, 53.89212]);
  for (const [bar, value] of golden.values) {
    expect(Math.abs(ours[bar!]! - value!)).toBeLessThanOrEqual(10 ** -golden.decimals * 1.001);
  }
});
