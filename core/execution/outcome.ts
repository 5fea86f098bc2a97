/** What came of a run, before any statistic: round trips in columns, equity a bar. */

/**
 * `rule`: an exit rule or the strategy's close · `reverse`: an entry replaced or reduced the
 * position · `stop`, `target`: its level · `ruin`: equity fell to zero · `end`: closed with the
 * last bar · `trail`, `breakEven`: its stop, moved there · `partial`: a part of it at a level ·
 * `time`: as many bars as it was given · `stopOut`: margin ran short.
 */
export type ExitReason =
  | 'rule'
  | 'reverse'
  | 'stop'
  | 'target'
  | 'ruin'
  | 'end'
  | 'trail'
  | 'breakEven'
  | 'partial'
  | 'time'
  | 'stopOut';

/** A new reason is appended: runs are stored with its index. The first six are the kernels'. */
export const exitReasons: readonly ExitReason[] = [
  'rule',
  'reverse',
  'stop',
  'target',
  'ruin',
  'end',
  'trail',
  'breakEven',
  'partial',
  'time',
  'stopOut',
];

/** The number a reason is stored as: its index in `exitReasons`. */
export const exitReasonCode: Readonly<Record<ExitReason, number>> = {
  rule: 0,
  reverse: 1,
  stop: 2,
  target: 3,
  ruin: 4,
  end: 5,
  trail: 6,
  breakEven: 7,
  partial: 8,
  time: 9,
  stopOut: 10,
};

/**
 * One index a closed round trip, in the order in which they closed. A part of a position that
 * closes by itself is a round trip of its own. Bars are indices of the equity: with several
 * markets those of their common timeline.
 */
export interface RoundTripColumns {
  readonly count: number;
  readonly entryBar: Int32Array;
  readonly exitBar: Int32Array;
  readonly entryPrice: Float64Array;
  readonly exitPrice: Float64Array;
  /** Positive for a long, negative for a short. */
  readonly units: Float64Array;
  /** Money, after both commissions and swap. */
  readonly profit: Float64Array;
  /** Money paid at entry plus exit. */
  readonly commission: Float64Array;
  /** Index into `exitReasons`. */
  readonly exitReason: Uint8Array;
  /**
   * 1 where the exit bar held both stop and target and did not open beyond the stop, so that
   * their order is not known; the path inside the bar decided, the stop under `pessimistic`.
   */
  readonly ambiguous: Uint8Array;
  /** Index into the markets of the run; missing = there was one. */
  readonly market?: Uint16Array;
  /** Money of swap within profit; missing = none was ever charged. */
  readonly swap?: Float64Array;
  /** Money that slippage at entry and exit took, ≥ 0; missing = none ever did. */
  readonly slippage?: Float64Array;
  /**
   * Profit had the other level come first, NaN where not ambiguous; missing = none was, or the
   * kernel made the run: see `band.ts`.
   */
  readonly otherProfit?: Float64Array;
}

export interface StillOpen {
  readonly entryBar: number;
  readonly entryPrice: number;
  /** Signed. */
  readonly units: number;
}

export interface Outcome {
  readonly roundTrips: RoundTripColumns;
  /** Money at the close of each bar; 0 from the bar on which all was lost. */
  readonly equity: Float64Array;
  /** Money paid in commissions, those of a position still open included. */
  readonly commissions: number;
  /** The position still open at the end, which no round trip counts; the first of several. */
  readonly open: StillOpen | null;
  /** All positions still open at the end; missing = at most one. */
  readonly allOpen?: readonly (StillOpen & { readonly market: number })[];
  /** Open times of the bars that equity is of, where several markets share it. */
  readonly timelineMs?: Float64Array;
  /** Entries that could not be made: no money for one unit, no stop to size by, or refused. */
  readonly droppedEntries: number;
}
