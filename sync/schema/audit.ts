/** The audit trail: a chain of hashes an account, added to and never changed. */
import { bigint, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { AuditAction } from '#core/identity/audit-actions.ts';

export const auditEntries = pgTable(
  'audit_entries',
  {
    userId: uuid('user_id').notNull(),
    /** 1, 2, 3 … without a gap. */
    seq: bigint({ mode: 'number' }).notNull(),
    atMs: bigint('at_ms', { mode: 'number' }).notNull(),
    action: text().$type<AuditAction>().notNull(),
    /** Who did it: the account itself, another's id, or `server`. */
    actor: text().notNull(),
    /** Address, device and particulars, sealed by the account's own key; unreadable without it. */
    sealedDetail: text('sealed_detail').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.seq] })],
);

/** The end of each chain; locked while an entry is added. */
export const auditHeads = pgTable('audit_heads', {
  userId: uuid('user_id').primaryKey(),
  seq: bigint({ mode: 'number' }).notNull(),
  hash: text().notNull(),
});
