/** Alerts, what they told, and the devices that are told of it by their browsers' push services. */
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
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AlertChannel, AlertCondition, AlertState } from '#core/alerts/alert.ts';
import type { Side } from '#core/alerts/crossing.ts';

const ms = (name: string) => bigint(name, { mode: 'number' });

export const alerts = pgTable(
  'alerts',
  {
    userId: uuid('user_id').notNull(),
    alertId: uuid('alert_id').notNull(),
    accountId: uuid('account_id').notNull(),
    condition: jsonb().$type<AlertCondition>().notNull(),
    repeat: text().$type<'once' | 'every'>().notNull(),
    pauseMs: ms('pause_ms').notNull(),
    untilMs: ms('until_ms'),
    channels: text().array().$type<AlertChannel[]>().notNull(),
    note: text().notNull(),
    state: text().$type<AlertState>().notNull(),
    /** Rises whenever it is told: who would tell it from an older state is too late. */
    fired: integer().notNull().default(0),
    /** Rises whenever the trader changes it. */
    revision: integer().notNull().default(1),
    lastFiredMs: ms('last_fired_ms'),
    /** On which side of its level the value was last; null = not seen yet. */
    side: smallint().$type<Side>(),
    createdMs: ms('created_ms').notNull(),
    changedMs: ms('changed_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.alertId] }),
    index('alerts_on')
      .on(table.accountId)
      .where(sql`${table.state} = 'on'`),
    check('alerts_state', sql`${table.state} in ('on', 'paused', 'done')`),
  ],
);

/** What was told, each once: the inbox. It outlives its alert. */
export const alertEvents = pgTable(
  'alert_events',
  {
    userId: uuid('user_id').notNull(),
    n: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    alertId: uuid('alert_id').notNull(),
    accountId: uuid('account_id').notNull(),
    /** What happened, so that it is told once whoever sees it: a count, a bar, a bot's end. */
    firingKey: text('firing_key').notNull(),
    atMs: ms('at_ms').notNull(),
    /** As it was then. */
    condition: jsonb().$type<AlertCondition>().notNull(),
    note: text().notNull(),
    value: doublePrecision(),
    detail: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    readMs: ms('read_ms'),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.n] }),
    uniqueIndex('alert_events_once').on(table.userId, table.alertId, table.firingKey),
    index('alert_events_unread')
      .on(table.userId)
      .where(sql`${table.readMs} is null`),
  ],
);

/** A browser that may be told, for as long as its session is signed in. */
export const pushSubscriptions = pgTable(
  'push_subscriptions',
  {
    userId: uuid('user_id').notNull(),
    subscriptionId: uuid('subscription_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    /** Of the address, which whoever knows it can push to. */
    endpointHash: text('endpoint_hash').notNull(),
    /** JSON of the address and the browser's keys. */
    sealedSubscription: text('sealed_subscription').notNull(),
    name: text().notNull(),
    createdMs: ms('created_ms').notNull(),
    lastSentMs: ms('last_sent_ms'),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.subscriptionId] }),
    uniqueIndex('push_subscriptions_endpoint').on(table.userId, table.endpointHash),
  ],
);

/** The key that an account's pushes are signed with: each has its own, so that nobody links them. */
export const pushKeys = pgTable('push_keys', {
  userId: uuid('user_id').primaryKey(),
  publicKey: text('public_key').notNull(),
  sealedKey: text('sealed_key').notNull(),
  createdMs: ms('created_ms').notNull(),
});
