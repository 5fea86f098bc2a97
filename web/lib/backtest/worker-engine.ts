/**
 * The backtest worker of a run, whose crash or end settles the run instead of hanging it.
 *
 * A worker whose run has ended is kept for the next one, with the prices that it has loaded.
 */
import * as Comlink from 'comlink';
import { fail } from '#core/result.ts';
import type { BacktestWorker } from '#workers/backtest/api.ts';
import type { RunEngine, RunResult } from './run-queue.ts';
import { openRoom } from '#lib/state/open-room.ts';
import { say } from '../words/language.ts';

interface Bench {
  readonly worker: Worker;
  readonly remote: Comlink.Remote<BacktestWorker>;
  /** Told when the worker breaks. */
  onError: (event: ErrorEvent) => void;
}

/** How long an idle worker may hold its prices. */
const KEPT_MS = 5 * 60_000;

let idle: Bench | null = null;
let ending: ReturnType<typeof setTimeout> | undefined;

export function openWorkerEngine(): RunEngine {
  const bench = takeIdle() ?? start();
  let settle: (result: RunResult) => void = () => undefined;
  let isAtRest = true;
  const ended = new Promise<RunResult>((resolve) => {
    settle = resolve;
  });
  bench.onError = (event) => {
    settle(fail({ code: 'work.crashed', detail: event.message || say`the worker did not start` }));
  };
  return {
    async run(request, onProgress) {
      isAtRest = false;
      const running = bench.remote.run(request, Comlink.proxy(onProgress)) as Promise<RunResult>;
      const answered = running.then((result) => {
        isAtRest = true;
        return result;
      });
      return Promise.race([answered, ended]);
    },
    cancel: async (runId) => {
      await bench.remote.cancel(runId);
    },
    stop() {
      if (isAtRest) return keepIdle(bench);
      bench.worker.terminate();
      settle(fail({ code: 'work.cancelled', detail: say`the worker was ended` }));
    },
  };
}

function start(): Bench {
  const worker = openRoom('backtest');
  const bench: Bench = {
    worker,
    remote: Comlink.wrap<BacktestWorker>(worker),
    onError: () => undefined,
  };
  worker.addEventListener('error', (event) => bench.onError(event));
  return bench;
}

function takeIdle(): Bench | null {
  clearTimeout(ending);
  const taken = idle;
  idle = null;
  return taken;
}

function keepIdle(bench: Bench): void {
  const drop = () => {
    bench.worker.terminate();
    if (idle === bench) idle = null;
  };
  if (idle) return drop();
  idle = bench;
  bench.onError = drop;
  ending = setTimeout(drop, KEPT_MS);
}
