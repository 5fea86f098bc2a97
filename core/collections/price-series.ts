/** A stored price series: what is known of it without loading its bars. */

/** What stands in place of a timeframe where a series holds ticks. */
export const TICKS = 'ticks';

export interface PriceSeries {
  /** `SYMBOL.TIMEFRAME`: `EURUSD.H1`, `EURUSD.ticks`. */
  readonly id: string;
  readonly symbol: string;
  /** `M1`, `M5`, `H1`, `D1`, `W1`, `MN1` …, see `core/market/timeframe.ts`; or `ticks`. */
  readonly timeframe: string;
  /** Of a series of ticks, how many of those. */
  readonly bars: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly digits: number;
  readonly scale: number;
  readonly hasAsk: boolean;
  readonly hasVolume: boolean;
  readonly storedBytes: number;
  readonly importedMs: number;
  /** The files it was made of, newest last. */
  readonly sources: readonly {
    readonly fileName: string;
    readonly format: string;
    /** IANA name or fixed offset the file's times were read in. */
    readonly zone: string;
    readonly importedMs: number;
    readonly added: number;
    readonly problems: number;
  }[];
}

/** Whether a series holds ticks, which are no bars to test or to draw. */
export function isTickSeries({ timeframe }: Pick<PriceSeries, 'timeframe'>): boolean {
  return timeframe === TICKS;
}
