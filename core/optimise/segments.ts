/**
 * The stretches of time over which each trial is measured.
 *
 * A trial is run once over all prices and its equity is cut at the borders: what is known at a
 * border depends on nothing after it. A position open at a border is valued at its close there.
 */
import { firstAtOrAfter } from '../market/months.ts';

/** From `fromMs` up to but not including `toMs`. */
export interface Segment {
  readonly role: 'search' | 'test';
  readonly fromMs: number;
  readonly toMs: number;
}

export type Validation =
  | { readonly kind: 'none' }
  /** Search before the date, test from it on. */
  | { readonly kind: 'holdout'; readonly splitMs: number }
  /**
   * `windows` tests of equal length one after another, each searched on what is before it: on
   * `ratio` times its length when rolling, on everything when anchored.
   */
  | {
      readonly kind: 'rolling' | 'anchored';
      readonly windows: number;
      readonly ratio: number;
    };

/** For `none` one search; else search and test in turn, one pair a window. */
export function segmentsOf(
  validation: Validation,
  prices: { readonly firstMs: number; readonly lastMs: number },
): readonly Segment[] {
  const { firstMs } = prices;
  const endMs = prices.lastMs + 1;
  const search = (fromMs: number, toMs: number): Segment => ({ role: 'search', fromMs, toMs });
  const test = (fromMs: number, toMs: number): Segment => ({ role: 'test', fromMs, toMs });
  switch (validation.kind) {
    case 'none':
      return [search(firstMs, endMs)];
    case 'holdout': {
      const { splitMs } = validation;
      return [search(firstMs, splitMs), test(splitMs, endMs)];
    }
    case 'rolling':
    case 'anchored': {
      const { kind, windows, ratio } = validation;
      const lengthMs = (endMs - firstMs) / (windows + ratio);
      return Array.from({ length: windows }, (_, w) => {
        const fromMs = wholeDay(firstMs + (w + ratio) * lengthMs);
        const toMs = w === windows - 1 ? endMs : wholeDay(firstMs + (w + 1 + ratio) * lengthMs);
        const startMs = kind === 'anchored' || w === 0 ? firstMs : firstMs + w * lengthMs;
        return [search(wholeDay(startMs), fromMs), test(fromMs, toMs)];
      }).flat();
    }
  }
}

/** Borders lie on midnight UTC, where days are counted from. */
function wholeDay(ms: number): number {
  return Math.floor(ms / 86_400_000) * 86_400_000;
}

/** Bars from `from` up to but not including `to`. */
export function barsOf(
  segment: Segment,
  timesMs: Float64Array,
): { readonly from: number; readonly to: number } {
  return {
    from: firstAtOrAfter(timesMs, segment.fromMs),
    to: firstAtOrAfter(timesMs, segment.toMs),
  };
}
