/** The unprivileged account that Postgres runs as when the server runs as root, which it refuses. */
import { stat } from 'node:fs/promises';
import { ok, type Result } from '#core/result.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { runCommand } from './command.ts';

export interface Account {
  readonly userId: number;
  readonly groupId: number;
  readonly name: string;
}

/**
 * The account to run Postgres as, null where the server's own will do.
 *
 * The owner of an existing `clusterFolder` comes first, so that data stay readable; then an
 * account called postgres, one made now, and nobody.
 */
export async function databaseAccount(
  clusterFolder: string,
): Promise<Result<Account | null, Refusal>> {
  if (process.getuid?.() !== 0) return ok(null);
  const owner = await stat(clusterFolder).catch(() => null);
  if (owner && owner.uid !== 0) {
    return ok({ userId: owner.uid, groupId: owner.gid, name: `user ${owner.uid}` });
  }
  const account =
    (await lookUp('postgres')) ??
    (await lookUp('_postgres')) ??
    (await createPostgres()) ??
    (await lookUp('nobody'));
  if (account) return ok(account);
  return refuse(
    'Postgres must not run as root, and there is no account for it: run useradd --system postgres, or start as another user.',
  );
}

/** Whether the account can pass through every folder on the way to this one, and through it. */
export async function canEnter(account: Account | null, folder: string): Promise<boolean> {
  if (!account) return true;
  const probe = await runCommand('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], { account });
  return probe.exitCode === 0;
}

async function lookUp(name: string): Promise<Account | null> {
  const [user, group] = await Promise.all([
    runCommand('id', ['-u', name]),
    runCommand('id', ['-g', name]),
  ]);
  const userId = Number.parseInt(user.output, 10);
  const groupId = Number.parseInt(group.output, 10);
  const found = user.exitCode === 0 && group.exitCode === 0 && userId > 0 && groupId > 0;
  return found ? { userId, groupId, name } : null;
}

/** The shadow tools' way, then BusyBox's. */
async function createPostgres(): Promise<Account | null> {
  const shadow = ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false'];
  const made = await runCommand('useradd', [...shadow, 'postgres']);
  if (made.exitCode !== 0) {
    await runCommand('addgroup', ['-S', 'postgres']);
    await runCommand('adduser', ['-S', '-D', '-H', '-G', 'postgres', 'postgres']);
  }
  return lookUp('postgres');
}
