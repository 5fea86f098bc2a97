/** Zigzag, for drawing alone. */
import { numberParameter, type Indicator } from './indicator.ts';
import { swingTurns } from './swing-turns.ts';

/**
 * Straight lines from each swing's turn to the next, in price units, and on to the extreme since.
 *
 * It repaints: a turn is known only after the market has moved away from it. NaN up to the first
 * turn; after the last extreme the line stays level.
 */
export function zigzag(high: Float64Array, low: Float64Array, percent: number): Float64Array {
  const out = new Float64Array(high.length).fill(NaN);
  const { bars, count, firstSide, running } = swingTurns(high, low, percent);
  if (count === 0) return out;
  let side = firstSide;
  for (let k = 0; k < count; k++) {
    const from = bars[k]!;
    const to = k + 1 < count ? bars[k + 1]! : running;
    const start = side > 0 ? high[from]! : low[from]!;
    const end = side > 0 ? low[to]! : high[to]!;
    const slope = to > from ? (end - start) / (to - from) : 0;
    for (let i = from; i < to; i++) out[i] = start + slope * (i - from);
    out[to] = end;
    side = -side;
  }
  return out.fill(out[running]!, running);
}

export const zigzagIndicator: Indicator = {
  name: 'zigzag',
  title: 'Zigzag',
  description: 'Lines from swing to swing; it repaints, so it can be drawn but no rule may use it.',
  reference: 'Achelis 2000, on highs and lows; rules can use swing, which knows no future.',
  sources: ['high', 'low'],
  parameters: [
    numberParameter('percent', 'The move, in percent, that makes a turn.', {
      min: 0.01,
      max: 100,
      default: 1,
    }),
  ],
  outputs: [''],
  pane: 'price',
  repaints: true,
  compute: ([high, low], [percent]) => [zigzag(high!, low!, percent!)],
};
