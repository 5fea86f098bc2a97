/** Runs the replica of this page's database in a worker, and begins anew when that breaks. */
import * as Comlink from 'comlink';
import type { ReplicaOptions, ReplicaWorker } from '#workers/replica/api.ts';
import { openRoom } from '../state/open-room.ts';
import type { Leading } from './leader.ts';

const pauseMs = 30_000;
/** What is not ended by then is ended by force; it is picked up where it was. */
const patienceMs = 2_000;

export function leadReplica(options: ReplicaOptions): Leading {
  let isOver = false;
  let worker: Worker | null = null;
  let remote: Comlink.Remote<ReplicaWorker> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function begin(): void {
    const started = openRoom('replica');
    worker = started;
    remote = Comlink.wrap<ReplicaWorker>(started);
    const broken = () => {
      started.terminate();
      worker = null;
      if (!isOver) timer = setTimeout(begin, pauseMs);
    };
    started.addEventListener('error', broken, { once: true });
    remote.start(options).catch(broken);
  }
  begin();
  return {
    async end() {
      isOver = true;
      clearTimeout(timer);
      if (!worker || !remote) return;
      const late = new Promise((resolve) => setTimeout(resolve, patienceMs));
      await Promise.race([remote.stop().catch(() => undefined), late]);
      worker.terminate();
    },
  };
}
