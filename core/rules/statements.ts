/** Every kind of line in a rule text and every sign between values, described for the reader. */

export interface StatementDescription {
  readonly name: string;
  /** How it is written; brackets mark what may be left out. */
  readonly form: string;
  readonly description: string;
  readonly examples: readonly string[];
}

export const statements: readonly StatementDescription[] = [
  {
    name: 'input',
    form: 'input NAME = NUMBER [from NUMBER to NUMBER [step NUMBER]]',
    description:
      'A number you can change without touching the rules. The range limits it and is what an optimiser searches.',
    examples: ['input fast = 10', 'input slow = 30 from 20 to 200 step 10', 'input part = 2%'],
  },
  {
    name: 'let',
    form: 'let NAME = VALUE',
    description:
      'A name for a number, a series or a condition, to be used in the lines below it. A named series is drawn on the chart.',
    examples: ['let average = sma(close, 50)', 'let rising = average > average[1]'],
  },
  {
    name: 'function',
    form: 'function NAME(VALUE, VALUE = PRESET) = EXPRESSION',
    description:
      'A name for an expression with values to fill in: numbers, series, conditions or lists. It may use inputs and names from anywhere in the text and other functions, but not itself.',
    examples: [
      'function spread(a, b) = abs(a - b)',
      'function stretched(n, times = 2) = close > sma(close, n) + times * stdev(close, n)',
    ],
  },
  {
    name: 'enter',
    form: 'enter long|short [stop at PRICE [limit at PRICE] | limit at PRICE] [for NUMBER bars] when CONDITION',
    description:
      'Opens a position where the condition holds at the close of a bar. Of several entries at market the first that holds is taken. With stop or limit an order waits for its price from the next bar on, for that bar alone or for as many as are said: a stop buys above or sells below, a limit takes its price or a better one, and both together turn into a limit once the stop is touched. Every such order that holds is placed beside the others; a line that holds again takes its waiting order back for the new one. Stop and target are measured from the price of the order, where both are said from its limit; an order with them on the wrong side of it is refused and counted as not made. A price is a value, never pips: for ten pips below on quotes of five digits write close - 0.0010.',
    examples: [
      'enter long when crosses_above(close, sma(close, 50))',
      'enter short when rsi(close, 14) > 80 and close < close[1]',
      'enter long stop at highest(high, 20) for 3 bars when close > sma(close, 50)',
      'enter short limit at close + atr(14) when close < sma(close, 50)',
      'enter long stop at high limit at high + atr(14) for 2 bars when close > open',
    ],
  },
  {
    name: 'exit',
    form: 'exit [long|short] when CONDITION | exit after NUMBER bars',
    description:
      'Closes the position where the condition holds at the close of a bar, or a number of bars after its entry. Without a side it closes either. Exits are looked at before entries.',
    examples: [
      'exit long when rsi(close, 14) > 80',
      'exit when close < lowest(low, 10)[1]',
      'exit after 20 bars',
    ],
  },
  {
    name: 'stop',
    form: 'stop [long|short] PERCENT of close | DISTANCE [pips|points] | at PRICE',
    description:
      'Limits the loss of a position. It is computed on the bar of the signal: a part of its close, a distance from its close, or a price. An entry that waits for a price is measured from that price. A pip is ten points where quotes have an odd number of digits, else one point.',
    examples: [
      'stop 5% of close',
      'stop 2 * atr(14)',
      'stop 20 pips',
      'stop long at lowest(low, 10)',
    ],
  },
  {
    name: 'target',
    form: 'target [long|short] PERCENT of close | DISTANCE [pips|points] | NUMBER R | at PRICE',
    description:
      'Takes the profit of a position; written like a stop, on the other side. One R is the distance from the fill to the stop that the position began with; a fill without a stop has no R, and nothing said in R happens.',
    examples: ['target 10% of close', 'target 4 * atr(14)', 'target 40 pips', 'target 2 R'],
  },
  {
    name: 'trail',
    form: 'trail DISTANCE [pips|points|R] [after DISTANCE] [lock DISTANCE]',
    description:
      'Draws the stop after the price at a distance that is computed on the bar of the signal. With after it begins once the profit has come so far; with lock the stop then keeps at least that profit.',
    examples: ['trail 3 * atr(14)', 'trail 2% of close', 'trail 1 R after 2 R lock 0.5 R'],
  },
  {
    name: 'breakeven',
    form: 'breakeven after DISTANCE [lock DISTANCE]',
    description:
      'Moves the stop onto the price of the entry, or as far beyond it as is locked, once the profit has come so far.',
    examples: ['breakeven after 1 R', 'breakeven after 20 pips lock 2 pips'],
  },
  {
    name: 'take',
    form: 'take PERCENT at DISTANCE [pips|points|R]',
    description:
      'Closes a part of the position, of its first volume, when the profit has come so far. Several lines may follow one another.',
    examples: ['take 50% at 1 R', 'take 25% at 4 * atr(14)'],
  },
  {
    name: 'size',
    form: 'size PERCENT of equity | NUMBER lots | NUMBER units | risk PERCENT | volatility PERCENT [over NUMBER bars] | kelly PERCENT [over NUMBER trips] [else PERCENT]',
    description:
      'How large an entry is. A risk is the part of equity lost at the stop, so every entry needs a stop. A volatility is what the position may move in a year: it is divided by that of the last bars (20 unless said), and all equity is the most. Kelly takes a part of the Kelly fraction of the last round trips (50 unless said) and until there are so many the part of equity after else (10% unless said). Each partial exit counts as a round trip. Where the Kelly fraction is 0 nothing is bought, no new trip changes it, and the strategy never trades again. Without this line all equity is used.',
    examples: [
      'size 100% of equity',
      'size 0.5 lots',
      'size 10 units',
      'size risk 1%',
      'size volatility 10% over 60 bars',
      'size kelly 50% over 100 trips else 5%',
    ],
  },
  {
    name: 'positions',
    form: 'positions NUMBER',
    description:
      'How many positions may be open at once; one without this line. While so many are open, entries are ignored.',
    examples: ['positions 3'],
  },
  {
    name: 'one',
    form: 'one cancels other',
    description:
      'Of the orders that one bar gave and that wait for their prices, the first to be filled cancels the others.',
    examples: ['one cancels other'],
  },
  {
    name: 'plot',
    form: 'plot VALUE [as "NAME"] [on price | on own pane]',
    description:
      'Draws a series or a level on the chart, over the prices or in a pane of its own. What let names is drawn without it.',
    examples: [
      'plot close - open',
      'plot highest(high, 20)[1] as "top" on price',
      'plot 70 as "overbought" on own pane',
    ],
  },
];

