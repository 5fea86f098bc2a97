/** Wiring of the archive worker. */
import { expose } from 'comlink';
import type { ArchiveWorker } from './api.ts';
import { exportArchive, importArchive } from './archive.ts';
import { Database } from './database.ts';

const database = new Database();

const worker: ArchiveWorker = {
  exportAll: () => exportArchive(database, Date.now()),
  importAll: (file) => importArchive(database, file),
};

expose(worker);
