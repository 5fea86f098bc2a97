/** Strategies to start from, each whole and ready to run. */
import { orderTemplates } from './order-templates.ts';

export interface RuleTemplate {
  readonly id: string;
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  readonly source: string;
}

export const templates: readonly RuleTemplate[] = [
  {
    id: 'sma-cross',
    name: 'Moving average cross',
    description:
      'Follows the trend: long when the fast average crosses above the slow one, short when below.',
    source: `# Two simple averages; the fast one shows the way.
input fast = 10 from 5 to 50 step 5
input slow = 30 from 20 to 200 step 10

let quick = sma(close, fast)
let calm = sma(close, slow)

enter long when crosses_above(quick, calm)
enter short when crosses_below(quick, calm)
exit long when crosses_below(quick, calm)
exit short when crosses_above(quick, calm)

stop 5% of close
size 95% of equity
`,
  },
  {
    id: 'rsi-pullback',
    name: 'RSI pullback',
    description: 'Buys a short dip inside a long rise and sells into the recovery.',
    source: `# Only above the long average; RSI over two bars finds the dip.
input trend = 200 from 50 to 300 step 50
input dip = 10 from 2 to 30 step 2

let average = sma(close, trend)
let strength = rsi(close, 2)

enter long when close > average and strength < dip
exit long when strength > 70

stop 3 * atr(14)
size risk 1%
`,
  },
  {
    id: 'bollinger-reversion',
    name: 'Bollinger mean reversion',
    description: 'Bets that a price outside its usual band comes back to the middle.',
    source: `# A close back inside the band after a close outside it.
input period = 20 from 10 to 60 step 5
input width = 2 from 1 to 3 step 0.25

let band = bollinger(close, period, width)

enter long when crosses_above(close, band.lower)
enter short when crosses_below(close, band.upper)
exit long when close > band.middle
exit short when close < band.middle

stop 2 * atr(14)
size risk 1%
`,
  },
  {
    id: 'bollinger-breakout',
    name: 'Bollinger breakout',
    description: 'Joins a move that leaves its band after a quiet stretch.',
    source: `# Quiet means: the band is narrower than it has been on average.
input period = 20 from 10 to 60 step 5

let band = bollinger(close, period, 2)
let width = (band.upper - band.lower) / band.middle
let quiet = width[1] < sma(width, 100)[1]

enter long when quiet and close > band.upper
enter short when quiet and close < band.lower
exit long when close < band.middle
exit short when close > band.middle

stop 2 * atr(14)
size risk 1%
`,
  },
  {
    id: 'macd-trend',
    name: 'MACD trend with ATR stop',
    description:
      'Takes a MACD cross in the direction of the long average, with stop and target in ATR.',
    source: `input trend = 100 from 50 to 300 step 50
input room = 2 from 1 to 5 step 0.5

let average = ema(close, trend)
let m = macd(close, 12, 26, 9)

enter long when crosses_above(m.line, m.signal) and close > average
enter short when crosses_below(m.line, m.signal) and close < average

stop room * atr(14)
target 2 * room * atr(14)
size risk 1%
`,
  },
  {
    id: 'donchian-breakout',
    name: 'Donchian breakout',
    description:
      'Enters on a new high or low of many bars and leaves on the opposite one of fewer.',
    source: `# [1] leaves out the bar itself: it is compared with those before it.
input channel = 55 from 20 to 100 step 5
input way_out = 20 from 5 to 50 step 5

let top = highest(high, channel)[1]
let bottom = lowest(low, channel)[1]

enter long when close > top
enter short when close < bottom
exit long when close < lowest(low, way_out)[1]
exit short when close > highest(high, way_out)[1]

stop 2 * atr(20)
size risk 1%
`,
  },
  ...orderTemplates,
];
