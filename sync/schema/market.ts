/** Past prices as sources told them, kept until they are old; and what paper accounts have seen. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';

const ms = (name: string) => bigint(name, { mode: 'number' });
const price = (name: string) => doublePrecision(name).notNull();

const bar = () => ({
  symbol: text().notNull(),
  timeframe: text().notNull(),
  openMs: ms('open_ms').notNull(),
  open: price('open'),
  high: price('high'),
  low: price('low'),
  close: price('close'),
  volume: doublePrecision(),
  digits: integer().notNull(),
  /** When the bar before it opened: nothing lies between. -1 = there is none, null = not known. */
  prevMs: ms('prev_ms'),
  /** Until then it may pass for the newest; null = it was not told as such. */
  newestUntilMs: ms('newest_until_ms'),
  heardMs: ms('heard_ms').notNull(),
  expiresMs: ms('expires_ms').notNull(),
});

/** Of public sources: the same for everybody. */
export const marketBars = pgTable(
  'market_bars',
  { source: text().notNull(), ...bar() },
  (table) => [
    primaryKey({ columns: [table.source, table.symbol, table.timeframe, table.openMs] }),
    index('market_bars_expires').on(table.expiresMs),
    check('market_bars_range', sql`${table.low} <= ${table.high} and ${table.low} > 0`),
  ],
);

/** Of one trading account's broker. */
export const accountBars = pgTable(
  'account_bars',
  { userId: uuid('user_id').notNull(), accountId: uuid('account_id').notNull(), ...bar() },
  (table) => [
    primaryKey({
      columns: [table.userId, table.accountId, table.symbol, table.timeframe, table.openMs],
    }),
    index('account_bars_expires').on(table.expiresMs),
    check('account_bars_range', sql`${table.low} <= ${table.high} and ${table.low} > 0`),
  ],
);

/** The last answer of each public source to what is not bars, so that all servers ask once. */
export const marketAnswers = pgTable(
  'market_answers',
  {
    source: text().notNull(),
    kind: text().notNull(),
    /** What was asked, as JSON; '' where nothing is to be said. */
    asked: text().notNull(),
    value: jsonb().notNull(),
    heardMs: ms('heard_ms').notNull(),
    expiresMs: ms('expires_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.kind, table.asked] }),
    index('market_answers_expires').on(table.expiresMs),
  ],
);

/** An hour of a paper account's prices, minute by minute: what was seen is not made up again. */
export const paperHours = pgTable(
  'paper_hours',
  {
    userId: uuid('user_id').notNull(),
    accountId: uuid('account_id').notNull(),
    symbol: text().notNull(),
    /** When the hour began, UTC. */
    hourMs: ms('hour_ms').notNull(),
    /** `[minute, open, high, low, close, ticks]`, see `paper-minutes.ts`. */
    minutes: jsonb().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.accountId, table.symbol, table.hourMs] }),
    index('paper_hours_hour').on(table.hourMs),
  ],
);
