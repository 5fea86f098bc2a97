/**
 * The figures of many trials in one array: trial by trial, within it segment by segment, within
 * that figure by figure; NaN where a figure is undefined.
 */

/** What became of a trial: its index is stored. */
export const trialStates = ['ran', 'refused', 'short', 'waiting'] as const;

/**
 * `refused`: the rules do not take these inputs · `short`: too few bars for its indicators ·
 * `waiting`: not tried yet.
 */
export type TrialState = (typeof trialStates)[number];

export const trialStateCode = { ran: 0, refused: 1, short: 2, waiting: 3 } as const;

/** The measures of trials that follow each other. */
export interface TrialColumns {
  readonly states: Uint8Array;
  readonly values: Float64Array;
}

export interface MeasureLayout {
  readonly segments: number;
  /** Names of the figures in stored order. */
  readonly figures: readonly string[];
}

export function emptyColumns(trials: number, { segments, figures }: MeasureLayout): TrialColumns {
  return {
    states: new Uint8Array(trials).fill(trialStateCode.waiting),
    values: new Float64Array(trials * segments * figures.length).fill(NaN),
  };
}

/** Puts the columns of a batch in their place. */
export function placeColumns(
  into: TrialColumns,
  batch: TrialColumns,
  from: number,
  { segments, figures }: MeasureLayout,
): void {
  into.states.set(batch.states, from);
  into.values.set(batch.values, from * segments * figures.length);
}

/** Reads one figure of one segment: trial → value, NaN where undefined or not kept. */
export function figureReader(
  columns: TrialColumns,
  layout: MeasureLayout,
  segment: number,
  figure: string,
): (trial: number) => number {
  const width = layout.figures.length;
  const at = layout.figures.indexOf(figure);
  if (at < 0) return () => NaN;
  const row = layout.segments * width;
  const offset = segment * width + at;
  const { values } = columns;
  return (trial) => values[trial * row + offset]!;
}
