/** The sealing worker: wiring alone. */
import * as Comlink from 'comlink';
import { Database } from '#workers/store/database.ts';
import { partsOfWorkerName } from '#workers/store/database-names.ts';
import type { SealingWorker } from './api.ts';
import { keyRoom } from './key-room.ts';

const database = new Database(partsOfWorkerName(self.name).database);

Comlink.expose(keyRoom({ database, fetch: fetch.bind(globalThis) }) satisfies SealingWorker);
