/** The backtest worker of one run, whose crash or end settles the run instead of hanging it. */
import * as Comlink from 'comlink';
import { fail } from '#core/result.ts';
import type { BacktestWorker } from '#workers/backtest/api.ts';
import type { RunEngine, RunResult } from './run-queue.ts';

export function openWorkerEngine(): RunEngine {
  const worker = new Worker(new URL('../../../workers/room.worker.ts', import.meta.url), {
    type: 'module',
    name: 'backtest',
  });
  const remote = Comlink.wrap<BacktestWorker>(worker);
  let settle: (result: RunResult) => void = () => undefined;
  const ended = new Promise<RunResult>((resolve) => {
    settle = resolve;
  });
  worker.addEventListener('error', (event) => {
    settle(fail({ code: 'work.crashed', detail: event.message || 'the worker did not start' }));
  });
  return {
    run: (request, onProgress) =>
      Promise.race([remote.run(request, Comlink.proxy(onProgress)) as Promise<RunResult>, ended]),
    cancel: async (runId) => {
      await remote.cancel(runId);
    },
    stop() {
      worker.terminate();
      settle(fail({ code: 'work.cancelled', detail: 'the worker was ended' }));
    },
  };
}
