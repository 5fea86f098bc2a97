/** The last top and bottom of the swings, from the bar on which each became known. */
import { numberParameter, type Indicator } from './indicator.ts';
import { swingTurns } from './swing-turns.ts';

/**
 * The last known swing top and bottom, in price units, and the direction since the last turn: 1
 * after a bottom, −1 after a top.
 *
 * What `zigzag` draws, without its look into the future: a turn counts from the bar that confirms
 * it. Each is NaN up to its first.
 */
export function swing(
  high: Float64Array,
  low: Float64Array,
  percent: number,
): readonly [top: Float64Array, bottom: Float64Array, direction: Float64Array] {
  const length = high.length;
  const top = new Float64Array(length).fill(NaN);
  const bottom = new Float64Array(length).fill(NaN);
  const direction = new Float64Array(length).fill(NaN);
  const { bars, knownAt, count, firstSide } = swingTurns(high, low, percent);
  let side = firstSide;
  for (let k = 0; k < count; k++) {
    const from = knownAt[k]!;
    const replaced = k + 2 < count ? knownAt[k + 2] : length;
    if (side > 0) top.fill(high[bars[k]!]!, from, replaced);
    else bottom.fill(low[bars[k]!]!, from, replaced);
    direction.fill(-side, from, k + 1 < count ? knownAt[k + 1] : length);
    side = -side;
  }
  return [top, bottom, direction];
}

export const swingIndicator: Indicator = {
  name: 'swing',
  title: 'Swing points',
  description: 'The last confirmed swing top and bottom, and the direction since, 1 or −1.',
  reference: 'The turns of zigzag, each from the bar on which it became known.',
  sources: ['high', 'low'],
  parameters: [
    numberParameter('percent', 'The move, in percent, that makes a turn.', {
      min: 0.01,
      max: 100,
      default: 1,
    }),
  ],
  outputs: ['top', 'bottom', 'direction'],
  pane: 'price',
  compute: ([high, low], [percent]) => swing(high!, low!, percent!),
};
