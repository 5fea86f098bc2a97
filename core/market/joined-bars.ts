/** Bars with what follows them put at their end. */
import type { Bars, PriceColumn, PriceColumns } from './bars.ts';
import { firstAtOrAfter } from './months.ts';

/** `bars` up to where `tail` begins, then `tail`; in the columns that `bars` has. */
export function withTail(bars: Bars, tail: Bars): Bars {
  const kept = firstAtOrAfter(bars.timesMs, tail.timesMs[0] ?? Infinity);
  const length = kept + tail.length;
  const ratio = bars.scale / tail.scale;
  const prices = (own: PriceColumn, more: PriceColumn): PriceColumn => {
    const out = own instanceof Int32Array ? new Int32Array(length) : new Float64Array(length);
    out.set(own.subarray(0, kept));
    for (let i = 0; i < more.length; i++) {
      const value = more[i]! * ratio;
      out[kept + i] = own instanceof Int32Array ? Math.round(value) : value;
    }
    return out;
  };
  const side = (own: PriceColumns, more: PriceColumns): PriceColumns => ({
    open: prices(own.open, more.open),
    high: prices(own.high, more.high),
    low: prices(own.low, more.low),
    close: prices(own.close, more.close),
  });
  return {
    ...bars,
    length,
    timesMs: concat(bars.timesMs.subarray(0, kept), tail.timesMs),
    bid: side(bars.bid, tail.bid),
    ask: null,
    volume:
      bars.volume &&
      concat(bars.volume.subarray(0, kept), tail.volume ?? new Float64Array(tail.length)),
    spreadPoints: null,
  };
}

function concat(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

/** A copy that shares no memory, to be handed over, without what a chart does not draw. */
export function copyOf(bars: Bars): Bars {
  const side = ({ open, high, low, close }: PriceColumns): PriceColumns => ({
    open: open.slice(),
    high: high.slice(),
    low: low.slice(),
    close: close.slice(),
  });
  return {
    ...bars,
    timesMs: bars.timesMs.slice(),
    bid: side(bars.bid),
    ask: null,
    volume: bars.volume && bars.volume.slice(),
    spreadPoints: null,
  };
}

export function arraysOf({ timesMs, bid, volume }: Bars): readonly (ArrayBufferView | null)[] {
  return [timesMs, bid.open, bid.high, bid.low, bid.close, volume];
}
