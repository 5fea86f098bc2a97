/** Reads and writes what the database knows of this installation. */
import { randomUUID } from 'node:crypto';
import { count } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { assert } from '#core/assert.ts';
import { boots, installation } from '../schema/installation.ts';

export interface Installation {
  readonly serverId: string;
  readonly createdMs: number;
  /** Starts so far, this one included. */
  readonly starts: number;
}

export interface Boot {
  readonly startedMs: number;
  readonly productVersion: string;
  readonly buildId: string;
  readonly schemaVersion: number;
}

/** Notes this start, and gives the installation its identity at the very first one. */
export async function recordBoot(database: PostgresJsDatabase, boot: Boot): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction
      .insert(installation)
      .values({ serverId: randomUUID(), createdMs: boot.startedMs })
      .onConflictDoNothing();
    await transaction.insert(boots).values(boot);
  });
}

/** Throws what the connection throws when the database cannot be asked. */
export async function readInstallation(database: PostgresJsDatabase): Promise<Installation> {
  const [row] = await database.select().from(installation);
  assert(row !== undefined, 'a migrated database has been given an identity');
  const [total] = await database.select({ starts: count() }).from(boots);
  return { serverId: row.serverId, createdMs: row.createdMs, starts: total!.starts };
}
