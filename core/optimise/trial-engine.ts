/** What a platform may offer to run trials faster than core can; core asks for it by this name. */
import type { Bars } from '../market/bars.ts';
import type { InputValues } from '../rules/constant.ts';
import type { Program } from '../rules/program.ts';
import type { RunBrief } from './run-brief.ts';
import type { Sweep } from './sweep.ts';

export interface TrialEngine {
  /** null where it does not know these bars, rules or settings, or has no room for them. */
  open(program: Program, bars: Bars, search: Pick<Sweep, 'axes' | 'settings'>): TrialSkimmer | null;
}

/** Bars that a trial is measured over, and what of the calendar it needs. */
export interface MeasuredBars {
  /** The bar whose equity the stretch begins with: that before its first. */
  readonly start: number;
  readonly from: number;
  readonly to: number;
  /** The last bar of each UTC day from `start` on, the last of all included. */
  readonly dayEnds: Int32Array;
}

export interface TrialSkimmer {
  /**
   * Runs the trial; `short` where there are too few bars for its indicators, `left` where the
   * trial is left to whoever asked.
   */
  run(inputs: InputValues): 'ran' | 'short' | 'left';
  /** Of the latest run; the sums equal those of its outcome but for the order of adding. */
  measure(bars: MeasuredBars): RunBrief;
}
