/** What the chart worker can be asked, over Comlink; it keeps what each pane shows. */
import type { ChartIndicator } from '#core/collections/chart-layout.ts';
import type { Failure } from '#core/errors.ts';
import type { Indicator } from '#core/indicators/indicator.ts';
import type { Bars } from '#core/market/bars.ts';
import type { Result } from '#core/result.ts';

/** What a page needs to know of an indicator, without what computes it. */
export type IndicatorFacts = Omit<Indicator, 'compute'>;

export type AskedIndicator = Pick<ChartIndicator, 'id' | 'name' | 'field' | 'parameters'>;

export interface StoredWindow {
  readonly seriesId: string;
  /** That of the series, or a longer one made of it. */
  readonly timeframe: string;
  /** Bars that open before it; null = up to the newest. */
  readonly beforeMs: number | null;
  /** Nothing of a later time is known: bars count as far as they had come. Null = all is known. */
  readonly untilMs: number | null;
  readonly mostBars: number;
  readonly indicators: readonly AskedIndicator[];
}

/** Bars that the page got elsewhere; the first `warmUp` of them are for the indicators alone. */
export interface GivenWindow {
  readonly bars: Bars;
  readonly warmUp: number;
  readonly indicators: readonly AskedIndicator[];
}

/** The outputs of an indicator, one value a bar shown. */
export interface IndicatorLines {
  readonly id: string;
  readonly columns: readonly Float64Array[];
}

export interface ChartWindow {
  readonly bars: Bars;
  readonly lines: readonly IndicatorLines[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

/** What is new at the end: its first bar may stand for the last one that was shown. */
export interface ChartTail {
  readonly bars: Bars;
  readonly lines: readonly IndicatorLines[];
  /** Of indicators that change earlier values, on all bars shown. */
  readonly redrawn: readonly IndicatorLines[];
}

export interface ChartWorker {
  indicators(): Promise<readonly IndicatorFacts[]>;
  /** Errors: `store.not-found`, `store.damaged`, `store.unavailable`. */
  show(pane: string, window: StoredWindow): Promise<Result<ChartWindow, Failure>>;
  /** Takes bars that the page holds and answers what belongs to them. */
  give(pane: string, window: GivenWindow): Promise<Result<ChartWindow, Failure>>;
  /** The indicators on what the pane shows. Error: `store.not-found` where that is nothing. */
  lines(
    pane: string,
    indicators: readonly AskedIndicator[],
  ): Promise<Result<readonly IndicatorLines[], Failure>>;
  /** Bars that follow, or stand for the last one; null where the pane shows none. */
  append(pane: string, bars: Bars): Promise<Result<ChartTail | null, Failure>>;
  /** When the next bar of a pane shown up to a time is known; null after the last. */
  nextMs(pane: string): Promise<Result<number | null, Failure>>;
  /** What becomes known up to a later time; null where that is nothing. */
  advance(pane: string, untilMs: number): Promise<Result<ChartTail | null, Failure>>;
  close(pane: string): Promise<void>;
}
