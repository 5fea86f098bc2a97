/** The bar that is forming, as prices come: it follows the last one or goes on with it. */
import type { Bars } from '#core/market/bars.ts';
import { DAY_MS } from '#core/market/timeframe.ts';
import { spanAt } from '#core/rules/spans.ts';

export interface LivePrice {
  readonly bid: number;
  readonly timeMs: number;
}

export interface FormingOptions {
  readonly timeframe: string;
  readonly barMs: number;
}

/**
 * One bar with the bid taken in, to be put in the place of the last of `bars` or after it; null
 * for a price from before the last one opened. Its volume is what is known of it.
 */
export function formingBar(
  bars: Bars,
  { bid, timeMs }: LivePrice,
  { timeframe, barMs }: FormingOptions,
): Bars | null {
  const last = bars.length - 1;
  if (last < 0 || timeMs < bars.timesMs[last]!) return null;
  const lastMs = bars.timesMs[last]!;
  const closesMs = closeOf(lastMs, timeframe, barMs);
  if (timeMs >= closesMs) {
    // A day of a broker begins where the last one did, not at midnight.
    const opensMs = lastMs + Math.floor((timeMs - lastMs) / barMs) * barMs;
    const opened = timeframe.startsWith('MN') ? spanAt(timeframe, timeMs).fromMs : opensMs;
    return oneBar(bars, opened, [bid, bid, bid, bid], 0);
  }
  const price = (field: 'open' | 'high' | 'low') => bars.bid[field][last]! / bars.scale;
  const high = Math.max(price('high'), bid);
  const low = Math.min(price('low'), bid);
  return oneBar(bars, lastMs, [price('open'), high, low, bid], bars.volume?.[last] ?? 0);
}

/** When a bar that opened at `openMs` is over. */
export function closeOf(openMs: number, timeframe: string, barMs: number): number {
  // Months differ in length; the middle of one is in it whatever the clocks of the broker say.
  return timeframe.startsWith('MN') ? spanAt(timeframe, openMs + 3 * DAY_MS).toMs : openMs + barMs;
}

function oneBar(
  like: Bars,
  openMs: number,
  [open, high, low, close]: readonly [number, number, number, number],
  volume: number,
): Bars {
  const column = (value: number) => Float64Array.of(value);
  return {
    length: 1,
    timesMs: column(openMs),
    scale: 1,
    digits: like.digits,
    bid: { open: column(open), high: column(high), low: column(low), close: column(close) },
    ask: null,
    volume: like.volume && column(volume),
    spreadPoints: null,
  };
}
