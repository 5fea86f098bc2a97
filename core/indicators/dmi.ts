/** The parts of the directional movement index. */
import { adx } from './adx.ts';
import type { HighLowClose } from './high-low-close.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';

export interface Dmi {
  readonly plus: Float64Array;
  readonly minus: Float64Array;
  readonly dx: Float64Array;
}

/**
 * The strengths of both directions and their unsmoothed index, each 0 … 100, from bar period − 1.
 *
 * Throws if `period` is not an integer of at least 2: a bug, not user input.
 * Source: Wilder 1978, New Concepts in Technical Trading Systems.
 */
export function dmi(bars: HighLowClose, period: number, memory?: Memory): Dmi {
  const { plusDi: plus, minusDi: minus } = adx(bars, period, memory);
  const dx = new Float64Array(plus.length);
  for (let i = 0; i < dx.length; i++) {
    const whole = plus[i]! + minus[i]!;
    const share = (100 * Math.abs(plus[i]! - minus[i]!)) / whole;
    dx[i] = whole === 0 ? 0 : Math.min(100, share);
  }
  return { plus, minus, dx };
}

export const dmiIndicator: Indicator = {
  name: 'dmi',
  title: 'Directional movement index',
  description: 'The strengths of both directions and their unsmoothed index, each 0 to 100.',
  reference: 'Wilder 1978, begun as adx, which smooths dx: at bar period − 1.',
  sources: ['high', 'low', 'close'],
  parameters: [periodParameter('period', 'Bars in the smoothing.', { default: 14, min: 2 })],
  outputs: ['plus', 'minus', 'dx'],
  pane: 'own',
  compute: ([high, low, close], [period], memory) => {
    const all = dmi({ high: high!, low: low!, close: close! }, period!, memory);
    return [all.plus, all.minus, all.dx];
  },
};
