/** An analyse worker for one question, whose crash or end settles it instead of hanging it. */
import * as Comlink from 'comlink';
import type { Failure } from '#core/errors.ts';
import { fail, type Result } from '#core/result.ts';
import type { AnalyseWorker } from '#workers/analyse/api.ts';
import { openRoom } from './open-room.ts';

export interface AnalyseEngine extends AnalyseWorker {
  /** At once, whatever it is doing. */
  stop(): void;
}

export function openAnalyseEngine(): AnalyseEngine {
  const worker = openRoom('analyse');
  const remote = Comlink.wrap<AnalyseWorker>(worker);
  let settle: (result: Result<never, Failure>) => void = () => undefined;
  const ended = new Promise<Result<never, Failure>>((resolve) => {
    settle = resolve;
  });
  const crashed = (detail: string) => settle(fail({ code: 'work.crashed', detail }));
  worker.addEventListener('error', ({ message }) => crashed(message || 'it did not start'));
  function either<T>(answer: Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    answer.catch((cause: unknown) => crashed(String(cause)));
    return Promise.race([ended, answer.catch(() => ended)]);
  }
  return {
    contents: (runId) => either(remote.contents(runId)),
    report: (runId) => either(remote.report(runId)),
    lines: (runId, market) => either(remote.lines(runId, market)),
    study: (request, range, onProgress) =>
      either(remote.study(request, range, Comlink.proxy(onProgress))),
    reality: (request, range, onProgress) =>
      either(remote.reality(request, range, Comlink.proxy(onProgress))),
    check: (run, onProgress) => either(remote.check(run, Comlink.proxy(onProgress))),
    stop() {
      worker.terminate();
      settle(fail({ code: 'work.cancelled', detail: 'the worker was ended' }));
    },
  };
}
