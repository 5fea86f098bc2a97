/** What the analyse worker can be asked, over Comlink. */
import type { Failure } from '#core/errors.ts';
import type { Result } from '#core/result.ts';
import type { Report } from '#core/statistics/report.ts';

export interface RunReport extends Report {
  /** False where the prices have changed or gone: times between round trips are then estimates. */
  readonly exactTimes: boolean;
}

export interface AnalyseWorker {
  /** The tables of a stored run. Errors: `store.not-found`, `store.unavailable`. */
  report(runId: string): Promise<Result<RunReport, Failure>>;
}
