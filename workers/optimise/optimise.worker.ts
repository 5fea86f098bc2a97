/** The optimise worker: wiring alone. */
import * as Comlink from 'comlink';
import { Database } from '#workers/store/database.ts';
import { loadBars } from '#workers/store/series.ts';
import { openBatches } from './batches.ts';
import { saveBatch } from './sweep-store.ts';

const database = new Database();

Comlink.expose(
  openBatches({
    loadBars: (seriesId) => loadBars(database, seriesId),
    saveBatch: (sweepId, batch, columns) => saveBatch(database, sweepId, batch, columns),
  }),
);
