/** Heikin-Ashi bars. */
import type { Indicator } from './indicator.ts';
import { recall, type Memory } from './memory.ts';

interface OpenHighLowClose {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/**
 * Averaged bars, in price units: the close is the mean of the four prices, the open the middle of
 * the averaged bar before.
 *
 * The open of the first is the middle between its open and close. Nobody can trade at these
 * prices: orders fill at those of the true bars.
 *
 * Source: Valcu 2004, Stocks & Commodities 22:2.
 */
export function heikinAshi(
  { open, high, low, close }: OpenHighLowClose,
  memory?: Memory,
): OpenHighLowClose {
  const length = close.length;
  const out = {
    open: new Float64Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
  };
  const kept = recall(memory, () => ({ start: NaN }));
  let start = Number.isNaN(kept.start) ? (open[0]! + close[0]!) / 2 : kept.start;
  for (let i = 0; i < length; i++) {
    const end = (open[i]! + high[i]! + low[i]! + close[i]!) / 4;
    out.open[i] = start;
    out.close[i] = end;
    out.high[i] = Math.max(high[i]!, start, end);
    out.low[i] = Math.min(low[i]!, start, end);
    start = (start + end) / 2;
  }
  kept.start = start;
  return out;
}

export const heikinAshiIndicator: Indicator = {
  name: 'heikin_ashi',
  title: 'Heikin-Ashi bars',
  description: 'The four prices of averaged bars, which show a trend with less noise.',
  reference: 'Valcu 2004; the first open is the middle of the open and close of the first bar.',
  sources: ['open', 'high', 'low', 'close'],
  parameters: [],
  outputs: ['open', 'high', 'low', 'close'],
  pane: 'price',
  compute: ([open, high, low, close], _, memory) => {
    const all = heikinAshi({ open: open!, high: high!, low: low!, close: close! }, memory);
    return [all.open, all.high, all.low, all.close];
  },
};
