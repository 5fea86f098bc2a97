/** Wiring of the archive worker. */
import { expose } from 'comlink';
import type { ArchiveWorker } from './api.ts';
import { exportArchive, importArchive } from './archive.ts';
import { Database } from './database.ts';
import { partsOfWorkerName } from './database-names.ts';

const database = new Database(partsOfWorkerName(self.name).database);

const worker: ArchiveWorker = {
  exportAll: () => exportArchive(database, Date.now()),
  importAll: (file) => importArchive(database, file),
  async carryInto(name) {
    const packed = await exportArchive(database, Date.now());
    return packed.ok ? importArchive(new Database(name), packed.value) : packed;
  },
};

expose(worker);
