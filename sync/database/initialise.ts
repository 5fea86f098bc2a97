/** Makes a new, empty database cluster, wholly or not at all. */
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ok, type Result } from '#core/result.ts';
import { syncFolder } from '../data/durable-file.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { Binaries } from './binaries.ts';
import type { ClusterHome } from './cluster-home.ts';
import { runCommand } from './command.ts';

/** The role that owns the embedded database. */
export const databaseRole = 'offing';

/**
 * Leaves a complete cluster in `home.folder`, made now unless there is one.
 *
 * It is made under another name and renamed when complete: a start killed half way leaves a
 * draft, which the next start removes. Locales are Postgres's own, so none has to be installed.
 */
export async function ensureCluster(
  home: ClusterHome,
  binaries: Binaries,
  password: string,
  signal: AbortSignal,
): Promise<Result<void, Refusal>> {
  await removeDrafts(home);
  if (!home.initialised) {
    const made = await initialise(home, binaries, password, signal);
    if (!made.ok) return made;
  }
  const version = (await readFile(join(home.folder, 'PG_VERSION'), 'utf8')).trim();
  if (version !== binaries.majorVersion) {
    return refuse(
      `The database in ${home.folder} was made by PostgreSQL ${version}, and this is ${binaries.majorVersion}: use the earlier Offing, or move the data over.`,
    );
  }
  await home.markInitialised();
  return ok(undefined);
}

async function initialise(
  home: ClusterHome,
  binaries: Binaries,
  password: string,
  signal: AbortSignal,
): Promise<Result<void, Refusal>> {
  const draft = `${draftPrefix(home)}${randomBytes(6).toString('hex')}`;
  const passwordFile = `${draft}.password`;
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
  if (home.account) {
    await chown(draft, home.account.userId, home.account.groupId);
    await chown(passwordFile, home.account.userId, home.account.groupId);
  }
  const args = [
    `--pgdata=${draft}`,
    `--username=${databaseRole}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  const { exitCode, output } = await runCommand(binaries.initdb, args, {
    account: home.account,
    signal,
  });
  await rm(passwordFile, { force: true });
  if (exitCode !== 0) {
    await rm(draft, { recursive: true, force: true, maxRetries: 5 });
    return refuse(`The database could not be made in ${home.folder}: ${output.trim()}`);
  }
  await rename(draft, home.folder);
  await syncFolder(dirname(home.folder));
  return ok(undefined);
}

/** What is left of an earlier, killed attempt; one still being written to goes next time. */
async function removeDrafts(home: ClusterHome): Promise<void> {
  const parent = dirname(home.folder);
  const prefix = basename(draftPrefix(home));
  const drafts = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  await Promise.allSettled(
    drafts.map((name) => rm(join(parent, name), { recursive: true, force: true })),
  );
}

function draftPrefix(home: ClusterHome): string {
  return `${home.folder}.new-`;
}
