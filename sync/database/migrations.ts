/**
 * Brings the tables up to what this version of the program expects.
 *
 * The list of what was applied is kept where and as drizzle keeps it. Its own migrator is not
 * used because it cannot run inside a transaction that holds a lock: two servers starting
 * together would both migrate, and a lock on a connection does not survive a pooler.
 */
import { sql } from 'drizzle-orm';
import { readMigrationFiles, type MigrationMeta } from 'drizzle-orm/migrator';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { ok, type Result } from '#core/result.ts';
import { refuse, type Refusal } from '../refusal.ts';

type Queries = Pick<PostgresJsDatabase, 'execute'>;

/** Any number will do, so long as every version of Offing uses the same. */
const migrationLock = 5_170_001;

/**
 * The schema version afterwards: how many migrations the database has had.
 *
 * All of it is one transaction behind one lock: servers starting together take turns, and a
 * start killed half way changes nothing. Refuses a database that a newer version, or another
 * history of migrations, has written.
 */
export async function migrateDatabase(
  database: PostgresJsDatabase,
  migrationsFolder: string,
): Promise<Result<number, Refusal>> {
  const known = readMigrationFiles({ migrationsFolder });
  return database.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${migrationLock})`);
    const applied = await appliedHashes(transaction);
    if (applied.length > known.length) {
      return refuse(
        `The database has had ${applied.length} migrations and this version knows ${known.length}: start the newer Offing that wrote it.`,
      );
    }
    if (applied.some((hash, index) => hash !== known[index]!.hash)) {
      return refuse('The database was migrated by a different program: set another DATABASE_URL.');
    }
    for (const migration of known.slice(applied.length)) await apply(transaction, migration);
    return ok(known.length);
  });
}

async function appliedHashes(transaction: Queries): Promise<readonly string[]> {
  await transaction.execute(sql`create schema if not exists drizzle`);
  await transaction.execute(
    sql`create table if not exists drizzle.__drizzle_migrations
        (id serial primary key, hash text not null, created_at bigint)`,
  );
  const rows = await transaction.execute<{ hash: string }>(
    sql`select hash from drizzle.__drizzle_migrations order by created_at, id`,
  );
  return rows.map((row) => row.hash);
}

async function apply(transaction: Queries, migration: MigrationMeta): Promise<void> {
  for (const statement of migration.sql) await transaction.execute(sql.raw(statement));
  await transaction.execute(
    sql`insert into drizzle.__drizzle_migrations (hash, created_at)
        values (${migration.hash}, ${migration.folderMillis})`,
  );
}
