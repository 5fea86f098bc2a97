/** Keys for brokers and models that the server uses in a trader's name; only ever sealed. */
import { bigint, check, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

export const storedSecrets = pgTable(
  'stored_secrets',
  {
    userId: uuid('user_id').notNull(),
    secretId: uuid('secret_id').notNull(),
    kind: text().$type<'broker' | 'assistant' | 'market-data'>().notNull(),
    name: text().notNull(),
    sealedValue: text('sealed_value').notNull(),
    createdMs: bigint('created_ms', { mode: 'number' }).notNull(),
    changedMs: bigint('changed_ms', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.secretId] }),
    unique('stored_secrets_name').on(table.userId, table.name),
    check('stored_secrets_kind', sql`${table.kind} in ('broker', 'assistant', 'market-data')`),
  ],
);
