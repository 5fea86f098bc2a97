/** An analyse worker for one question, whose crash or end settles it instead of hanging it. */
import * as Comlink from 'comlink';
import type { AnalyseWorker } from '#workers/analyse/api.ts';
import { openRoom } from './open-room.ts';
import { roomAnswers } from './room-answers.ts';

export interface AnalyseEngine extends AnalyseWorker {
  /** At once, whatever it is doing. */
  stop(): void;
}

export function openAnalyseEngine(): AnalyseEngine {
  const worker = openRoom('analyse');
  const remote = Comlink.wrap<AnalyseWorker>(worker);
  const { either, end } = roomAnswers(worker);
  return {
    contents: (runId) => either(remote.contents(runId)),
    report: (runId) => either(remote.report(runId)),
    lines: (runId, market) => either(remote.lines(runId, market)),
    study: (request, range, onProgress) =>
      either(remote.study(request, range, Comlink.proxy(onProgress))),
    reality: (request, range, onProgress) =>
      either(remote.reality(request, range, Comlink.proxy(onProgress))),
    check: (run, onProgress) => either(remote.check(run, Comlink.proxy(onProgress))),
    stop: end,
  };
}
