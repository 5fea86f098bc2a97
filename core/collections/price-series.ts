/** A stored price series: what is known of it without loading its bars. */

export interface PriceSeries {
  /** `SYMBOL.TIMEFRAME`, upper case: `EURUSD.H1`. */
  readonly id: string;
  readonly symbol: string;
  /** `M1`, `M5`, `H1`, `D1`, `W1`, `MN1` …, see `core/market/timeframe.ts`. */
  readonly timeframe: string;
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
