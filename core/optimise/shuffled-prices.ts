/**
 * Prices with the same bars in another order: every trend and pattern between bars is gone, the
 * size of moves, the drift from end to end and the costs are not.
 *
 * Each bar keeps its shape, its gap from the close before, as ratios, and its spread. Times
 * and volumes stay where they are. Source: Masters 2018, Permutation and Randomization Tests for
 * Trading System Development.
 */
import type { Bars, PriceColumns } from '../market/bars.ts';
import { shuffle } from './order-paths.ts';

/** Fresh bars of plain doubles; the first bar stays first, so that they begin alike. */
export function shuffledPrices(bars: Bars, random: () => number): Bars {
  const order = Int32Array.from({ length: Math.max(0, bars.length - 1) }, (_, i) => i + 1);
  shuffle(order, random);
  const bid = reordered(bars.bid, bars.scale, order);
  return {
    ...bars,
    scale: 1,
    bid,
    ask: bars.ask && besideBid(bars, bars.ask, bid, order),
    spreadPoints:
      bars.spreadPoints && Int32Array.from([0, ...order], (k) => bars.spreadPoints![k]!),
  };
}

function reordered(from: PriceColumns, scale: number, order: Int32Array): PriceColumns {
  const { open, high, low, close } = from;
  const length = close.length;
  const out = emptyColumns(length);
  if (length === 0) return out;
  put(out, 0, open[0]! / scale, high[0]! / scale, low[0]! / scale, close[0]! / scale);
  for (let i = 1; i < length; i++) {
    const k = order[i - 1]!;
    const factor = out.close[i - 1]! / close[k - 1]!;
    put(out, i, open[k]! * factor, high[k]! * factor, low[k]! * factor, close[k]! * factor);
  }
  return out;
}

/** The ask of each moved bar keeps its ratio to the bid. */
function besideBid(
  bars: Bars,
  ask: PriceColumns,
  bid: PriceColumns,
  order: Int32Array,
): PriceColumns {
  const out = emptyColumns(bars.length);
  for (let i = 0; i < bars.length; i++) {
    const k = i === 0 ? 0 : order[i - 1]!;
    const factor = bid.close[i]! / bars.bid.close[k]!;
    put(
      out,
      i,
      ask.open[k]! * factor,
      ask.high[k]! * factor,
      ask.low[k]! * factor,
      ask.close[k]! * factor,
    );
  }
  return out;
}

function put(
  out: PriceColumns,
  at: number,
  open: number,
  high: number,
  low: number,
  close: number,
): void {
  out.open[at] = open;
  out.high[at] = high;
  out.low[at] = low;
  out.close[at] = close;
}

function emptyColumns(length: number): PriceColumns {
  const make = () => new Float64Array(length);
  return { open: make(), high: make(), low: make(), close: make() };
}
