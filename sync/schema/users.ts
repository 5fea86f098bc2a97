/** Accounts: who they are, how they sign in, and the choices that follow them between devices. */
import { sql } from 'drizzle-orm';
import { bigint, check, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Role } from '#core/identity/roles.ts';

export const users = pgTable(
  'users',
  {
    userId: uuid('user_id').primaryKey(),
    /** As typed, for mail; the directory holds it folded. */
    email: text().notNull(),
    emailVerifiedMs: bigint('email_verified_ms', { mode: 'number' }),
    /** Argon2id in PHC form. */
    passwordHash: text('password_hash').notNull(),
    passwordChangedMs: bigint('password_changed_ms', { mode: 'number' }).notNull(),
    displayName: text('display_name').notNull().default(''),
    role: text().$type<Role>().notNull().default('trader'),
    createdMs: bigint('created_ms', { mode: 'number' }).notNull(),
  },
  (table) => [check('users_role', sql`${table.role} in ('trader', 'support', 'admin')`)],
);

/** From a folded address to its account: the only look-up that does not begin with a user. */
export const emailDirectory = pgTable('email_directory', {
  email: text().primaryKey(),
  userId: uuid('user_id').notNull().unique(),
});

/** Seals an account's personal fields in the audit trail; destroyed with the account. */
export const userKeys = pgTable('user_keys', {
  userId: uuid('user_id').primaryKey(),
  sealedKey: text('sealed_key').notNull(),
});

export const userSettings = pgTable(
  'user_settings',
  {
    userId: uuid('user_id').notNull(),
    key: text().notNull(),
    value: jsonb().notNull(),
    changedMs: bigint('changed_ms', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.key] }),
    check('user_settings_size', sql`octet_length(${table.value}::text) <= 65536`),
  ],
);

/** The one-time link that makes the first admin: at most one, gone once used. */
export const firstAdminLink = pgTable('first_admin_link', {
  only: text().primaryKey().default('only'),
  /** With the server's secret it makes the token, the same on every server. */
  nonce: text().notNull(),
});
