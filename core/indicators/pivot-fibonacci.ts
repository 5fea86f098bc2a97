/** Fibonacci pivot points. */
import type { Indicator } from './indicator.ts';
import { pivotIndicator } from './pivot-levels.ts';

export const pivotFibonacciIndicator: Indicator = pivotIndicator(
  {
    name: 'pivot_fibonacci',
    title: 'Fibonacci pivot points',
    description:
      'Levels for the day, Fibonacci parts of the range of the day before around its pivot.',
    reference: '(H + L + C) ÷ 3 ± 0.382, 0.618 and 1 ranges; levels from the second day on.',
    outputs: ['pivot', 'r1', 's1', 'r2', 's2', 'r3', 's3'],
  },
  (high, low, close, levels, i) => {
    const range = high - low;
    const pivot = (high + low + close) / 3;
    levels[0]![i] = pivot;
    levels[1]![i] = pivot + 0.382 * range;
    levels[2]![i] = pivot - 0.382 * range;
    levels[3]![i] = pivot + 0.618 * range;
    levels[4]![i] = pivot - 0.618 * range;
    levels[5]![i] = pivot + range;
    levels[6]![i] = pivot - range;
  },
);
