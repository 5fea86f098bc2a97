/** What the analyse worker can be asked, over Comlink. */
import type { Failure } from '#core/errors.ts';
import type { Checked } from '#core/optimise/checks/check-run.ts';
import type { RealityPart, RealityRequest } from '#core/optimise/studies/reality-check.ts';
import type { RunInQuestion, StudyPart, StudyRequest } from '#core/optimise/studies/run-study.ts';
import type { Result } from '#core/result.ts';
import type { NamedSeries } from '#core/rules/evaluate.ts';
import type { EquityPoint } from '#core/statistics/equity-points.ts';
import type { Report } from '#core/statistics/report.ts';
import type { RunArrays } from '#workers/store/database.ts';
import type { ArrayFacts } from './run-facts.ts';

export interface RunReport extends Report {
  /** False where the prices have changed or gone: times between round trips are then estimates. */
  readonly exactTimes: boolean;
}

export interface RunContents {
  readonly runId: string;
  readonly roundTrips: RunArrays['roundTrips'];
  /** The equity in at most 5,000 points, every extreme among them. */
  readonly curve: readonly EquityPoint[];
  /** As in `RunReport`. */
  readonly exactTimes: boolean;
  readonly facts: ArrayFacts;
}

export interface RunLines {
  /** Open times of the bars that the values are of. */
  readonly timesMs: Float64Array;
  readonly lines: readonly NamedSeries[];
}

export interface AnalyseWorker {
  /** What is stored of a run besides its row; null where that is nothing. Error: `store.unavailable`. */
  contents(runId: string): Promise<Result<RunContents | null, Failure>>;
  /** The tables of a stored run. Errors: `store.not-found`, `store.unavailable`. */
  report(runId: string): Promise<Result<RunReport, Failure>>;
  /**
   * What the rules of a stored run name and plot, on the bars of one of its markets; nothing for
   * a strategy in code. Errors: as `report`, and those of `evaluateRules`.
   */
  lines(runId: string, market: number): Promise<Result<RunLines, Failure>>;
  /**
   * Paths `from` up to but not including `to` of a study; null where the run has too little to
   * study. `onProgress` hears 0 … 1. Ended by ending the worker. Errors: those of `runStudy`,
   * `store.not-found`, `store.unavailable`.
   */
  study(
    request: StudyRequest,
    range: { readonly from: number; readonly to: number },
    onProgress: (ratio: number) => void,
  ): Promise<Result<StudyPart | null, Failure>>;
  /** Trials `from` up to but not including `to` of a reality check. Errors: as `study`. */
  reality(
    request: RealityRequest,
    range: { readonly from: number; readonly to: number },
    onProgress: (ratio: number) => void,
  ): Promise<Result<RealityPart, Failure>>;
  /** Whether the rules look ahead, and how much history they need. Errors: as `study`. */
  check(run: RunInQuestion, onProgress: (ratio: number) => void): Promise<Result<Checked, Failure>>;
}
