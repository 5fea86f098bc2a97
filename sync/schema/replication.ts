/** What devices wrote, merged: the live fragments of each account, its replicas and its chunks. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { PushAnswer } from '#core/sync/protocol.ts';

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
});

/** One row an account: held while its fragments are merged, so that seq follows the commits. */
export const replicaHeads = pgTable('replica_heads', {
  userId: uuid('user_id').primaryKey(),
  seq: bigint({ mode: 'number' }).notNull().default(0),
  token: text().notNull().default(''),
  /** Rises whenever encryption is switched. */
  epoch: integer().notNull().default(1),
  encrypted: boolean().notNull().default(false),
  /** Of live fragments and chunks. */
  bytes: bigint({ mode: 'number' }).notNull().default(0),
});

/** Tokens by the sequence number they were minted with: who knows one has seen this history. */
export const replicaTokens = pgTable(
  'replica_tokens',
  {
    userId: uuid('user_id').notNull(),
    seq: bigint({ mode: 'number' }).notNull(),
    token: text().notNull(),
    mintedMs: bigint('minted_ms', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.seq] })],
);

export const fragments = pgTable(
  'fragments',
  {
    userId: uuid('user_id').notNull(),
    collection: text().notNull(),
    row: text('row_id').notNull(),
    hlc: text().notNull(),
    part: smallint().notNull(),
    seq: bigint({ mode: 'number' }).notNull(),
    /** Cells that no later fragment has written. */
    live: text().array().notNull(),
    /** Cells as JSON text, as they came. */
    cells: text().notNull(),
    schemaVersion: integer('schema_version').notNull(),
    groupId: text('group_id'),
    chunks: text().array(),
    covers: text().array(),
    purged: boolean().notNull().default(false),
    bytes: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.collection, table.row, table.hlc, table.part] }),
    uniqueIndex('fragments_seq').on(table.userId, table.seq),
    check('fragments_live', sql`cardinality(${table.live}) > 0`),
  ],
);

/** Each copy of the data that pushes: a browser profile on a device. */
export const replicas = pgTable(
  'replicas',
  {
    userId: uuid('user_id').notNull(),
    node: text().notNull(),
    name: text().notNull(),
    /** The session that last used it; signing that out does not take the replica away. */
    sessionId: uuid('session_id').notNull(),
    pushNo: bigint('push_no', { mode: 'number' }).notNull().default(0),
    nonce: text().notNull(),
    lastNonce: text('last_nonce'),
    lastHash: text('last_hash'),
    lastAnswer: jsonb('last_answer').$type<PushAnswer>(),
    /** It has everything up to here. */
    cursor: bigint({ mode: 'number' }).notNull().default(0),
    unsynced: integer().notNull().default(0),
    createdMs: bigint('created_ms', { mode: 'number' }).notNull(),
    lastSeenMs: bigint('last_seen_ms', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.node] })],
);

/** Immutable bytes by their SHA-256; those that no fragment refers to are swept. */
export const chunks = pgTable(
  'chunks',
  {
    userId: uuid('user_id').notNull(),
    hash: text().notNull(),
    bytes: bytea().notNull(),
    storedMs: bigint('stored_ms', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.hash] }),
    check('chunks_size', sql`octet_length(${table.bytes}) between 1 and 1048640`),
  ],
);

/** The account's data key, wrapped twice; the server can open neither. */
export const encryptionKeys = pgTable('encryption_keys', {
  userId: uuid('user_id').primaryKey(),
  epoch: integer().notNull(),
  /** See `core/sync/key-envelope.ts`. */
  envelope: jsonb().notNull(),
  createdMs: bigint('created_ms', { mode: 'number' }).notNull(),
});
