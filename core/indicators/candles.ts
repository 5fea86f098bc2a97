/** The parts of candles and what is usual for them, which the candle patterns are made of. */
import type { Indicator } from './indicator.ts';
import { withPast, type Memory } from './memory.ts';
import { sma } from './sma.ts';

/**
 * Columns of prices and of distances between them, all in price units: those of a chunk, behind as
 * many bars before it as a pattern reaches back.
 */
export interface Candles {
  readonly length: number;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Distance between open and close. */
  readonly body: Float64Array;
  /** From the body up to the high, and down to the low. */
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  /** From the low to the high. */
  readonly range: Float64Array;
  /** 1 where the close is not below the open, else −1. */
  readonly colour: Float64Array;
  /** `share` of the mean of the ten values before each bar. */
  readonly usual: (values: Float64Array, share?: number) => Float64Array;
  /** `share` of the mean of the five values before each bar. */
  readonly closeTo: (values: Float64Array, share: number) => Float64Array;
}

/** Bars that usual bodies and ranges are averaged over, and those for closeness, as in TA-Lib. */
const usualBars = 10;
const nearBars = 5;

type Prices = readonly [
  open: Float64Array,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
];

/** The candles of the chunk and of at most `past` bars before it, which begins at bar `from`. */
function candles(
  prices: Prices,
  past: number,
  memory: Memory | undefined,
): Candles & { readonly from: number } {
  const behindPast = (values: Float64Array) => withPast(values, past, memory).column;
  const open = behindPast(prices[0]);
  const high = behindPast(prices[1]);
  const low = behindPast(prices[2]);
  const close = behindPast(prices[3]);
  const length = close.length;
  const from = length - prices[3].length;
  const body = new Float64Array(length);
  const upper = new Float64Array(length);
  const lower = new Float64Array(length);
  const range = new Float64Array(length);
  const colour = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const start = open[i]!;
    const end = close[i]!;
    body[i] = Math.abs(end - start);
    upper[i] = high[i]! - Math.max(start, end);
    lower[i] = Math.min(start, end) - low[i]!;
    range[i] = high[i]! - low[i]!;
    colour[i] = end >= start ? 1 : -1;
  }
  const meanBefore = (values: Float64Array, bars: number, share: number) => {
    const { column } = withPast(sma(values.subarray(from), bars, memory), past, memory);
    const out = new Float64Array(length).fill(NaN);
    for (let i = bars; i < length; i++) out[i] = share * column[i - 1]!;
    return out;
  };
  return {
    ...{ length, from, open, high, low, close, body, upper, lower, range, colour },
    usual: (values, share = 1) => meanBefore(values, usualBars, share),
    closeTo: (values, share) => meanBefore(values, nearBars, share),
  };
}

/**
 * A condition of candles: 1 on the bars where it holds, else 0, NaN before bar `first`.
 *
 * `find` writes 0 or 1 into its outputs from bar `first` on and looks back at most so many bars.
 */
export function candlePattern(
  about: Pick<Indicator, 'name' | 'title' | 'description' | 'reference'> &
    Partial<Pick<Indicator, 'outputs' | 'parameters'>>,
  first: number,
  find: (bars: Candles, outputs: readonly Float64Array[], parameters: readonly number[]) => void,
): Indicator {
  const { outputs = [''], parameters = [], ...named } = about;
  return {
    ...named,
    sources: ['open', 'high', 'low', 'close'],
    parameters,
    outputs,
    pane: 'own',
    result: 'condition',
    compute: ([open, high, low, close], values, memory) => {
      const bars = candles([open!, high!, low!, close!], first, memory);
      const found = outputs.map(() => new Float64Array(bars.length).fill(NaN, 0, first));
      find(bars, found, values);
      return found.map((column) => column.subarray(bars.from));
    },
  };
}
