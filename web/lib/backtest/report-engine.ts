/** The worker that works out one report, and ends with it. */
import * as Comlink from 'comlink';
import type { Failure } from '#core/errors.ts';
import { fail, type Result } from '#core/result.ts';
import type { AnalyseWorker, RunReport } from '#workers/analyse/api.ts';

/** Aborting ends the worker at once. Errors also: `work.crashed`, `work.cancelled`. */
export async function loadReport(
  runId: string,
  signal?: AbortSignal,
): Promise<Result<RunReport, Failure>> {
  const worker = new Worker(new URL('../../../workers/room.worker.ts', import.meta.url), {
    type: 'module',
    name: 'analyse',
  });
  const ended = new Promise<Result<RunReport, Failure>>((resolve) => {
    worker.addEventListener('error', ({ message }) => {
      resolve(fail({ code: 'work.crashed', detail: message || 'the worker did not start' }));
    });
    signal?.addEventListener('abort', () => {
      resolve(fail({ code: 'work.cancelled', detail: 'the report is not wanted any more' }));
    });
  });
  const remote = Comlink.wrap<AnalyseWorker>(worker);
  const answer = remote.report(runId).catch((cause: unknown): Result<RunReport, Failure> =>
    fail({
      code: 'work.crashed',
      detail: cause instanceof Error ? cause.message : String(cause),
    }),
  );
  try {
    return await Promise.race([answer, ended]);
  } finally {
    worker.terminate();
  }
}
