/** The backtests of this tab, alive on every page: the queue, its notices, what was interrupted. */
import { goto } from '$app/navigation';
import { database } from '#lib/state/database.ts';
import { notify, notifyFailure } from '#lib/state/notices.ts';
import { storage } from '#lib/state/storage.svelte.ts';
import { work } from '#lib/state/work.svelte.ts';
import type { BacktestRequest } from '#workers/backtest/api.ts';
import { pendingRuns, type PendingRun } from './pending-runs.ts';
import { isActive, runQueue, type Job } from './run-queue.ts';
import { openWorkerEngine } from './worker-engine.ts';
import { say } from '../words/language.ts';

export const runHref = (id: string) => `/backtest/?run=${encodeURIComponent(id)}`;

class Lab {
  jobs = $state.raw<readonly Job[]>([]);
  interrupted = $state.raw<readonly PendingRun[]>([]);
  /** A page that shows the end of a job itself answers true, and no notice is given. */
  watcher: ((job: Job) => boolean) | null = null;

  readonly #pending = pendingRuns(database, globalThis.navigator?.locks, () => Date.now());
  readonly #queue = runQueue({
    openEngine: openWorkerEngine,
    pending: this.#pending,
    nowMs: () => Date.now(),
    onChange: (jobs) => this.#changed(jobs),
    onEnd: (job) => this.#ended(job),
  });

  get active(): readonly Job[] {
    return this.jobs.filter(isActive);
  }

  get failed(): readonly Job[] {
    return this.jobs.filter((job) => job.state === 'failed');
  }

  start(request: Omit<BacktestRequest, 'runId'>): string {
    const runId = crypto.randomUUID();
    work.begin(runId, say`Backtest of ${request.strategyName}`, '/backtest/');
    this.#queue.add({ ...request, runId });
    return runId;
  }

  cancel(id: string): void {
    this.#queue.cancel(id);
  }

  dismiss(id: string): void {
    this.#queue.dismiss(id);
  }

  /** Looks for runs that a closed or reloaded tab left behind. */
  async findInterrupted(): Promise<void> {
    // A store that cannot be read says so where runs are listed.
    this.interrupted = await this.#pending.interrupted().catch(() => []);
  }

  async runAgain({ request }: PendingRun): Promise<void> {
    await this.forget(request.runId);
    this.start(request);
  }

  async forget(runId: string): Promise<void> {
    this.interrupted = this.interrupted.filter((run) => run.request.runId !== runId);
    await this.#pending.finish(runId);
  }

  #changed(jobs: readonly Job[]): void {
    this.jobs = jobs;
    for (const job of jobs) if (job.progress) work.progress(job.id, job.progress.ratio);
  }

  #ended(job: Job): void {
    work.end(job.id);
    void storage.measure();
    if (this.watcher?.(job)) return;
    const name = job.request.strategyName;
    if (job.state === 'finished') {
      void notify({
        text: say`Backtest of ${name} is done`,
        tone: 'ok',
        action: { label: say`Show`, run: () => void goto(runHref(job.id)) },
      });
    } else if (job.failure) void notifyFailure(job.failure, say`Backtest of ${name}`);
  }
}

export const lab = new Lab();
