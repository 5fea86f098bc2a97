/** A real, migrated Postgres for a test file: the embedded one, over a temporary folder. */
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { pino } from 'pino';
import { openDataFolder } from '../sync/data/data-folder.ts';
import { lockFile } from '../sync/data/folder-lock.ts';
import { appRole, connect } from '../sync/database/connection.ts';
import { embeddedPostgres } from '../sync/database/embedded-postgres.ts';
import { isPostmasterOf, readPostmasterNote } from '../sync/database/postmaster-file.ts';
import { migrateDatabase } from '../sync/database/migrations.ts';
import { giveDatabase, migrations } from './ready-database.ts';

export interface TestDatabase {
  readonly url: string;
  /** The data folder, for what keeps files beside the database. */
  readonly folder: string;
  /** Works as the owner of the tables, as migrations and jobs do. */
  readonly owner: PostgresJsDatabase;
  /** Works as the server does. */
  readonly app: PostgresJsDatabase;
  close(): Promise<void>;
}

const prefix = 'offing-pg-';
const youngMs = 600_000;

/** Started in a second or two; `close` leaves neither process nor folder. */
export async function testDatabase(): Promise<TestDatabase> {
  await removeLeftovers();
  const path = await mkdtemp(join(tmpdir(), prefix));
  await chmod(path, 0o711);
  await giveDatabase(join(path, 'data'));
  const data = await openDataFolder(join(path, 'data'));
  if (!data.ok) throw new Error(data.error.sentence);
  const log = pino({ level: 'silent' });
  const postgres = await embeddedPostgres(data.value, log, new AbortController().signal);
  if (!postgres.ok) throw new Error(postgres.error.sentence);
  const { url, outsideFolder } = postgres.value;
  const owner = connect(url, { name: 'owner', most: 4 });
  const app = connect(url, { name: 'app', most: 10, role: appRole });
  const migrated = await migrateDatabase(owner.database, migrations);
  if (!migrated.ok) throw new Error(migrated.error.sentence);
  return {
    url,
    folder: data.value.path,
    owner: owner.database,
    app: app.database,
    async close() {
      await Promise.all([owner.close(), app.close()]);
      await postgres.value.stop();
      await data.value.close();
      if (outsideFolder) await rm(join(outsideFolder, '..'), { recursive: true, force: true });
      await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** A killed run leaves its Postgres behind; nobody holds its folder any more. */
async function removeLeftovers(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const name of names) {
    const data = join(tmpdir(), name, 'data');
    // A young one may be another test's, about to be locked.
    const { mtimeMs } = await stat(join(tmpdir(), name));
    if (Date.now() - mtimeMs < youngMs || !existsSync(join(data, 'lock'))) continue;
    const lock = lockFile(join(data, 'lock'));
    if (!lock) continue;
    const cluster = join(data, 'postgres');
    const note = await readPostmasterNote(cluster);
    if (note && (await isPostmasterOf(note.processId, cluster))) {
      process.kill(note.processId, 'SIGQUIT');
      while (await isPostmasterOf(note.processId, cluster)) await wait(20);
    }
    lock.release();
    await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}
