/**
 * Bars as they cross the wire from a server to a page: columns of plain JSON numbers.
 *
 * Prices are bids, or the only prices there are, as decimals. Times are the opening of each bar,
 * UTC, rising. All bars are closed but the last where `isLastOpen` says that it is still forming.
 */
import type { Bars, PriceColumns } from './bars.ts';
import { canonicalBars } from './canonical.ts';

export interface WireBars {
  readonly timesMs: readonly number[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  /** Whatever the source counts: ticks at a broker, units at an exchange. */
  readonly volume: readonly number[] | null;
  /** Decimals that a price is shown with. */
  readonly digits: number;
  readonly isLastOpen: boolean;
}

/** A page of bars, ending before the time that was asked for. */
export interface BarsPage {
  readonly bars: WireBars;
  /** Older ones are there to be asked for. */
  readonly hasMore: boolean;
  /** Who said so: `terminal` or the name of a provider. */
  readonly source: string;
  /** When the source was asked for them. */
  readonly heardMs: number;
}

export const noBars: WireBars = {
  timesMs: [],
  open: [],
  high: [],
  low: [],
  close: [],
  volume: null,
  digits: 2,
  isLastOpen: false,
};

/** The same bars in typed columns, on the coarsest grid of points that holds them. */
export function toBars(wire: WireBars): Bars {
  const { timesMs, open, high, low, close, volume, digits } = wire;
  const bid: PriceColumns = {
    open: Float64Array.from(open),
    high: Float64Array.from(high),
    low: Float64Array.from(low),
    close: Float64Array.from(close),
  };
  const bars = canonicalBars({
    length: timesMs.length,
    timesMs: Float64Array.from(timesMs),
    scale: 1,
    digits,
    bid,
    ask: null,
    volume: volume && Float64Array.from(volume),
    spreadPoints: null,
  });
  return { ...bars, digits };
}
