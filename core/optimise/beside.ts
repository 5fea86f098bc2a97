/** What trials read beside their bars: what moves inside these, and bars of other symbols. */
import { sliceBars, type Bars } from '../market/bars.ts';
import { firstAtOrAfter } from '../market/months.ts';
import type { InnerPrices } from '../execution/order-desk.ts';
import type { Companions } from '../rules/frame-bars.ts';

export interface Beside {
  /** null where the path of the settings walks nothing. */
  readonly inner: InnerPrices | null;
  readonly companions: Companions;
}

export const nothingBeside: Beside = { inner: null, companions: new Map() };

/** Beside bars `from` up to but not including `to`; no price is copied. */
export function besideSlice({ inner, companions }: Beside, from: number, to: number): Beside {
  const cut = inner && { ...inner, firstOf: inner.firstOf.subarray(from, to + 1) };
  return { inner: cut, companions };
}

/** What had opened of other symbols while `part`, which is cut out of `whole`, lasted. */
export function companionsDuring(companions: Companions, part: Bars, whole: Bars): Companions {
  const firstMs = part.timesMs[0] ?? Infinity;
  const next = firstAtOrAfter(whole.timesMs, part.timesMs.at(-1) ?? Infinity) + 1;
  const endMs = whole.timesMs[next] ?? Infinity;
  const cut = (bars: Bars) => {
    const from = firstAtOrAfter(bars.timesMs, firstMs);
    return sliceBars(bars, from, firstAtOrAfter(bars.timesMs, endMs, from));
  };
  return new Map(Array.from(companions, ([symbol, bars]) => [symbol, cut(bars)]));
}
