/** Trading accounts, what was asked of them, and what lies at their brokers. */
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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { BrokerAccount } from '#core/broker/book.ts';
import type { Instrument } from '#core/broker/instrument.ts';
import type { Intent, IntentBody, OrderState } from '#core/broker/intent.ts';
import type { RiskLimits } from '#core/risk/limits.ts';

const ms = (name: string) => bigint(name, { mode: 'number' });

/** One account at one broker behind one connector. Held (`FOR UPDATE`) while anything of it changes. */
export const tradingAccounts = pgTable(
  'trading_accounts',
  {
    userId: uuid('user_id').notNull(),
    accountId: uuid('account_id').notNull(),
    name: text().notNull(),
    kind: text().$type<'mt5' | 'paper' | 'exchange'>().notNull(),
    state: text().$type<'pairing' | 'paired' | 'halted' | 'revoked'>().notNull(),
    haltReason: text('halt_reason'),
    /** The pairing token, or an exchange's keys; sealed for this account of this person. */
    sealedToken: text('sealed_token').notNull(),
    /** A code that was not used until then is worth nothing. */
    pairUntilMs: ms('pair_until_ms'),
    /** What it was bound to at first use. */
    boundDevice: text('bound_device'),
    boundLogin: text('bound_login'),
    boundServer: text('bound_server'),
    /** Which server holds the connector, and until when without a word. */
    epoch: bigint({ mode: 'number' }).notNull().default(0),
    session: text(),
    serverId: uuid('server_id'),
    leaseUntilMs: ms('lease_until_ms'),
    limits: jsonb().$type<RiskLimits>().notNull(),
    /** What kind of paper or exchange it is, and how it behaves. */
    settings: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
    broker: jsonb().$type<BrokerAccount>(),
    instruments: jsonb().$type<readonly Instrument[]>().notNull(),
    peakEquity: doublePrecision('peak_equity').notNull().default(0),
    cursorServerMs: ms('cursor_server_ms').notNull().default(0),
    cursorDeal: text('cursor_deal').notNull().default('0'),
    reconciledMs: ms('reconciled_ms'),
    /** Last heartbeat: latency, ping, offset, queue. */
    health: jsonb().$type<Readonly<Record<string, number | boolean | string | null>>>(),
    lastHeardMs: ms('last_heard_ms'),
    createdMs: ms('created_ms').notNull(),
    revokedMs: ms('revoked_ms'),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.accountId] }),
    uniqueIndex('trading_accounts_id').on(table.accountId),
    check('trading_accounts_kind', sql`${table.kind} in ('mt5', 'paper', 'exchange')`),
    check(
      'trading_accounts_state',
      sql`${table.state} in ('pairing', 'paired', 'halted', 'revoked')`,
    ),
  ],
);

/** Every request ever made, so that the same one again does nothing; never pruned. */
export const tradeRequests = pgTable(
  'trade_requests',
  {
    userId: uuid('user_id').notNull(),
    requestId: uuid('request_id').notNull(),
    accountId: uuid('account_id').notNull(),
    bodyHash: text('body_hash').notNull(),
    intentIds: uuid('intent_ids').array().notNull(),
    createdMs: ms('created_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.requestId] })],
);

export const orderIntents = pgTable(
  'order_intents',
  {
    userId: uuid('user_id').notNull(),
    intentId: uuid('intent_id').notNull(),
    accountId: uuid('account_id').notNull(),
    requestId: uuid('request_id').notNull(),
    state: text().$type<OrderState>().notNull(),
    isOpen: boolean('is_open').notNull(),
    body: jsonb().$type<IntentBody>().notNull(),
    /** The rest of the intent. */
    facts: jsonb()
      .$type<Omit<Intent, 'id' | 'accountId' | 'requestId' | 'state' | 'body'>>()
      .notNull(),
    /** Of every attempt. */
    magics: text().array().notNull(),
    brokerOrder: text('broker_order'),
    createdMs: ms('created_ms').notNull(),
    updatedMs: ms('updated_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.intentId] }),
    index('order_intents_open')
      .on(table.accountId, table.createdMs)
      .where(sql`${table.isOpen}`),
    index('order_intents_list').on(table.userId, table.accountId, table.createdMs, table.intentId),
    index('order_intents_magics').using('gin', table.magics),
    index('order_intents_order').on(table.accountId, table.brokerOrder),
  ],
);

export const intentEvents = pgTable(
  'intent_events',
  {
    userId: uuid('user_id').notNull(),
    intentId: uuid('intent_id').notNull(),
    n: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    atMs: ms('at_ms').notNull(),
    name: text().notNull(),
    detail: jsonb().$type<Readonly<Record<string, string | number | boolean | null>>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.intentId, table.n] })],
);

/** Positions, working orders and trailing stops: each a row whose facts are JSON. */
export const brokerItems = pgTable(
  'broker_items',
  {
    userId: uuid('user_id').notNull(),
    accountId: uuid('account_id').notNull(),
    kind: text().$type<'position' | 'order' | 'trail'>().notNull(),
    itemId: text('item_id').notNull(),
    facts: jsonb().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.accountId, table.kind, table.itemId] }),
    check('broker_items_kind', sql`${table.kind} in ('position', 'order', 'trail')`),
  ],
);

export const deals = pgTable(
  'deals',
  {
    userId: uuid('user_id').notNull(),
    accountId: uuid('account_id').notNull(),
    deal: text().notNull(),
    order: text('order_ticket').notNull(),
    position: text().notNull(),
    symbol: text().notNull(),
    kind: text().notNull(),
    entry: text(),
    volumeLots: doublePrecision('volume_lots').notNull(),
    price: doublePrecision().notNull(),
    commission: doublePrecision().notNull(),
    swap: doublePrecision().notNull(),
    profit: doublePrecision().notNull(),
    magic: text().notNull(),
    comment: text().notNull(),
    reason: text().notNull(),
    /** Of the broker's server, raw. */
    serverMs: ms('server_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.accountId, table.deal] }),
    index('deals_time').on(table.userId, table.accountId, table.serverMs, table.deal),
    index('deals_position').on(table.userId, table.accountId, table.position),
    index('deals_order').on(table.userId, table.accountId, table.order),
  ],
);

export const equitySnapshots = pgTable(
  'equity_snapshots',
  {
    userId: uuid('user_id').notNull(),
    accountId: uuid('account_id').notNull(),
    atMs: ms('at_ms').notNull(),
    balance: doublePrecision().notNull(),
    equity: doublePrecision().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.accountId, table.atMs] })],
);

/** What happened between server and connector, for the Connections page; the newest few hundred. */
export const terminalLog = pgTable(
  'terminal_log',
  {
    userId: uuid('user_id').notNull(),
    accountId: uuid('account_id').notNull(),
    n: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    atMs: ms('at_ms').notNull(),
    /** `alert` asks for the trader's eyes. */
    level: text().$type<'info' | 'warn' | 'alert'>().notNull(),
    name: text().notNull(),
    detail: jsonb().$type<Readonly<Record<string, string | number>>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.accountId, table.n] })],
);

/** The paper broker's own memory: what MetaTrader's server would know. */
export const paperBooks = pgTable('paper_books', {
  accountId: uuid('account_id').primaryKey(),
  userId: uuid('user_id').notNull(),
  /** See `sync/terminals/paper/paper-broker.ts`. */
  book: jsonb().notNull(),
  /** The connector's journal: the ids that it ever saw, and what became of them. */
  journal: jsonb().notNull(),
});
