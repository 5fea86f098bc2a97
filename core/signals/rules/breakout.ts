/** Goes with a close beyond all prices of the last weeks. */
import type { SignalRule } from '../signal.ts';

export const breakout: SignalRule = {
  name: 'breakout',
  title: 'Breakout',
  about: 'The close is beyond the highest high or the lowest low of the 20 bars before it.',
  rules: `let top = highest(high, 20)[1]
let bottom = lowest(low, 20)[1]
let usual = atr(14)
let beyond = max(close - top, bottom - close, 0) / usual
let strength = min(100, 100 * beyond)

enter long when close > top
enter short when close < bottom
`,
  formula:
    'How far the close is beyond the old extreme, in percent of the average true range (14), at most 100.',
  horizonBars: 10,
  reasons: {
    up: 'Close {beyond:2} ranges above the 20-bar high {top}.',
    down: 'Close {beyond:2} ranges below the 20-bar low {bottom}.',
  },
};
