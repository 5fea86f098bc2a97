/**
 * The search of this tab, alive on every page: its workers, its progress, what it has found.
 *
 * A web lock of the search's name is held by the tab that runs it: an open search without its
 * lock was cut off, and can go on from the batches that are stored.
 */
import { goto } from '$app/navigation';
import type { Failure } from '#core/errors.ts';
import { placeColumns, type TrialColumns } from '#core/optimise/measures.ts';
import type { Sweep } from '#core/optimise/sweep.ts';
import { database } from '#lib/state/database.ts';
import { notify, notifyFailure } from '#lib/state/notices.ts';
import { storage } from '#lib/state/storage.svelte.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { work } from '#lib/state/work.svelte.ts';
import { guidedChoices } from './guided-choices.ts';
import { holdSearch } from './search-locks.ts';
import { openSweepEngine } from './sweep-engine.ts';
import { openSweepPool, type SweepPool } from './sweep-pool.ts';
import { layoutOf, loadSweep } from './stored-sweeps.ts';
import { workersFor } from './worker-count.ts';
import { say } from '../words/language.ts';

export const sweepHref = (id: string) => `/optimise/?sweep=${encodeURIComponent(id)}`;

/** How often the page draws what came in. */
const DRAW_MS = 250;

export class RunningSweep {
  readonly sweep: Sweep;
  readonly columns: TrialColumns;
  /** Trials that are done. */
  done = $state(0);
  /** Rises whenever `columns` has changed. */
  version = $state(0);
  paused = $state(false);
  readonly #doneBefore: number;
  #workedMs = 0;
  #sinceMs: number | null = Date.now();
  #drawing: ReturnType<typeof setTimeout> | undefined;

  constructor(sweep: Sweep, columns: TrialColumns, done: number) {
    this.sweep = sweep;
    this.columns = columns;
    this.done = done;
    this.#doneBefore = done;
  }

  get ratio(): number {
    return this.done / this.sweep.trials;
  }
  get workedMs(): number {
    return this.#workedMs + (this.#sinceMs === null ? 0 : Date.now() - this.#sinceMs);
  }
  /** Trials a second in this tab, null before the first. */
  get perSecond(): number | null {
    const trials = this.done - this.#doneBefore;
    return trials > 0 ? (trials / Math.max(1, this.workedMs)) * 1000 : null;
  }
  /** When the search would have started at its present pace: what the time left is told from. */
  get startedMs(): number | undefined {
    const pace = this.perSecond;
    return pace === null ? undefined : Date.now() - (this.done / pace) * 1000;
  }
  take(batch: number, columns: TrialColumns): void {
    placeColumns(this.columns, columns, batch * this.sweep.batchTrials, layoutOf(this.sweep));
    this.done += columns.states.length;
    this.#drawing ??= setTimeout(() => this.draw(), DRAW_MS);
  }
  draw(): void {
    clearTimeout(this.#drawing);
    this.#drawing = undefined;
    this.version++;
  }
  pause(paused: boolean): void {
    if (paused === this.paused) return;
    this.paused = paused;
    this.#workedMs = this.workedMs;
    this.#sinceMs = paused ? null : Date.now();
  }
}

class Optimiser {
  running = $state.raw<RunningSweep | null>(null);
  failure = $state.raw<{ readonly sweepId: string; readonly failure: Failure } | null>(null);
  #pool: SweepPool | null = null;
  /** Id of the search whose end the open page shows by itself. */
  watched: string | null = null;

  async start(sweep: Sweep): Promise<void> {
    await database.sweeps.put(sweep);
    await this.goOnWith(sweep.id);
  }

  /** Begins or goes on; another search of this tab is stopped first. */
  async goOnWith(id: string): Promise<void> {
    this.stop();
    this.failure = null;
    const stored = await loadSweep(database, id);
    if (!stored) return;
    const { columns, missing } = stored;
    const sweep: Sweep = { ...stored.sweep, state: 'open' };
    const release = await holdSearch(id);
    if (!release) {
      void notify({ text: say`This search is running in another tab`, tone: 'info' });
      return;
    }
    await database.sweeps.update(id, { state: 'open' });
    const running = new RunningSweep(sweep, columns, doneTrials(sweep, missing));
    this.running = running;
    work.begin(id, say`Search of ${sweep.strategyName}`, sweepHref(id));
    const choices = sweep.drawn && guidedChoices(sweep, columns);
    const pool = openSweepPool(sweep, {
      openEngine: openSweepEngine,
      workers: workersFor(sweep.beside, navigator.hardwareConcurrency || 2),
      missing,
      chosen: choices?.chosen,
      onBatch: (index, batch) => {
        running.take(index, batch);
        choices?.goOn();
        work.progress(id, running.ratio);
      },
    });
    this.#pool = pool;
    void pool.ended
      .then(async (ended) => {
        if (this.#pool === pool) this.#pool = null;
        running.draw();
        if (!ended.ok) this.failure = { sweepId: id, failure: ended.error };
        else await database.sweeps.update(id, { state: ended.value });
        this.#tell(sweep, ended.ok ? (ended.value === 'finished' ? null : undefined) : ended.error);
      })
      .catch((cause) => notifyFailure(storeFailure(cause), sweep.strategyName))
      .finally(() => {
        release();
        work.end(id);
        void storage.measure();
        if (this.running === running) this.running = null;
      });
  }

  pause(): void {
    this.#pool?.pause();
    this.running?.pause(true);
  }
  goOn(): void {
    this.running?.pause(false);
    this.#pool?.goOn();
  }
  stop(): void {
    this.#pool?.stop();
  }

  /** `undefined` where the trader stopped it. */
  #tell(sweep: Sweep, failure: Failure | null | undefined): void {
    if (this.watched === sweep.id || failure === undefined) return;
    if (failure) {
      void notifyFailure(failure, say`Search of ${sweep.strategyName}`);
      return;
    }
    void notify({
      text: say`The search of ${sweep.strategyName} is done`,
      tone: 'ok',
      action: { label: say`Show`, run: () => void goto(sweepHref(sweep.id)) },
    });
  }
}

function doneTrials(sweep: Sweep, missing: readonly number[]): number {
  const last = Math.ceil(sweep.trials / sweep.batchTrials) - 1;
  const left = missing.reduce(
    (sum, batch) =>
      sum + (batch === last ? sweep.trials - last * sweep.batchTrials : sweep.batchTrials),
    0,
  );
  return sweep.trials - left;
}

export const optimiser = new Optimiser();
