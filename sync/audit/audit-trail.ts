/** What happened to an account, in a chain of entries that can be added to and not changed. */
import type { KeyObject } from 'node:crypto';
import { desc, lt } from 'drizzle-orm';
import { assert } from '#core/assert.ts';
import type { AuditAction } from '#core/identity/audit-actions.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { auditEntries, auditHeads } from '../schema/audit.ts';
import { userKeys } from '../schema/users.ts';
import { placeOf } from '../vault/sealed-columns.ts';
import type { Vault } from '../vault/vault.ts';
import {
  detailKey,
  freshDetailKey,
  openDetail,
  sealDetail,
  type AuditDetail,
} from './audit-detail.ts';
import { verifyChain, type ChainVerdict } from './chain-verification.ts';
import { entryHash, firstHash } from './chain.ts';

export interface AuditEvent {
  readonly userId: string;
  readonly action: AuditAction;
  /** Who did it: the account itself, another's id, or `server`. */
  readonly actor: string;
  readonly atMs: number;
  /** Address, device and particulars; never a secret, since its owner reads it. */
  readonly detail: AuditDetail;
}

export interface AuditEntry {
  readonly seq: number;
  readonly atMs: number;
  readonly action: AuditAction;
  readonly actor: string;
  /** Null where the account's key was destroyed. */
  readonly detail: AuditDetail | null;
}

/** Where an account's chain ends; held until the transaction ends. */
export interface ChainEnd {
  readonly head: { readonly seq: number; readonly hash: string } | null;
  /** Null once it was destroyed. */
  readonly sealedKey: string | null;
}

/** What is to be written so that a chain goes on. */
export interface ChainLink {
  readonly entries: readonly Omit<typeof auditEntries.$inferSelect, 'userId'>[];
  readonly head: { readonly seq: number; readonly hash: string };
}

export interface AuditTrail {
  /** Makes the account's key and the start of its chain: once, in the transaction that makes the account. */
  open(transaction: Queries, userId: string): Promise<void>;
  /**
   * The number of the entry, which is there exactly when the transaction is.
   *
   * Holds the chain's end until the transaction ends: entries to one account take turns. Lock
   * the account's own row before, never after. Once the key is destroyed, an entry is added
   * without its detail.
   */
  append(transaction: Queries, event: AuditEvent): Promise<number>;
  /** The end of the account's chain, held as `append` holds it. */
  hold(transaction: Queries, userId: string): Promise<ChainEnd>;
  /** For whoever writes the entries with all else: what `append` would write, one after another. */
  link(userId: string, end: ChainEnd, events: readonly Omit<AuditEvent, 'userId'>[]): ChainLink;
  /** Newest first, those before `beforeSeq` where it is given; throws where an entry is damaged. */
  list(
    database: Queries,
    userId: string,
    page: { readonly beforeSeq?: number; readonly limit: number },
  ): Promise<readonly AuditEntry[]>;
  verify(database: Queries, userId: string): Promise<ChainVerdict>;
  /** Makes every detail of the account unreadable for good; the chain still verifies. */
  destroyKey(transaction: Queries, userId: string): Promise<void>;
}

export function createAuditTrail({ vault }: { readonly vault: Vault }): AuditTrail {
  const opened = (userId: string, sealedKey: string): KeyObject =>
    detailKey(vault.open(sealedKey, placeOf('userKey', { userId })));
  async function keyOf(queries: Queries, userId: string): Promise<KeyObject | null> {
    const row = await ownRows(queries, userId).one(userKeys);
    return row && opened(userId, row.sealedKey);
  }
  const hold: AuditTrail['hold'] = async (transaction, userId) => {
    const rows = ownRows(transaction, userId);
    const [head, key] = await Promise.all([
      rows.one(auditHeads, { lock: 'update' }),
      rows.one(userKeys),
    ]);
    return { head, sealedKey: key?.sealedKey ?? null };
  };
  const link: AuditTrail['link'] = (userId, { head: last, sealedKey }, events) => {
    assert(last !== null, 'an account has an audit trail from its first moment');
    const key = sealedKey === null ? null : opened(userId, sealedKey);
    let head = last;
    const entries = events.map(({ detail, ...event }) => {
      const [seq, previousHash] = [head.seq + 1, head.hash];
      const fields = { ...event, seq, sealedDetail: sealDetail(key, detail, { userId, seq }) };
      const hash = entryHash({ ...fields, userId, previousHash });
      head = { seq, hash };
      return { ...fields, previousHash, hash };
    });
    return { entries, head };
  };

  return {
    async open(transaction, userId) {
      const rows = ownRows(transaction, userId);
      const sealedKey = vault.seal(freshDetailKey(), placeOf('userKey', { userId }));
      await rows.add(userKeys, { sealedKey });
      await rows.add(auditHeads, { seq: 0, hash: firstHash });
    },

    hold,
    link,

    async append(transaction, { userId, ...event }) {
      const { entries, head } = link(userId, await hold(transaction, userId), [event]);
      const rows = ownRows(transaction, userId);
      const { seq, hash } = head;
      await Promise.all([
        ...entries.map((entry) => rows.add(auditEntries, entry)),
        rows.change(auditHeads, { seq, hash }),
      ]);
      return seq;
    },

    async list(database, userId, { beforeSeq, limit }) {
      const entries = await ownRows(database, userId).read(auditEntries, {
        where: beforeSeq === undefined ? undefined : lt(auditEntries.seq, beforeSeq),
        orderBy: [desc(auditEntries.seq)],
        limit,
      });
      const key = await keyOf(database, userId);
      return entries.map(({ seq, atMs, action, actor, sealedDetail }) => {
        const detail = openDetail(key, sealedDetail, { userId, seq });
        return { seq, atMs, action, actor, detail };
      });
    },

    verify: (database, userId) => verifyChain(database, userId),

    async destroyKey(transaction, userId) {
      await ownRows(transaction, userId).remove(userKeys);
    },
  };
}
