/** How often was called lately; unlogged, since after a crash of the database counting may begin anew. */
import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core';

export const rateLimits = pgTable('rate_limits', {
  /** Procedure, kind and digest of the subject. */
  key: text().primaryKey(),
  minuteStartMs: bigint('minute_start_ms', { mode: 'number' }).notNull(),
  minuteUsed: integer('minute_used').notNull(),
  hourStartMs: bigint('hour_start_ms', { mode: 'number' }).notNull(),
  hourUsed: integer('hour_used').notNull(),
});
