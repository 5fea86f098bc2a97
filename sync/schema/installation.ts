/** What this installation is, and every start it has had. */
import { sql } from 'drizzle-orm';
import { bigint, boolean, check, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';

/** One row: made with the database and never changed. */
export const installation = pgTable(
  'installation',
  {
    only: boolean().primaryKey().default(true),
    serverId: uuid('server_id').notNull(),
    createdMs: bigint('created_ms', { mode: 'number' }).notNull(),
  },
  (table) => [check('installation_only_one', sql`${table.only}`)],
);

/** A row a start: tells which version wrote last when data look odd. */
export const boots = pgTable('boots', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  startedMs: bigint('started_ms', { mode: 'number' }).notNull(),
  productVersion: text('product_version').notNull(),
  buildId: text('build_id').notNull(),
  schemaVersion: integer('schema_version').notNull(),
});
