/** Average directional index. */
import { checkPeriod } from './check-period.ts';
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { recall, withPast, type Memory } from './memory.ts';
import { rma } from './rma.ts';
import { trueRange } from './true-range.ts';

export interface Adx {
  readonly adx: Float64Array;
  readonly plusDi: Float64Array;
  readonly minusDi: Float64Array;
}

/**
 * Strength of the trend whatever its direction, and the two directions, each 0 … 100.
 *
 * The directions begin at bar period − 1 with sums over the period − 1 movements there are by
 * then, the index period − 1 bars later with a plain mean; both go on with Wilder smoothing.
 * Where nothing moves they are 0.
 *
 * Throws if `period` is not an integer of at least 2: a bug, not user input.
 * Source: Wilder 1978; the start as in Achelis 2000, Technical Analysis from A to Z.
 */
export function adx(bars: HighLowClose, period: number, memory?: Memory): Adx {
  checkPeriod(period - 1);
  const kept = recall(memory, () => ({ range: 0, plus: 0, minus: 0, bars: 0 }));
  const { column: high, from } = withPast(bars.high, 1, memory);
  const { column: low } = withPast(bars.low, 1, memory);
  const length = high.length;
  const ranges = trueRange(bars, memory);
  const plusDi = new Float64Array(length).fill(NaN);
  const minusDi = new Float64Array(length).fill(NaN);
  const index = new Float64Array(length).fill(NaN);
  const keep = (period - 1) / period;
  let { range, plus, minus } = kept;
  // Where in the column the bar `period` of the whole lies.
  const complete = period - kept.bars + from;
  for (let i = 1; i < length; i++) {
    const up = high[i]! - high[i - 1]!;
    const down = low[i - 1]! - low[i]!;
    const share = i < complete ? 1 : keep;
    range = range * share + ranges[i - from]!;
    plus = plus * share + (up > down && up > 0 ? up : 0);
    minus = minus * share + (down > up && down > 0 ? down : 0);
    if (i < complete - 1) continue;
    plusDi[i] = percent(plus, range);
    minusDi[i] = percent(minus, range);
    index[i] = percent(Math.abs(plus - minus), plus + minus);
  }
  Object.assign(kept, { range, plus, minus, bars: kept.bars + length - from });
  return {
    adx: rma(index.subarray(from), period, memory),
    plusDi: plusDi.subarray(from),
    minusDi: minusDi.subarray(from),
  };
}

/** Percent, held within 0 … 100 against the last digit of a smoothed sum. */
function percent(part: number, whole: number): number {
  return whole > 0 ? Math.min(100, (100 * part) / whole) : 0;
}

export const adxIndicator: Indicator = {
  name: 'adx',
  title: 'Average directional index',
  description: 'How strong a trend is, 0 to 100, with the strength of its two directions.',
  reference:
    'Wilder 1978, begun as in Achelis 2000: directions at bar period − 1, the index period − 1 later.',
  sources: ['high', 'low', 'close'],
  parameters: [periodParameter('period', 'Bars in the smoothing.', { default: 14, min: 2 })],
  outputs: ['adx', 'plus_di', 'minus_di'],
  pane: 'own',
  compute: ([high, low, close], [period], memory) => {
    const all = adx({ high: high!, low: low!, close: close! }, period!, memory);
    return [all.adx, all.plusDi, all.minusDi];
  },
};
