/** Chunks of an account: immutable bytes by their SHA-256, counted in what it may keep. */
import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { ownRows } from '../database/own-rows.ts';
import { chunks, replicaHeads } from '../schema/replication.ts';
import { holdHead, keepAccount } from './postgres-store.ts';

/** A chunk of 1 MiB, sealed: what the seal adds is less than this. */
export const longestChunkBytes = 1_048_576 + 64;

export interface Chunk {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

export async function hasChunk(
  database: PostgresJsDatabase,
  userId: string,
  hash: string,
): Promise<boolean> {
  const found = await database
    .select({ hash: chunks.hash })
    .from(chunks)
    .where(and(eq(chunks.userId, userId), eq(chunks.hash, hash)));
  return found.length === 1;
}

export async function readChunk(
  database: PostgresJsDatabase,
  userId: string,
  hash: string,
): Promise<Uint8Array | null> {
  const row = await ownRows(database, userId).one(chunks, { where: eq(chunks.hash, hash) });
  return row?.bytes ?? null;
}

export interface StoreTerms {
  readonly nowMs: number;
  readonly quotaBytes: number;
  /** Of `Sealing`, as the device knows it; null = it does not say. */
  readonly epoch: number | null;
}

/**
 * Whether it is new here; one that was here is kept from the sweep for another week.
 *
 * A chunk of another `epoch` is not taken: a device that has not heard of it yet would leave in clear
 * what is encrypted by now.
 *
 * Errors: `sync.chunk-damaged`, `sync.quota-full`, `sync.encryption-changed`, `account.not-found`.
 */
export async function storeChunk(
  database: PostgresJsDatabase,
  userId: string,
  { hash, bytes }: Chunk,
  { nowMs, quotaBytes, epoch }: StoreTerms,
): Promise<Result<'stored' | 'known', Failure>> {
  if (createHash('sha256').update(bytes).digest('hex') !== hash) {
    return fail({ code: 'sync.chunk-damaged', detail: 'The bytes are not those of the hash.' });
  }
  return database.transaction(async (queries) => {
    if (!(await keepAccount(queries, userId))) {
      return fail({ code: 'account.not-found', detail: 'The account was deleted.' });
    }
    const head = await holdHead(queries, userId);
    if (head.epoch !== epoch) {
      const detail = 'Encryption was switched meanwhile.';
      return fail({ code: 'sync.encryption-changed', detail });
    }
    const rows = ownRows(queries, userId);
    const known = await rows.change(chunks, { storedMs: nowMs }, eq(chunks.hash, hash));
    if (known > 0) return ok('known');
    const grown = head.bytes + bytes.length;
    if (grown > quotaBytes) {
      const figures = { bytes: head.bytes, limitBytes: quotaBytes };
      return fail({ code: 'sync.quota-full', detail: 'The account is full.', figures });
    }
    await rows.add(chunks, { hash, bytes, storedMs: nowMs });
    await rows.change(replicaHeads, { bytes: grown });
    return ok('stored');
  });
}
