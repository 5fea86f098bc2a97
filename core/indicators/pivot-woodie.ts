/** Woodie pivot points. */
import type { Indicator } from './indicator.ts';
import { pivotIndicator } from './pivot-levels.ts';

export const pivotWoodieIndicator: Indicator = pivotIndicator(
  {
    name: 'pivot_woodie',
    title: 'Woodie pivot points',
    description: 'Levels for the day, computed from the day before with its close counting twice.',
    reference: '(H + L + 2 × C) ÷ 4 of the last complete day; levels from the second day on.',
    outputs: ['pivot', 'r1', 's1', 'r2', 's2', 'r3', 's3'],
  },
  (high, low, close, levels, i) => {
    const range = high - low;
    const pivot = (high + low + 2 * close) / 4;
    levels[0]![i] = pivot;
    levels[1]![i] = 2 * pivot - low;
    levels[2]![i] = 2 * pivot - high;
    levels[3]![i] = pivot + range;
    levels[4]![i] = pivot - range;
    levels[5]![i] = high + 2 * (pivot - low);
    levels[6]![i] = low - 2 * (high - pivot);
  },
);
