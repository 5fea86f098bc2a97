/** Goes with a move that is still gaining speed. */
import type { SignalRule } from '../signal.ts';

export const momentum: SignalRule = {
  name: 'momentum',
  title: 'Momentum',
  about: 'RSI is off its middle, and the MACD line is on the same side of its signal line.',
  rules: `let speed = rsi(close, 14)
let gap = macd(close, 12, 26, 9)
let strength = min(100, 2.5 * abs(speed - 50))

enter long when speed > 55 and gap.line > gap.signal
enter short when speed < 45 and gap.line < gap.signal
`,
  formula: 'Two and a half times the distance of RSI (14) from 50, at most 100.',
  horizonBars: 10,
  reasons: {
    up: 'RSI {speed:1}, above 55, and MACD above its signal line.',
    down: 'RSI {speed:1}, below 45, and MACD below its signal line.',
  },
};
