/** The one folder that holds everything the server keeps, opened by one server at a time. */
import { access, chmod, constants, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ok, type Result } from '#core/result.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { errorCode, readIfPresent, writeDurably } from './durable-file.ts';
import { lockFile } from './folder-lock.ts';

export interface DataFolder {
  readonly path: string;
  file(name: string): string;
  /** Tells a second server, and its operator, who holds the folder. */
  announce(address: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * The folder, made when absent, and locked until closed.
 *
 * Made by root it can be passed through by others, so that the unprivileged account that runs
 * the database reaches its own part; every file of ours in it is readable by its owner alone.
 */
export async function openDataFolder(path: string): Promise<Result<DataFolder, Refusal>> {
  const usable = await ensureFolder(path);
  if (!usable.ok) return usable;
  const lock = lockFile(join(path, 'lock'));
  const announcement = join(path, 'server.json');
  if (!lock) {
    const holder = describe(await readIfPresent(announcement));
    return refuse(
      `Another Offing server is using ${path}${holder}. Open that one, or stop it first.`,
    );
  }
  await removeDrafts(path);
  return ok({
    path,
    file: (name) => join(path, name),
    announce: (address) =>
      writeDurably(announcement, JSON.stringify({ processId: process.pid, address })),
    async close() {
      await rm(announcement, { force: true });
      lock.release();
    },
  });
}

async function ensureFolder(path: string): Promise<Result<void, Refusal>> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const made = await mkdir(path, { recursive: true, mode: 0o700 });
    if (made !== undefined) await chmod(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return refuse(
      `The data folder ${path} cannot be used (${errorCode(error)}): start as the user it belongs to, or set OFFING_DATA to another.`,
    );
  }
  const { mode, uid } = await stat(path);
  if (process.getuid?.() === 0 && uid !== 0) {
    return refuse(
      `The data folder ${path} belongs to another user, who could not open what root adds to it: start as that user, or set OFFING_DATA to another.`,
    );
  }
  if (process.platform !== 'win32' && (mode & 0o002) !== 0) {
    return refuse(`Every user can change the data folder ${path}; run: chmod o-w ${path}`);
  }
  return ok(undefined);
}

async function removeDrafts(path: string): Promise<void> {
  const drafts = (await readdir(path)).filter((name) => name.endsWith('.draft'));
  await Promise.all(drafts.map((name) => rm(join(path, name), { force: true })));
}

function describe(announcement: string | null): string {
  try {
    const { processId, address } = JSON.parse(announcement ?? '') as Record<string, unknown>;
    return ` (process ${String(processId)}, ${String(address)})`;
  } catch {
    return ' (it is still starting)';
  }
}
