/** Bars that might have been: with noise on every price, or in blocks drawn from the real ones. */
import type { Bars, PriceColumns } from '../../market/bars.ts';

const fields = ['open', 'high', 'low', 'close'] as const;

type Doubles = Readonly<Record<(typeof fields)[number], Float64Array>>;

/**
 * Fresh bars of plain doubles: bar i has the shape of bar `source[i]` and its gap from the close
 * before it, as ratios; times and volumes stay. A source of 0 counts as bar 1, as nothing comes
 * before the first.
 */
export function barsFrom(bars: Bars, source: Int32Array): Bars {
  const { bid, ask, scale } = bars;
  const out = emptyDoubles(bars.length);
  const outAsk = ask && emptyDoubles(bars.length);
  for (let i = 0; i < bars.length; i++) {
    const k = i === 0 ? 0 : Math.max(1, source[i]!);
    const factor = i === 0 ? 1 / scale : out.close[i - 1]! / bid.close[k - 1]!;
    for (const field of fields) {
      out[field][i] = bid[field][k]! * factor;
      if (ask) outAsk![field][i] = ask[field][k]! * factor;
    }
  }
  const spreadPoints = bars.spreadPoints && source.map((k) => bars.spreadPoints![k]!);
  return { ...bars, scale: 1, bid: out, ask: outAsk, spreadPoints };
}

/**
 * Fresh bars of plain doubles: every price moved by a bell of about `deviation` of it; highs and
 * lows still hold what lies between them, and the ask keeps its ratio to the bid.
 */
export function noisyBars(bars: Bars, deviation: number, random: () => number): Bars {
  const { bid, ask, scale } = bars;
  const out = emptyDoubles(bars.length);
  const outAsk = ask && emptyDoubles(bars.length);
  for (let i = 0; i < bars.length; i++) {
    for (const field of fields) {
      const factor = Math.max(0.5, 1 + deviation * bell(random)) / scale;
      out[field][i] = bid[field][i]! * factor;
      if (ask) outAsk![field][i] = ask[field][i]! * factor;
    }
    mend(out, i);
    if (outAsk) mend(outAsk, i);
  }
  return { ...bars, scale: 1, bid: out, ask: outAsk };
}

/** The median of (high − low) ÷ close. */
export function medianRange({ bid, length }: Bars): number {
  const ranges = Float64Array.from(
    { length },
    (_, i) => (bid.high[i]! - bid.low[i]!) / bid.close[i]!,
  ).sort();
  return ranges[length >> 1] ?? 0;
}

/** Mean 0, deviation 1, from four draws: exact to the same bit in every engine. */
function bell(random: () => number): number {
  return (random() + random() + random() + random() - 2) * Math.sqrt(3);
}

function mend({ open, high, low, close }: Doubles, i: number): void {
  high[i] = Math.max(open[i]!, high[i]!, low[i]!, close[i]!);
  low[i] = Math.min(open[i]!, high[i]!, low[i]!, close[i]!);
}

function emptyDoubles(length: number): Doubles & PriceColumns {
  const make = () => new Float64Array(length);
  return { open: make(), high: make(), low: make(), close: make() };
}