export interface OperatorDescription {
  readonly signs: string;
  readonly description: string;
  /** A condition or a value that uses it. */
  readonly example: string;
}

/** From the one that binds tightest to the one that binds loosest. */
export const operators: readonly OperatorDescription[] = [
  {
    signs: '[a, b]',
    description: 'A list of numbers, series or conditions, for the functions of lists.',
    example: 'max_of([open, close[1]]) < close',
  },
  {
    signs: 'for in',
    description: 'A list made by computing a value once for each value of another list.',
    example: 'all_of(close > sma(close, n) for n in [10, 20, 50])',
  },
  {
    signs: 'x[n]',
    description: 'The value n bars ago; x[1] is the bar before.',
    example: 'close[1]',
  },
  { signs: 'x.part', description: 'One output of several.', example: 'macd(close).signal' },
  { signs: '%', description: 'Divides by a hundred.', example: '5%' },
  { signs: '-x', description: 'The opposite.', example: '-close' },
  {
    signs: '* / of',
    description:
      'Times, divided by, and the part of a value. A division by zero keeps the value of the bar before.',
    example: 'close / 2 + 5% of open',
  },
  { signs: '+ -', description: 'Plus and minus.', example: 'high - low' },
  {
    signs: 'on',
    description:
      'Computed on the bars of a longer timeframe: on H4, on D1, on W1, on MN1. Of those bars only closed ones are seen, so that nothing changes later; days begin at midnight UTC, or by the clocks of a zone after in, weeks on Monday. Inside it x[1] is one of those bars ago.',
    example: 'close > sma(close, 5) on D1',
  },
  {
    signs: 'on D1 in "…"',
    description:
      'Days that begin at midnight by the clocks of a zone: "America/New_York+07:00" is midnight at 17:00 in New York, where the day of currencies ends.',
    example: 'close > high[1] on D1 in "America/New_York+07:00"',
  },
  {
    signs: 'on "…"',
    description:
      'Computed on the bars of another symbol, in quotes, as they stand when each bar closes; a timeframe may follow. Its bars must be stored.',
    example: 'close on "GBPUSD" > sma(close, 5) on "GBPUSD" H4',
  },
  {
    signs: '< <= > >= == !=',
    description: 'Comparisons; they make a condition.',
    example: 'close >= open',
  },
  { signs: 'not', description: 'The opposite of a condition.', example: 'not close > open' },
  { signs: 'and', description: 'Both conditions.', example: 'close > open and high > high[1]' },
  {
    signs: 'or',
    description: 'At least one condition.',
    example: 'close > open or high > high[1]',
  },
];
