/** The last top and bottom of the swings, from the bar on which each became known. */
import { numberParameter, type Indicator } from './indicator.ts';
import { recall, type Memory } from './memory.ts';
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
  memory?: Memory,
): readonly [top: Float64Array, bottom: Float64Array, direction: Float64Array] {
  const length = high.length;
  const kept = recall(memory, () => ({ top: NaN, bottom: NaN, direction: NaN }));
  const top = new Float64Array(length).fill(kept.top);
  const bottom = new Float64Array(length).fill(kept.bottom);
  const direction = new Float64Array(length).fill(kept.direction);
  const { prices, knownAt, count, firstSide } = swingTurns(high, low, percent, memory);
  let side = firstSide;
  for (let k = 0; k < count; k++) {
    const from = knownAt[k]!;
    const replaced = k + 2 < count ? knownAt[k + 2] : length;
    (side > 0 ? top : bottom).fill(prices[k]!, from, replaced);
    direction.fill(-side, from, k + 1 < count ? knownAt[k + 1] : length);
    side = -side;
  }
  if (length > 0) {
    Object.assign(kept, {
      top: top.at(-1),
      bottom: bottom.at(-1),
      direction: direction.at(-1),
    });
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
  compute: ([high, low], [percent], memory) => swing(high!, low!, percent!, memory),
};
