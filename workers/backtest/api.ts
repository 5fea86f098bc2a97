/** What the backtest worker can be asked, over Comlink. */
import type { Language } from '#core/collections/strategy.ts';
import type { Failure } from '#core/errors.ts';
import type { Result } from '#core/result.ts';
import type { RunSettings } from '#core/execution/settings.ts';
import type { Problem } from '#core/rules/problem.ts';

export interface BacktestRequest {
  /** Chosen by the page; the finished run is stored under it. */
  readonly runId: string;
  readonly seriesId: string;
  /** Ids of further series that the same rules trade on the same account; missing = none. */
  readonly portfolio?: readonly string[];
  readonly strategyId: string | null;
  readonly strategyName: string;
  readonly source: string;
  /** Missing = rules. */
  readonly language?: Language;
  readonly inputs: Readonly<Record<string, number>>;
  readonly settings: RunSettings;
}

export interface BacktestProgress {
  readonly stage: 'loading' | 'indicators' | 'trading' | 'statistics' | 'saving';
  /** 0 … 1 over the whole run. */
  readonly ratio: number;
}

export interface BacktestFailure extends Failure {
  /** The text's problems, when it is at fault. */
  readonly problems?: readonly Problem[];
}

export interface BacktestWorker {
  /** Runs, stores the run in one transaction and answers its id and hash; nothing is stored on failure. */
  run(
    request: BacktestRequest,
    onProgress: (progress: BacktestProgress) => void,
  ): Promise<Result<{ readonly runId: string; readonly hash: string }, BacktestFailure>>;
  /** The run in progress under this id ends with `work.cancelled` and stores nothing. */
  cancel(runId: string): Promise<void>;
}
