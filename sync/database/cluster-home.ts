/**
 * Where the database's files lie: in the data folder, or outside it where the account that runs
 * Postgres cannot enter that.
 *
 * `cluster.json` in the data folder names the place, so that it is found again at every start:
 * `{ "folder": "postgres" | "/absolute/path", "initialised": boolean }`.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { ok, type Result } from '#core/result.ts';
import type { DataFolder } from '../data/data-folder.ts';
import { readIfPresent, writeDurably } from '../data/durable-file.ts';
import { lockFile, type FolderLock } from '../data/folder-lock.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { canEnter, databaseAccount, type Account } from './account.ts';
import { reachableRoot } from './reachable-root.ts';

const recordShape = z.strictObject({ folder: z.string().min(1), initialised: z.boolean() });
type Place = z.infer<typeof recordShape>;

export interface ClusterHome {
  /** Postgres's own data directory, absolute. */
  readonly folder: string;
  /** Who runs it; null = the server's own user. */
  readonly account: Account | null;
  readonly outside: boolean;
  readonly initialised: boolean;
  markInitialised(): Promise<void>;
  release(): void;
}

/** Refuses when files once made are missing, or a second data folder points at the same files. */
export async function clusterHome(data: DataFolder): Promise<Result<ClusterHome, Refusal>> {
  const recordFile = data.file('cluster.json');
  const kept = await readPlace(recordFile);
  if (!kept.ok) return kept;
  const likely = resolve(data.path, kept.value?.folder ?? 'postgres');
  const account = await databaseAccount(likely);
  if (!account.ok) return account;

  const place = kept.value ?? (await choosePlace(data, account.value));
  if (!place) return unreachable(data.path, account.value);
  const folder = resolve(data.path, place.folder);
  const outside = resolve(dirname(folder)) !== resolve(data.path);
  if (outside) await makePassable(dirname(folder));
  if (!(await canEnter(account.value, dirname(folder)))) {
    return unreachable(dirname(folder), account.value);
  }
  const whole = (await stat(join(folder, 'PG_VERSION')).catch(() => null)) !== null;
  if (place.initialised && !whole) {
    return refuse(
      `The database was made in ${folder} and is not there any more: put it back, or remove ${recordFile} to begin with an empty one.`,
    );
  }
  const lock: FolderLock | null = outside ? lockFile(join(dirname(folder), 'lock')) : null;
  if (outside && !lock) {
    return refuse(`Another Offing server is using the database in ${folder}; stop it first.`);
  }
  if (!kept.value) await writeDurably(recordFile, JSON.stringify(place));
  return ok({
    folder,
    account: account.value,
    outside,
    initialised: whole,
    markInitialised: () =>
      writeDurably(recordFile, JSON.stringify({ ...place, initialised: true } satisfies Place)),
    release: () => lock?.release(),
  });
}

async function readPlace(file: string): Promise<Result<Place | null, Refusal>> {
  const text = await readIfPresent(file);
  if (text === null) return ok(null);
  try {
    return ok(recordShape.parse(JSON.parse(text)));
  } catch {
    return refuse(`${file}, which says where the database is, is damaged; put it back.`);
  }
}

async function choosePlace(data: DataFolder, account: Account | null): Promise<Place | null> {
  if (!account || (await canEnter(account, data.path))) {
    return { folder: 'postgres', initialised: false };
  }
  const root = await reachableRoot(account);
  if (!root) return null;
  const id = randomBytes(6).toString('hex');
  return { folder: join(root, id, 'postgres'), initialised: false };
}

async function makePassable(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) await chmod(folder, 0o711);
}

function unreachable(folder: string, account: Account | null): Result<never, Refusal> {
  return refuse(
    `${account?.name ?? 'The user'}, who runs Postgres, cannot enter ${folder}: set OFFING_DATA to a folder that can be entered, such as /srv/offing.`,
  );
}
