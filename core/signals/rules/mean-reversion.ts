/** Goes against a price that has left its usual distance from the average. */
import type { SignalRule } from '../signal.ts';

export const meanReversion: SignalRule = {
  name: 'mean-reversion',
  title: 'Mean reversion',
  about: 'The close is more than two standard deviations from its average over 20 bars.',
  rules: `let middle = sma(close, 20)
let distance = (close - middle) / stdev(close, 20)
let apart = abs(distance)
let strength = max(0, min(100, 50 * (apart - 1)))

enter long when distance < -2
enter short when distance > 2
`,
  formula: 'Fifty at two standard deviations from the average over 20 bars, a hundred at three.',
  horizonBars: 5,
  reasons: {
    up: 'Close {apart:1} deviations below the 20-bar average {middle}.',
    down: 'Close {apart:1} deviations above the 20-bar average {middle}.',
  },
};
