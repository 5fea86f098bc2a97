/** Long columns in slices against the same in one go. */
import { expect, it } from 'vitest';
import { findIndicator } from '../indicators/registry.ts';
import { compileRules } from './compile.ts';
import { evaluateRules } from './evaluate.ts';
import { indicatorColumns, sliceBars } from './indicator-columns.ts';

const length = 2 * sliceBars + 7;
const high = Float64Array.from({ length }, (_, i) => 110 + 5 * Math.sin(i / 900) + (i % 7) / 10);
const low = high.map((value, i) => value - 1 - (i % 5) / 10);

function drive(name: string, parameters: readonly number[]) {
  const steps = indicatorColumns(name, [high, low], parameters);
  const parts: number[] = [];
  let step = steps.next();
  for (; !step.done; step = steps.next()) parts.push(step.value);
  return { parts, columns: step.value };
}

const firstDifference = (a: Float64Array, b: Float64Array): number =>
  a.findIndex((value, i) => !Object.is(value, b[i]));

it('are what one call makes, with progress in between', () => {
  const { parts, columns } = drive('swing', [1]);
  expect(parts).toStrictEqual([sliceBars / length, (2 * sliceBars) / length, 1]);
  const whole = findIndicator('swing')!.compute([high, low], [1]);
  expect(columns.length).toBe(3);
  expect(columns.map((column, output) => firstDifference(column, whole[output]!))).toStrictEqual([
    -1, -1, -1,
  ]);
});

it('are made in one go where the indicator looks ahead', () => {
  const { parts, columns } = drive('zigzag', [1]);
  expect(parts).toStrictEqual([]);
  const [whole] = findIndicator('zigzag')!.compute([high, low], [1]);
  expect(firstDifference(columns[0]!, whole!)).toBe(-1);
});

it('tell a run over many bars how far it is inside a column', () => {
  const { program } = compileRules('enter long when ema(close, 9) > 110');
  const points = Int32Array.from(high, (price) => Math.round(price * 100));
  const prices = { open: points, high: points, low: points, close: points };
  const timesMs = Float64Array.from(points, (_, i) => i * 60_000);
  const bars = { length, timesMs, scale: 100, digits: 2, bid: prices, ask: null };
  const steps = evaluateRules(program!, { ...bars, volume: null, spreadPoints: null }, {});
  const reached: number[] = [];
  let step = steps.next();
  for (; !step.done; step = steps.next()) reached.push(step.value);
  expect(reached).toStrictEqual(reached.toSorted((a, b) => a - b));
  expect(reached.at(-1)).toBe(1);
  // The close, the average in three slices, its only output, and the condition.
  expect(new Set(reached).size).toBe(6);
});
