/** Goes with the averages once a trend has shown its direction. */
import type { SignalRule } from '../signal.ts';

export const trend: SignalRule = {
  name: 'trend',
  title: 'Trend',
  about: 'The close, a fast and a slow average stand in order, and the direction index agrees.',
  rules: `let fast = ema(close, 20)
let slow = ema(close, 50)
let direction = adx(14)
let force = direction.adx
let strength = min(100, 2 * direction.adx)

enter long when close > fast and fast > slow and direction.plus_di > direction.minus_di
enter short when close < fast and fast < slow and direction.plus_di < direction.minus_di
`,
  formula: 'Twice the average directional index (ADX) over 14 bars, at most 100.',
  horizonBars: 20,
  reasons: {
    up: 'Close above average {fast} of 20 bars, above {slow} of 50; ADX {force:1}.',
    down: 'Close below average {fast} of 20 bars, below {slow} of 50; ADX {force:1}.',
  },
};
