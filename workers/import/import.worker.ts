/** Wiring of the import worker. */
import { expose } from 'comlink';
import { Database } from '#workers/store/database.ts';
import { partsOfWorkerName } from '#workers/store/database-names.ts';
import type { ImportWorker } from './api.ts';
import { importFile } from './import-file.ts';
import { makeBarsOfTicks } from './make-bars.ts';
import { previewFile } from './preview.ts';

const database = new Database(partsOfWorkerName(self.name).database);
const cancelled = new Set<string>();

const worker: ImportWorker = {
  preview: previewFile,
  async run(file, fileName, request, onProgress) {
    try {
      return await importFile(file, fileName, request, {
        database,
        nowMs: Date.now,
        isCancelled: () => cancelled.has(request.importId),
        onProgress,
      });
    } finally {
      cancelled.delete(request.importId);
    }
  },
  async cancel(importId) {
    cancelled.add(importId);
  },
  makeBars: (symbol, timeframe) => makeBarsOfTicks(database, symbol, timeframe, Date.now()),
};

expose(worker);
