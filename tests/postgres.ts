/** A real, migrated Postgres for a test file: the embedded one, over a temporary folder. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { pino } from 'pino';
import { openDataFolder } from '../sync/data/data-folder.ts';
import { appRole, connect } from '../sync/database/connection.ts';
import { embeddedPostgres } from '../sync/database/embedded-postgres.ts';
import { migrateDatabase } from '../sync/database/migrations.ts';

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

/** Started in a second or two; `close` leaves neither process nor folder. */
export async function testDatabase(): Promise<TestDatabase> {
  const path = await mkdtemp(join(tmpdir(), 'offing-pg-'));
  await chmod(path, 0o711);
  const data = await openDataFolder(join(path, 'data'));
  if (!data.ok) throw new Error(data.error.sentence);
  const log = pino({ level: 'silent' });
  const postgres = await embeddedPostgres(data.value, log, new AbortController().signal);
  if (!postgres.ok) throw new Error(postgres.error.sentence);
  const { url, outsideFolder } = postgres.value;
  const owner = connect(url, { name: 'owner', most: 4 });
  const app = connect(url, { name: 'app', most: 10, role: appRole });
  const migrated = await migrateDatabase(
    owner.database,
    join(import.meta.dirname, '..', 'drizzle'),
  );
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
