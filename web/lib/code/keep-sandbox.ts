/** Fetches the sandbox of code strategies ahead of the first run, so that it is there offline too. */
import * as Comlink from 'comlink';
import type { CodeWorker } from '#workers/code/api.ts';

let asked = false;

/** Once a visit; a sandbox that cannot be had is told of by the run that needs it. */
export function keepSandbox(): void {
  if (asked) return;
  asked = true;
  const worker = new Worker(new URL('../../../workers/room.worker.ts', import.meta.url), {
    type: 'module',
    name: 'code',
  });
  const end = () => worker.terminate();
  worker.addEventListener('error', end);
  void Comlink.wrap<CodeWorker>(worker).warm().then(end, end);
}
