/** Ease of movement. */
import { periodParameter, type Indicator } from './indicator.ts';
import { withPast, type Memory } from './memory.ts';
import { sma } from './sma.ts';

interface HighLowVolume {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly volume: Float64Array;
}

/**
 * Average over `period` bars of how far the middle of the bar moved for each 10,000 of volume a
 * unit of range.
 *
 * The first `period` values are NaN; a bar without volume counts as 0.
 *
 * Throws if `period` is not a positive integer: a bug, not user input.
 * Source: Arms, in Achelis 2000, Technical Analysis from A to Z; the scale as in Tulip.
 */
export function easeOfMovement(bars: HighLowVolume, period: number, memory?: Memory): Float64Array {
  const { column: high, from } = withPast(bars.high, 1, memory);
  const { column: low } = withPast(bars.low, 1, memory);
  const ease = new Float64Array(high.length).fill(NaN);
  for (let i = 1; i < ease.length; i++) {
    const moved = (high[i]! + low[i]! - high[i - 1]! - low[i - 1]!) / 2;
    const range = high[i]! - low[i]!;
    const volume = bars.volume[i - from]!;
    ease[i] = volume === 0 ? 0 : (moved * range * 10_000) / volume;
  }
  return sma(ease.subarray(from), period, memory);
}

export const easeOfMovementIndicator: Indicator = {
  name: 'ease_of_movement',
  title: 'Ease of movement',
  description: 'How far the price moves for the volume it takes, averaged.',
  reference:
    'Arms, in Achelis 2000: volume in 10,000s, simple average; the first value at bar period.',
  sources: ['high', 'low', 'volume'],
  parameters: [periodParameter('period', 'Bars in the average.', { default: 14 })],
  outputs: [''],
  pane: 'own',
  compute: ([high, low, volume], [period], memory) => [
    easeOfMovement({ high: high!, low: low!, volume: volume! }, period!, memory),
  ],
};
