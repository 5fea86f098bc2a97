/** The backtest worker: wiring alone. */
import * as Comlink from 'comlink';
import { workerGuard } from '#workers/code/worker-sandbox.ts';
import { Database } from '#workers/store/database.ts';
import { partsOfWorkerName } from '#workers/store/database-names.ts';
import { listSeries, loadBars } from '#workers/store/series.ts';
import { loadTicks } from '#workers/store/tick-series.ts';
import { openDesk } from './desk.ts';
import { saveRun } from './run-store.ts';

const database = new Database(partsOfWorkerName(self.name).database);

Comlink.expose(
  openDesk({
    listSeries: () => listSeries(database),
    loadBars: (seriesId) => loadBars(database, seriesId),
    loadTicks: (seriesId, span) => loadTicks(database, seriesId, span),
    guard: workerGuard,
    saveRun: (record) => saveRun(database, record),
    breathe: () => new Promise((resolve) => setTimeout(resolve)),
    nowMs: Date.now,
  }),
);
