/** Trials from best to worst by an objective, those that break a constraint left out. */
import type { ObjectiveKey } from './figures.ts';
import { figureReader, trialStateCode, type MeasureLayout, type TrialColumns } from './measures.ts';

export interface Constraints {
  /** A trial with fewer closed round trips says too little to be ranked. */
  readonly minRoundTrips: number;
  /** In percent, above 0; null = any. */
  readonly maxDrawdownPct: number | null;
}

export interface Ranking {
  /** Trials that may be ranked, the best first; equal ones in the order of their numbers. */
  readonly order: Int32Array;
  /** Trials that ran and are left out by a constraint or an undefined objective. */
  readonly leftOut: number;
}

/** The objective of each trial in a segment; NaN where it may not be ranked. */
export function scores(
  columns: TrialColumns,
  layout: MeasureLayout,
  segment: number,
  objective: ObjectiveKey,
  { minRoundTrips, maxDrawdownPct }: Constraints,
): Float64Array {
  const value = figureReader(columns, layout, segment, objective);
  const roundTrips = figureReader(columns, layout, segment, 'roundTrips');
  const drawdown = figureReader(columns, layout, segment, 'maxDrawdownPct');
  const out = new Float64Array(columns.states.length).fill(NaN);
  for (let trial = 0; trial < out.length; trial++) {
    if (columns.states[trial] !== trialStateCode.ran) continue;
    if (!(roundTrips(trial) >= minRoundTrips)) continue;
    if (maxDrawdownPct !== null && !(-drawdown(trial) <= maxDrawdownPct)) continue;
    out[trial] = value(trial);
  }
  return out;
}

export function rank(columns: TrialColumns, scored: Float64Array): Ranking {
  const trials: number[] = [];
  let ran = 0;
  for (let trial = 0; trial < scored.length; trial++) {
    if (columns.states[trial] === trialStateCode.ran) ran++;
    if (!Number.isNaN(scored[trial]!)) trials.push(trial);
  }
  const order = Int32Array.from(trials).sort((a, b) => scored[b]! - scored[a]! || a - b);
  return { order, leftOut: ran - order.length };
}
