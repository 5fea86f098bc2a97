/** Strategies to start from that read other timeframes and sessions, and place orders of their own. */
import type { RuleTemplate } from './templates.ts';

export const orderTemplates: readonly RuleTemplate[] = [
  {
    id: 'range-break',
    name: 'Range break with stop orders',
    description:
      'Waits with an order above and one below a narrow range; the first to be filled cancels the other.',
    source: `# Narrow means: the range is small beside what the market usually moves in a bar.
input channel = 20 from 10 to 60 step 5
input width = 6 from 3 to 12 step 1

let top = highest(high, channel)
let bottom = lowest(low, channel)
let narrow = top - bottom < width * atr(100)

enter long stop at top for 3 bars when narrow
enter short stop at bottom for 3 bars when narrow
one cancels other

stop 2 * atr(14)
trail 2 * atr(14) after 1 R
size risk 1%
`,
  },
  {
    id: 'daily-trend',
    name: 'Pullback in the trend of days',
    description:
      'Lets the closed days say which way to trade and the bars of the run when; twice the risk is the target.',
    source: `# Of the days only closed ones are seen: what was a signal stays one.
input days = 20 from 10 to 100 step 10
input dip = 35 from 20 to 45 step 5

let average = ema(close, days) on D1
let rising = (close > ema(close, days)) on D1
let strength = rsi(close, 14)

enter long when rising and close > average and crosses_above(strength, dip)
enter short when not rising and close < average and crosses_below(strength, 100 - dip)
exit after 100 bars

stop 2 * atr(14)
target 2 R
size risk 1%
`,
  },
  {
    id: 'london-open',
    name: 'London session breakout',
    description:
      'Trades the way out of the range of the night when London opens, and is flat by the evening.',
    source: `# Times are those of London, summer time included.
let top = session_high("00:00-08:00", "Europe/London")
let bottom = session_low("00:00-08:00", "Europe/London")
let opening = london and not london[1]

enter long stop at top for 4 bars when opening and close < top
enter short stop at bottom for 4 bars when opening and close > bottom
one cancels other
exit when session("17:00-00:00", "Europe/London")

stop long at bottom
stop short at top
breakeven after 1 R
size risk 0.5%
`,
  },
  {
    id: 'atr-trail',
    name: 'Breakout with a trailing ATR stop',
    description:
      'Joins a new high or low and follows it at a distance, smaller when the market is wild.',
    source: `# The size aims at the same movement a year whatever the market does.
input channel = 50 from 20 to 200 step 10
input distance = 3 from 1.5 to 6 step 0.5

let top = highest(high, channel)[1]
let bottom = lowest(low, channel)[1]

enter long when close > top
enter short when close < bottom

stop distance * atr(20)
trail distance * atr(20)
size volatility 15% over 60 bars
`,
  },
  {
    id: 'scale-out',
    name: 'Trend with a part taken at 1 R',
    description:
      'Enters when price stands on one side of several averages, takes half at the risk and lets the rest run.',
    source: `# One list of averages serves both sides.
function above_all(a, b) = all_of(a > ema(b, n) for n in [10, 20, 50])
function below_all(a, b) = all_of(a < ema(b, n) for n in [10, 20, 50])

let rising = above_all(close, close)
let falling = below_all(close, close)

enter long when rising and not rising[1]
enter short when falling and not falling[1]

stop 2 * atr(14)
take 50% at 1 R
breakeven after 1 R
target 4 R
size risk 1%

plot ema(close, 20) as "middle average"
`,
  },
  {
    id: 'limit-dip',
    name: 'Dip bought with a limit order',
    description:
      'Waits below the price in a rising market for a short fall, and leaves after a while.',
    source: `# The order waits a few bars; a rise without a fall is left to others.
input trend = 100 from 50 to 300 step 50
input depth = 1 from 0.5 to 3 step 0.5

let average = sma(close, trend)

enter long limit at close - depth * atr(14) for 5 bars when close > average and average > average[5]
exit long when rsi(close, 5) > 70
exit after 30 bars

stop 2 * atr(14)
size risk 1%
`,
  },
];
