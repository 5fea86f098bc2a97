/** Average directional index. */
import { checkPeriod } from './check-period.ts';
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
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
export function adx(bars: HighLowClose, period: number): Adx {
  checkPeriod(period - 1);
  const { high, low } = bars;
  const length = high.length;
  const ranges = trueRange(bars);
  const plusDi = new Float64Array(length).fill(NaN);
  const minusDi = new Float64Array(length).fill(NaN);
  const index = new Float64Array(length).fill(NaN);
  const keep = (period - 1) / period;
  let range = 0;
  let plus = 0;
  let minus = 0;
  for (let i = 1; i < length; i++) {
    const up = high[i]! - high[i - 1]!;
    const down = low[i - 1]! - low[i]!;
    const kept = i < period ? 1 : keep;
    range = range * kept + ranges[i]!;
    plus = plus * kept + (up > down && up > 0 ? up : 0);
    minus = minus * kept + (down > up && down > 0 ? down : 0);
    if (i < period - 1) continue;
    plusDi[i] = share(plus, range);
    minusDi[i] = share(minus, range);
    index[i] = share(Math.abs(plus - minus), plus + minus);
  }
  return { adx: rma(index, period), plusDi, minusDi };
}

/** Percent, held within 0 … 100 against the last digit of a smoothed sum. */
function share(part: number, whole: number): number {
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
  compute: ([high, low, close], [period]) => {
    const all = adx({ high: high!, low: low!, close: close! }, period!);
    return [all.adx, all.plusDi, all.minusDi];
  },
};
