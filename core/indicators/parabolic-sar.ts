/** Parabolic stop and reverse. */
import { numberParameter, type Indicator } from './indicator.ts';
import { recall, withPast, type Memory } from './memory.ts';

/**
 * A stop that follows the trend ever faster and turns with it, in price units.
 *
 * The first value is NaN. It begins on the side that the second bar moved to, long where it moved
 * neither way, with the extreme of the first bar, as in TA-Lib.
 *
 * Source: Wilder 1978, New Concepts in Technical Trading Systems.
 */
export function parabolicSar(
  bars: { readonly high: Float64Array; readonly low: Float64Array },
  { step, most }: { readonly step: number; readonly most: number },
  memory?: Memory,
): Float64Array {
  const kept = recall(memory, () => ({ side: 0, stop: 0, extreme: 0, speed: step }));
  const { column: high, from } = withPast(bars.high, 1, memory);
  const { column: low } = withPast(bars.low, 1, memory);
  const out = new Float64Array(high.length).fill(NaN);
  if (out.length < 2) return out.subarray(from);
  // Seen from the side it is on: what is favourable is larger, `near` is where the stop may be hit.
  let { side, stop, extreme, speed } = kept;
  const begins = side === 0;
  if (begins) side = low[0]! - low[1]! > Math.max(0, high[1]! - high[0]!) ? -1 : 1;
  let far = side > 0 ? high : low;
  let near = side > 0 ? low : high;
  if (begins) {
    stop = side * near[0]!;
    extreme = side * far[1]!;
  }
  for (let i = 1; i < out.length; i++) {
    const last = begins && i === 1 ? 1 : i - 1;
    if (side * near[i]! <= stop) {
      stop = -Math.max(extreme, side * far[last]!, side * far[i]!);
      side = -side;
      [far, near] = [near, far];
      out[i] = side * stop;
      speed = step;
      extreme = side * far[i]!;
    } else {
      out[i] = side * stop;
      if (side * far[i]! > extreme) {
        extreme = side * far[i]!;
        speed = Math.min(most, speed + step);
      }
    }
    stop += speed * (extreme - stop);
    stop = Math.min(stop, side * near[last]!, side * near[i]!);
  }
  Object.assign(kept, { side, stop, extreme, speed });
  return out.subarray(from);
}

export const parabolicSarIndicator: Indicator = {
  name: 'parabolic_sar',
  title: 'Parabolic stop and reverse',
  description: 'A stop that follows the trend ever faster and turns with it.',
  reference: 'Wilder 1978, begun as in TA-Lib: at the second bar, on the side it moved to.',
  sources: ['high', 'low'],
  parameters: [
    numberParameter('step', 'What each new extreme adds to the speed.', {
      min: 0,
      max: 1,
      default: 0.02,
    }),
    numberParameter('most', 'The highest speed.', { min: 0, max: 1, default: 0.2 }),
  ],
  outputs: [''],
  pane: 'price',
  compute: ([high, low], [step, most], memory) => [
    parabolicSar({ high: high!, low: low! }, { step: step!, most: most! }, memory),
  ],
};
