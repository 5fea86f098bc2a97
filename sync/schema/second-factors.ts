/** What an account shows beside its password: one-time codes, recovery codes, passkeys. */
import { sql } from 'drizzle-orm';
import { bigint, boolean, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

/** One authenticator app an account; the secret is sealed, and counts once confirmed. */
export const totpFactors = pgTable('totp_factors', {
  userId: uuid('user_id').primaryKey(),
  sealedSecret: text('sealed_secret').notNull(),
  createdMs: bigint('created_ms', { mode: 'number' }).notNull(),
  confirmedMs: bigint('confirmed_ms', { mode: 'number' }),
  /** The newest time step whose code was used: it rises only, so that a code works once. */
  lastStep: bigint('last_step', { mode: 'number' })
    .notNull()
    .default(sql`0`),
});

export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: uuid('user_id').notNull(),
    codeHash: text('code_hash').notNull(),
    createdMs: bigint('created_ms', { mode: 'number' }).notNull(),
    usedMs: bigint('used_ms', { mode: 'number' }),
  },
  (table) => [primaryKey({ columns: [table.userId, table.codeHash] })],
);

export const passkeys = pgTable(
  'passkeys',
  {
    userId: uuid('user_id').notNull(),
    /** base64url, as the browser says it. */
    credentialId: text('credential_id').notNull(),
    /** COSE, base64url. */
    publicKey: text('public_key').notNull(),
    signCount: bigint('sign_count', { mode: 'number' }).notNull(),
    transports: text().array().notNull(),
    isBackedUp: boolean('is_backed_up').notNull(),
    name: text().notNull(),
    createdMs: bigint('created_ms', { mode: 'number' }).notNull(),
    lastUsedMs: bigint('last_used_ms', { mode: 'number' }),
  },
  (table) => [primaryKey({ columns: [table.userId, table.credentialId] })],
);

/** Challenges handed to authenticators, each answered once; of nobody until it is answered. */
export const passkeyChallenges = pgTable('passkey_challenges', {
  challenge: text().primaryKey(),
  /** Null for signing in: then the answer names the account. */
  userId: uuid('user_id'),
  purpose: text().$type<'sign-in' | 'register' | 'step-up'>().notNull(),
  expiresMs: bigint('expires_ms', { mode: 'number' }).notNull(),
});
