/**
 * The one script that every Web Worker starts from; the worker's name says whose wiring it is, and
 * which database is open, `room@database`.
 *
 * One script with a lazy part for each room, because the bundler shares code between the parts
 * of a worker, never between workers: a script a room would carry the database and the rules
 * several times over, and a device keeps them all for use without a network.
 */
import { partsOfWorkerName } from './store/database-names.ts';

const rooms: Readonly<Record<string, () => Promise<unknown>>> = {
  analyse: () => import('./analyse/analyse.worker.ts'),
  archive: () => import('./store/archive.worker.ts'),
  backtest: () => import('./backtest/backtest.worker.ts'),
  chart: () => import('./chart/chart.worker.ts'),
  code: () => import('./code/code.worker.ts'),
  import: () => import('./import/import.worker.ts'),
  journal: () => import('./journal/journal.worker.ts'),
  optimise: () => import('./optimise/optimise.worker.ts'),
  replica: () => import('./replica/replica.worker.ts'),
  sealing: () => import('./replica/sealing/sealing.worker.ts'),
  signals: () => import('./signals/signals.worker.ts'),
};

// What arrives before the room listens is handed to it then.
const early: MessageEvent[] = [];
const keep = (event: MessageEvent) => void early.push(event);
addEventListener('message', keep);

async function open(): Promise<void> {
  const load = rooms[partsOfWorkerName(self.name).room];
  if (!load) throw new Error(`Broken promise: a worker is named after a room, not '${self.name}'`);
  await load();
  removeEventListener('message', keep);
  for (const { data } of early) dispatchEvent(new MessageEvent('message', { data }));
}

open().catch(reportError);
