/** Camarilla pivot points. */
import type { Indicator } from './indicator.ts';
import { pivotIndicator } from './pivot-levels.ts';

export const pivotCamarillaIndicator: Indicator = pivotIndicator(
  {
    name: 'pivot_camarilla',
    title: 'Camarilla pivot points',
    description: 'Levels for the day, parts of the range of the day before around its close.',
    reference: 'Scott 1989: C ± 1.1 ÷ 12, 6, 4 and 2 ranges; levels from the second day on.',
    outputs: ['pivot', 'r1', 's1', 'r2', 's2', 'r3', 's3', 'r4', 's4'],
  },
  (high, low, close, levels, i) => {
    const range = 1.1 * (high - low);
    levels[0]![i] = (high + low + close) / 3;
    levels[1]![i] = close + range / 12;
    levels[2]![i] = close - range / 12;
    levels[3]![i] = close + range / 6;
    levels[4]![i] = close - range / 6;
    levels[5]![i] = close + range / 4;
    levels[6]![i] = close - range / 4;
    levels[7]![i] = close + range / 2;
    levels[8]![i] = close - range / 2;
  },
);
