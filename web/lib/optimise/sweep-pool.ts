/**
 * A search under way: workers pull batches until none is missing.
 *
 * What a batch comes to depends on its number alone, so that neither the number of workers nor
 * who takes which batch changes the result.
 */
import type { Failure } from '#core/errors.ts';
import type { TrialColumns } from '#core/optimise/measures.ts';
import type { Sweep } from '#core/optimise/sweep.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { OptimiseWorker } from '#workers/optimise/api.ts';

/** A worker for one search; `stop` ends it at once, whatever it is doing. */
export interface SweepEngine extends Pick<OptimiseWorker, 'open' | 'batch'> {
  stop(): void;
}

export interface SweepPoolOptions {
  readonly openEngine: () => SweepEngine;
  readonly workers: number;
  /** Numbers of the batches still to do, in the order in which they are taken. */
  readonly missing: readonly number[];
  /** Of a guided search: the combinations of a batch, once what they depend on is done. */
  readonly chosen?: ((batch: number) => Promise<readonly number[]>) | undefined;
  readonly onBatch: (index: number, columns: TrialColumns) => void;
}

export interface SweepPool {
  /** Settles once nothing is under way any more. */
  readonly ended: Promise<Result<'finished' | 'stopped', Failure>>;
  /** Batches under way are finished, no further one is begun. */
  pause(): void;
  goOn(): void;
  /** At once: batches under way are lost, those stored stay. */
  stop(): void;
}

export function openSweepPool(sweep: Sweep, options: SweepPoolOptions): SweepPool {
  const { openEngine, workers, missing, chosen, onBatch } = options;
  const engines: SweepEngine[] = [];
  let next = 0;
  let stopped = false;
  let failure: Failure | null = null;
  let cut = (_: null) => {};
  const untilCut = new Promise<null>((resolve) => {
    cut = resolve;
  });
  let gate: { readonly open: Promise<void>; readonly release: () => void } | null = null;

  function endAll(): void {
    stopped = true;
    cut(null);
    goOn();
    for (const engine of engines) engine.stop();
  }
  function goOn(): void {
    gate?.release();
    gate = null;
  }
  function give(problem: Failure): void {
    if (stopped) return;
    failure = problem;
    endAll();
  }

  async function work(): Promise<void> {
    const engine = openEngine();
    engines.push(engine);
    const opened = await engine.open(sweep);
    if (!opened.ok) return give(opened.error);
    while (!stopped) {
      await gate?.open;
      const index = missing[next++];
      if (index === undefined || stopped) return;
      const combinations = chosen && (await Promise.race([chosen(index), untilCut]));
      if (combinations === null) return;
      const columns = await engine.batch(index, combinations);
      if (stopped) return;
      if (!columns.ok) return give(columns.error);
      onBatch(index, columns.value);
    }
  }

  const count = Math.max(1, Math.min(workers, missing.length));
  const all = missing.length === 0 ? [] : Array.from({ length: count }, () => work().catch(crash));
  function crash(reason: unknown): void {
    give({
      code: 'work.crashed',
      detail: reason instanceof Error ? reason.message : String(reason),
    });
  }
  const ended = Promise.all(all).then(() => {
    const early = stopped;
    endAll();
    if (failure) return fail(failure);
    return ok(early ? ('stopped' as const) : ('finished' as const));
  });
  return {
    ended,
    pause() {
      if (gate || stopped) return;
      let release = () => {};
      const open = new Promise<void>((resolve) => {
        release = resolve;
      });
      gate = { open, release };
    },
    goOn,
    stop: endAll,
  };
}
