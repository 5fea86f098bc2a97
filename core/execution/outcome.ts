/** What came of a run, before any statistic: round trips in columns, equity a bar. */

/**
 * `rule`: an exit rule · `reverse`: an entry replaced the position · `stop`, `target`: its
 * level · `ruin`: equity fell to zero · `end`: closed with the last bar.
 */
export type ExitReason = 'rule' | 'reverse' | 'stop' | 'target' | 'ruin' | 'end';

export const exitReasons: readonly ExitReason[] = [
  'rule',
  'reverse',
  'stop',
  'target',
  'ruin',
  'end',
];

/** The number a reason is stored as: its index in `exitReasons`. */
export const exitReasonCode: Readonly<Record<ExitReason, number>> = {
  rule: 0,
  reverse: 1,
  stop: 2,
  target: 3,
  ruin: 4,
  end: 5,
};

/** One index a closed round trip, in the order in which they closed. */
export interface RoundTripColumns {
  readonly count: number;
  readonly entryBar: Int32Array;
  readonly exitBar: Int32Array;
  readonly entryPrice: Float64Array;
  readonly exitPrice: Float64Array;
  /** Positive for a long, negative for a short. */
  readonly units: Float64Array;
  /** Money, after both commissions. */
  readonly profit: Float64Array;
  /** Money paid at entry plus exit. */
  readonly commission: Float64Array;
  /** Index into `exitReasons`. */
  readonly exitReason: Uint8Array;
  /**
   * 1 where the exit bar held both stop and target and did not open beyond the stop, so that
   * their order is not known; the stop was assumed.
   */
  readonly ambiguous: Uint8Array;
}

export interface Outcome {
  readonly roundTrips: RoundTripColumns;
  /** Money at the close of each bar; 0 from the bar on which all was lost. */
  readonly equity: Float64Array;
  /** Money paid in commissions, those of a position still open included. */
  readonly commissions: number;
  /** The position still open at the end, which no round trip counts. */
  readonly open: {
    readonly entryBar: number;
    readonly entryPrice: number;
    readonly units: number;
  } | null;
  /** Entries that could not be made: no money for one unit, or no stop to size by. */
  readonly droppedEntries: number;
}
