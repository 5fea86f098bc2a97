/** Mail to people, written in the transaction that causes it and sent by a job afterwards. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';

export const mails = pgTable(
  'mails',
  {
    userId: uuid('user_id').notNull(),
    mailId: uuid('mail_id').notNull(),
    template: text().notNull(),
    /** Recipient and what the template says, sealed: links in it open accounts. */
    sealedContent: text('sealed_content').notNull(),
    state: text().$type<'queued' | 'sent' | 'failed'>().notNull(),
    attempts: integer().notNull().default(0),
    /** The code of the last failure, without what the mail server said. */
    lastError: text('last_error'),
    createdMs: bigint('created_ms', { mode: 'number' }).notNull(),
    sentMs: bigint('sent_ms', { mode: 'number' }),
    /** The request that caused it. */
    requestId: text('request_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.mailId] }),
    index('mails_created').on(table.createdMs),
    check('mails_state', sql`${table.state} in ('queued', 'sent', 'failed')`),
  ],
);
