/** Who is signed in where, and what stands between a password and a session. */
import { sql } from 'drizzle-orm';
import { bigint, check, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { SignInMethod } from '../auth/sign-in-method.ts';

/** Named by the SHA-256 of the token's secret, which only the device has. */
export const sessions = pgTable(
  'sessions',
  {
    userId: uuid('user_id').notNull(),
    tokenHash: text('token_hash').notNull(),
    /** What people and procedures call it; not a secret. */
    sessionId: uuid('session_id').notNull(),
    createdMs: bigint('created_ms', { mode: 'number' }).notNull(),
    /** When it was first made, before step-ups gave it new tokens: bounds its whole life. */
    firstCreatedMs: bigint('first_created_ms', { mode: 'number' }).notNull(),
    lastSeenMs: bigint('last_seen_ms', { mode: 'number' }).notNull(),
    expiresMs: bigint('expires_ms', { mode: 'number' }).notNull(),
    /** When the person last proved who they are. */
    provedMs: bigint('proved_ms', { mode: 'number' }).notNull(),
    method: text().$type<SignInMethod>().notNull(),
    address: text().notNull(),
    userAgent: text('user_agent').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.tokenHash] }),
    check(
      'sessions_method',
      sql`${table.method} in ('password', 'totp', 'recovery-code', 'passkey', 'admin-link')`,
    ),
  ],
);

/** Between the password and the second factor: no session yet, five minutes, five mistakes. */
export const signInSteps = pgTable(
  'sign_in_steps',
  {
    userId: uuid('user_id').notNull(),
    tokenHash: text('token_hash').notNull(),
    expiresMs: bigint('expires_ms', { mode: 'number' }).notNull(),
    failures: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.userId, table.tokenHash] })],
);

/** What a mailed link stands for; `sealedDetail` holds a new address until it is confirmed. */
export const mailTokens = pgTable(
  'mail_tokens',
  {
    userId: uuid('user_id').notNull(),
    tokenHash: text('token_hash').notNull(),
    kind: text().$type<'verify-email' | 'reset-password' | 'change-email'>().notNull(),
    sealedDetail: text('sealed_detail'),
    createdMs: bigint('created_ms', { mode: 'number' }).notNull(),
    expiresMs: bigint('expires_ms', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.tokenHash] }),
    check(
      'mail_tokens_kind',
      sql`${table.kind} in ('verify-email', 'reset-password', 'change-email')`,
    ),
  ],
);
