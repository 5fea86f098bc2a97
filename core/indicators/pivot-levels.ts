/** Levels that a day's prices set for the day after, whatever the formula. */
import { dayStartParameter, type Indicator } from './indicator.ts';
import { previousDay } from './trading-day.ts';

/** Writes the levels of bar `i` into `levels`, of the high, low and close of the day before. */
export type LevelFormula = (
  high: number,
  low: number,
  close: number,
  levels: readonly Float64Array[],
  i: number,
) => void;

/**
 * An indicator of levels computed from the last complete day; NaN on the first day there is.
 *
 * They stay the same for a whole day and know nothing of it.
 */
export function pivotIndicator(
  about: Pick<Indicator, 'name' | 'title' | 'description' | 'reference' | 'outputs'>,
  formula: LevelFormula,
): Indicator {
  return {
    ...about,
    sources: ['high', 'low', 'close', 'openMs'],
    parameters: [dayStartParameter],
    pane: 'price',
    compute: ([high, low, close, openMs], [dayStart], memory) => {
      const bars = { high: high!, low: low!, close: close! };
      const before = previousDay(bars, openMs!, dayStart!, memory);
      const levels = about.outputs.map(() => new Float64Array(openMs!.length));
      for (let i = 0; i < openMs!.length; i++) {
        formula(before.high[i]!, before.low[i]!, before.close[i]!, levels, i);
      }
      return levels;
    },
  };
}
