/** A finished backtest: everything needed to show it again and to prove it is the same run. */
import type { WarmupRow } from '../code/warm-up.ts';
import type { RunSettings } from '../execution/settings.ts';
import type { Language } from './strategy.ts';
import type { Statistics } from '../statistics/registry.ts';

export interface Run {
  readonly id: string;
  readonly strategyId: string | null;
  readonly strategyName: string;
  /** The text as it was run. */
  readonly source: string;
  readonly inputs: Readonly<Record<string, number>>;
  readonly settings: RunSettings;
  readonly seriesId: string;
  /** SHA-256, hex: the same bars, rules and settings give the same hash on every machine. */
  readonly hash: string;
  readonly bars: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly warmupBars: number;
  readonly roundTrips: number;
  readonly ambiguousRoundTrips: number;
  readonly droppedEntries: number;
  readonly stats: Statistics;
  readonly createdMs: number;
  readonly tookMs: number;
  readonly note: string;
  /**
   * Ids of further series that the same rules traded on the same account, after the first;
   * missing = none. With them bars and times are those of the common timeline.
   */
  readonly portfolio?: readonly string[];
  /** What moved inside the bars; missing = only their own four prices were asked for. */
  readonly inner?: RunInner;
  /** Ids of series of other symbols that the rules read; missing = none. */
  readonly companions?: readonly string[];
  /** What the text is written in; missing = rules. */
  readonly language?: Language;
  /** What a strategy in code wrote, and which of its orders were refused; missing = nothing. */
  readonly log?: readonly string[];
  /** What history each column of a strategy in code needs; missing = not looked at. */
  readonly warmup?: readonly WarmupRow[];
  /** What the round trips in doubt could change; missing = none is, or the run is older. */
  readonly band?: RunBand;
}

/** See `core/execution/band.ts`; each trip's other profit is with the run's arrays. */
export interface RunBand {
  /** How many round trips left a bar that held both their stop and their target. */
  readonly trips: number;
  /** Final equity if each of them had gone the better way, and the worse. */
  readonly bestEquity: number;
  readonly worstEquity: number;
}

export interface RunInner {
  /** Ids of the series, one for each market of the run. */
  readonly seriesIds: readonly string[];
  /** Bars of all markets together. */
  readonly bars: number;
  /** How many of them had any price inside; the others were walked by their own four. */
  readonly covered: number;
}
