/** A Web Worker of one of the rooms, on the database that this page has open. */
import { workerName } from '#workers/store/database-names.ts';
import { database } from './database.ts';

export function openRoom(
  room:
    | 'analyse'
    | 'archive'
    | 'backtest'
    | 'chart'
    | 'code'
    | 'import'
    | 'journal'
    | 'optimise'
    | 'replica'
    | 'sealing'
    | 'signals',
): Worker {
  // One expression: only in this form does the bundler make a chunk of the worker.
  return new Worker(new URL('../../../workers/room.worker.ts', import.meta.url), {
    type: 'module',
    name: workerName(room, database.name),
  });
}
