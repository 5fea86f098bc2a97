/** Bots: what each is, the bars it saw, what it asked for, and what it says of itself. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Ask } from '#core/automation/asks.ts';
import type { BotSetup, BotState } from '#core/automation/bot.ts';
import type { BotTerms } from '#core/automation/bot-terms.ts';
import type { TradeRequest } from '#core/broker/request.ts';

const ms = (name: string) => bigint(name, { mode: 'number' });

export const bots = pgTable(
  'bots',
  {
    userId: uuid('user_id').notNull(),
    botId: uuid('bot_id').notNull(),
    accountId: uuid('account_id').notNull(),
    name: text().notNull(),
    state: text().$type<BotState>().notNull(),
    /** Why it is in it, where it came by itself: see `web/lib/bots/words.ts`. */
    reason: text(),
    /** The strategy as it was at the start, and what the bot may. */
    setup: jsonb().$type<BotSetup>().notNull(),
    /** The strategy's settings as they hold at the broker. */
    terms: jsonb().$type<BotTerms>().notNull(),
    /** It acts at the close of bars that open from then on. */
    firstBarMs: ms('first_bar_ms').notNull(),
    lastBarMs: ms('last_bar_ms'),
    /** It is over, and something of it may lie at the broker still: to be taken away. */
    isEnding: boolean('is_ending').notNull().default(false),
    /** Positions are closed with it. */
    closesToo: boolean('closes_too').notNull().default(false),
    createdMs: ms('created_ms').notNull(),
    changedMs: ms('changed_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.botId] }),
    index('bots_account').on(table.userId, table.accountId),
    index('bots_busy')
      .on(table.accountId)
      .where(sql`${table.state} in ('running', 'paused') or ${table.isEnding}`),
    check('bots_state', sql`${table.state} in ('draft', 'running', 'paused', 'stopped', 'killed')`),
  ],
);

/** Bars that a bot decides by: some history, then those that closed while it watched. */
export const botBars = pgTable(
  'bot_bars',
  {
    userId: uuid('user_id').notNull(),
    botId: uuid('bot_id').notNull(),
    openMs: ms('open_ms').notNull(),
    open: doublePrecision().notNull(),
    high: doublePrecision().notNull(),
    low: doublePrecision().notNull(),
    close: doublePrecision().notNull(),
    volume: doublePrecision().notNull(),
    /** `history`: told afterwards; `seen`: built of the prices that the bot saw. */
    source: text().$type<'history' | 'seen'>().notNull(),
    /** What the bot did at its close: null = it was not asked to decide. */
    decided: text().$type<'asked' | 'nothing' | 'late'>(),
    /** What a strategy in code was shown at its close, as `workers/code/kept-view.ts` has it. */
    view: text(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.botId, table.openMs] })],
);

/** What a bot asked for, a row for each request; written before it is sent. */
export const botOrders = pgTable(
  'bot_orders',
  {
    userId: uuid('user_id').notNull(),
    botId: uuid('bot_id').notNull(),
    requestId: uuid('request_id').notNull(),
    /** The bar at whose close it was asked for, and its place among what was. */
    barMs: ms('bar_ms').notNull(),
    n: bigint({ mode: 'number' }).notNull(),
    /** `waiting`: for the first price of the next bar; `dropped`: came to nothing by the rules. */
    state: text()
      .$type<'waiting' | 'planned' | 'sending' | 'sent' | 'refused' | 'missed' | 'dropped'>()
      .notNull(),
    asks: jsonb().$type<readonly Ask[]>().notNull(),
    request: jsonb().$type<TradeRequest>(),
    intentIds: uuid('intent_ids').array().notNull(),
    reason: text(),
    figures: jsonb().$type<Readonly<Record<string, string | number>>>(),
    /** The quote when it was sent. */
    bid: doublePrecision(),
    ask: doublePrecision(),
    atMs: ms('at_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.botId, table.requestId] }),
    index('bot_orders_bar').on(table.userId, table.botId, table.barMs, table.n),
    check(
      'bot_orders_state',
      sql`${table.state} in ('waiting', 'planned', 'sending', 'sent', 'refused', 'missed', 'dropped')`,
    ),
  ],
);

/** What a bot says of itself; the newest thousand. */
export const botEvents = pgTable(
  'bot_events',
  {
    userId: uuid('user_id').notNull(),
    botId: uuid('bot_id').notNull(),
    n: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    atMs: ms('at_ms').notNull(),
    level: text().$type<'info' | 'warn' | 'alert'>().notNull(),
    name: text().notNull(),
    detail: jsonb().$type<Readonly<Record<string, string | number>>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.botId, table.n] })],
);
