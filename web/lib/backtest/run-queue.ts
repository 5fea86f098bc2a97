/** Backtests under way: one after another, in a worker, whatever page is open. */
import { fail, type Result } from '#core/result.ts';
import type { BacktestFailure, BacktestProgress, BacktestRequest } from '#workers/backtest/api.ts';
import type { PendingRuns } from './pending-runs.ts';

export type RunResult = Result<{ readonly runId: string; readonly hash: string }, BacktestFailure>;

/** The worker of one run; `stop` ends the run at once, whatever it is doing. */
export interface RunEngine {
  run(
    request: BacktestRequest,
    onProgress: (progress: BacktestProgress) => void,
  ): Promise<RunResult>;
  cancel(runId: string): Promise<void>;
  stop(): void;
}

export type JobState = 'queued' | 'running' | 'cancelling' | 'finished' | 'failed' | 'cancelled';

/** One asked-for run; a new value at each change. */
export interface Job {
  readonly id: string;
  readonly request: BacktestRequest;
  readonly state: JobState;
  readonly progress: BacktestProgress | null;
  readonly startedMs: number | null;
  readonly failure: BacktestFailure | null;
}

export interface RunQueueDependencies {
  readonly openEngine: () => RunEngine;
  readonly pending: Pick<PendingRuns, 'begin' | 'finish'>;
  readonly nowMs: () => number;
  /** The jobs of the moment, oldest first: those under way, and failures until dismissed. */
  readonly onChange: (jobs: readonly Job[]) => void;
  /** Told once a job has ended, on any page. */
  readonly onEnd: (job: Job) => void;
}

export interface RunQueue {
  add(request: BacktestRequest): void;
  cancel(id: string): void;
  /** Takes a failed job off the list. */
  dismiss(id: string): void;
}

/** A cancelled run that does not answer within this time has its worker ended. */
const PATIENCE_MS = 1_000;

export function isActive(job: Job): boolean {
  return job.state === 'queued' || job.state === 'running' || job.state === 'cancelling';
}

export function runQueue(dependencies: RunQueueDependencies): RunQueue {
  const { openEngine, pending, nowMs, onChange, onEnd } = dependencies;
  let jobs: readonly Job[] = [];
  let engine: RunEngine | null = null;

  const find = (id: string) => jobs.find((job) => job.id === id);

  function replace(next: readonly Job[]): void {
    jobs = next;
    onChange(jobs);
  }

  function change(id: string, part: Partial<Job>): void {
    replace(jobs.map((job) => (job.id === id ? { ...job, ...part } : job)));
  }

  function end(id: string, state: JobState, failure: BacktestFailure | null): void {
    const job = { ...find(id)!, state, failure };
    replace(
      state === 'failed'
        ? jobs.map((other) => (other.id === id ? job : other))
        : jobs.filter((other) => other.id !== id),
    );
    // A full store leaves a row behind, which the next visit finds and clears.
    pending.finish(id).catch(() => undefined);
    onEnd(job);
  }

  async function next(): Promise<void> {
    const job = jobs.find((candidate) => candidate.state === 'queued');
    if (engine || !job) return;
    engine = openEngine();
    change(job.id, { state: 'running', startedMs: nowMs() });
    const result = await engine
      .run(job.request, (progress) => change(job.id, { progress }))
      .catch(crashed);
    engine.stop();
    engine = null;
    if (result.ok) end(job.id, 'finished', null);
    else if (result.error.code === 'work.cancelled') end(job.id, 'cancelled', null);
    else end(job.id, 'failed', result.error);
    void next();
  }

  return {
    add(request) {
      const job = { request, state: 'queued', progress: null, startedMs: null, failure: null };
      replace([...jobs, { id: request.runId, ...job } as Job]);
      // A full store must not keep a run from starting: only the offer after a reload is lost.
      pending.begin(request).catch(() => undefined);
      void next();
    },

    cancel(id) {
      const job = find(id);
      if (job?.state === 'queued') return end(id, 'cancelled', null);
      if (job?.state !== 'running') return;
      change(id, { state: 'cancelling' });
      const running = engine;
      void running?.cancel(id);
      setTimeout(() => {
        if (engine === running) running?.stop();
      }, PATIENCE_MS);
    },

    dismiss(id) {
      replace(jobs.filter((job) => job.id !== id || isActive(job)));
    },
  };
}

function crashed(reason: unknown): RunResult {
  const detail = reason instanceof Error ? reason.message : String(reason);
  return fail({ code: 'work.crashed', detail });
}
