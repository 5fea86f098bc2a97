/** Fetches the sandbox of code strategies ahead of the first run, so that it is there offline too. */
import * as Comlink from 'comlink';
import type { CodeWorker } from '#workers/code/api.ts';
import { openRoom } from '#lib/state/open-room.ts';

let asked = false;

/** Once a visit; a sandbox that cannot be had is told of by the run that needs it. */
export function keepSandbox(): void {
  if (asked) return;
  asked = true;
  const worker = openRoom('code');
  const end = () => worker.terminate();
  worker.addEventListener('error', end);
  void Comlink.wrap<CodeWorker>(worker).warm().then(end, end);
}
