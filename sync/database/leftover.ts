/** Puts an end to a Postgres that outlived the server which started it. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '#core/result.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { Binaries } from './binaries.ts';
import type { ClusterHome } from './cluster-home.ts';
import { runCommand } from './command.ts';
import { isAlive, isPostmasterOf, readPostmasterNote } from './postmaster-file.ts';

export type Leftover = 'none' | 'stopped' | 'note-removed';

/**
 * Stops the postmaster of a killed server, so that the next one is our own child.
 *
 * Call it only while holding the data folder's lock: then whatever runs here has no server. A
 * note that names a living process which is not this Postgres (ids are reused) is removed,
 * because Postgres itself would take it for a rival; one that names a dead process is left to
 * Postgres, which cleans up after it.
 */
export async function stopLeftover(
  home: ClusterHome,
  binaries: Binaries,
): Promise<Result<Leftover, Refusal>> {
  const note = await readPostmasterNote(home.folder);
  if (!note || !isAlive(note.processId)) return ok('none');
  if (!(await isPostmasterOf(note.processId, home.folder))) {
    await rm(join(home.folder, 'postmaster.pid'), { force: true });
    return ok('note-removed');
  }
  if (await stopPostgres(home, binaries)) return ok('stopped');
  return refuse(
    `A database left by an earlier start (process ${note.processId}) does not stop; stop it, then start again.`,
  );
}

/** Asks Postgres to stop, first politely, then at once; whether it did. */
export async function stopPostgres(home: ClusterHome, binaries: Binaries): Promise<boolean> {
  for (const [mode, seconds] of [
    ['fast', 30],
    ['immediate', 10],
  ] as const) {
    const args = ['stop', '-D', home.folder, '-m', mode, '-w', '-t', String(seconds)];
    const { exitCode } = await runCommand(binaries.pgCtl, args, { account: home.account });
    if (exitCode === 0) return true;
  }
  return false;
}
