/** Tokens for programs, named by the SHA-256 of their secret. */
import { bigint, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { TokenScope } from '#core/identity/token-scopes.ts';

export const apiTokens = pgTable(
  'api_tokens',
  {
    userId: uuid('user_id').notNull(),
    tokenHash: text('token_hash').notNull(),
    tokenId: uuid('token_id').notNull(),
    name: text().notNull(),
    scopes: text().array().$type<TokenScope[]>().notNull(),
    createdMs: bigint('created_ms', { mode: 'number' }).notNull(),
    expiresMs: bigint('expires_ms', { mode: 'number' }).notNull(),
    lastUsedMs: bigint('last_used_ms', { mode: 'number' }),
  },
  (table) => [primaryKey({ columns: [table.userId, table.tokenHash] })],
);
