/** The backtest worker: wiring alone. */
import * as Comlink from 'comlink';
import { Database } from '#workers/store/database.ts';
import { loadBars } from '#workers/store/series.ts';
import { openDesk } from './desk.ts';
import { saveRun } from './run-store.ts';

const database = new Database();

Comlink.expose(
  openDesk({
    loadBars: (seriesId) => loadBars(database, seriesId),
    saveRun: (record) => saveRun(database, record),
    breathe: () => new Promise((resolve) => setTimeout(resolve)),
    nowMs: Date.now,
  }),
);
