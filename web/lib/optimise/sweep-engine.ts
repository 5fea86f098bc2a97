/** An optimise worker, whose crash or end settles what was asked of it instead of hanging it. */
import * as Comlink from 'comlink';
import type { Failure } from '#core/errors.ts';
import type { Luck, LuckRequest } from '#core/optimise/luck.ts';
import { fail, type Result } from '#core/result.ts';
import type { OptimiseWorker } from '#workers/optimise/api.ts';
import type { SweepEngine } from './sweep-pool.ts';
import { openRoom } from '#lib/state/open-room.ts';
import { say } from '../words/language.ts';

export interface OptimiseEngine extends SweepEngine {
  luck(request: LuckRequest, onProgress: (ratio: number) => void): Promise<Result<Luck, Failure>>;
}

export function openSweepEngine(): OptimiseEngine {
  const worker = openRoom('optimise');
  const remote = Comlink.wrap<OptimiseWorker>(worker);
  let settle: (result: Result<never, Failure>) => void = () => undefined;
  const ended = new Promise<Result<never, Failure>>((resolve) => {
    settle = resolve;
  });
  worker.addEventListener('error', (event) => {
    settle(fail({ code: 'work.crashed', detail: event.message || say`the worker did not start` }));
  });
  return {
    open: (sweep) => Promise.race([remote.open(sweep), ended]),
    batch: (index, combinations) => Promise.race([remote.batch(index, combinations), ended]),
    luck: (request, onProgress) =>
      Promise.race([remote.luck(request, Comlink.proxy(onProgress)), ended]),
    stop() {
      worker.terminate();
      settle(fail({ code: 'work.cancelled', detail: say`the worker was ended` }));
    },
  };
}
