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
  /** Of a search around its test: what it does not see; see `purged-ruler.ts`. */
  readonly without?: Hole | undefined;
}

export interface Hole {
  readonly fromMs: number;
  readonly toMs: number;
  /** Bars after `toMs` that are not seen either. */
  readonly embargoBars: number;
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
    }
  /** `folds` tests of equal length one after another, each searched on all prices but its own. */
  | { readonly kind: 'purged'; readonly folds: number; readonly embargoBars: number };

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
    case 'purged': {
      const { folds, embargoBars } = validation;
      const border = (fold: number) =>
        fold === 0
          ? firstMs
          : fold === folds
            ? endMs
            : wholeDay(firstMs + (fold / folds) * (endMs - firstMs));
      return Array.from({ length: folds }, (_, fold) => {
        const [fromMs, toMs] = [border(fold), border(fold + 1)];
        const around = { ...search(firstMs, endMs), without: { fromMs, toMs, embargoBars } };
        return [around, test(fromMs, toMs)];
      }).flat();
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

/** How long the segment is, what it does not see left out. */
export function segmentMs({ fromMs, toMs, without }: Segment): number {
  return toMs - fromMs - (without ? without.toMs - without.fromMs : 0);
}

/** Bars from `from` up to but not including `to`. */
export function barsOf(
  segment: Pick<Segment, 'fromMs' | 'toMs'>,
  timesMs: Float64Array,
): { readonly from: number; readonly to: number } {
  return {
    from: firstAtOrAfter(timesMs, segment.fromMs),
    to: firstAtOrAfter(timesMs, segment.toMs),
  };
}
