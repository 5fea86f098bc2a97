/**
 * One server a data folder: a lock the operating system itself lets go of when its holder dies.
 *
 * It is SQLite's exclusive lock on an empty file: it needs no process id, so a killed server
 * leaves nothing stale behind, and it holds across containers that share a disk.
 */
import { DatabaseSync } from 'node:sqlite';

export interface FolderLock {
  release(): void;
}

/** The lock, or null while another live process holds it. */
export function lockFile(path: string): FolderLock | null {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return { release: () => file.close() };
}

function isBusy(error: unknown): boolean {
  const sqliteBusy = 5;
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}
