/** Walks an account's audit trail from its first entry and finds where it stops holding. */
import { asc, gt } from 'drizzle-orm';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { auditEntries, auditHeads } from '../schema/audit.ts';
import { entryHash, firstHash } from './chain.ts';

export interface ChainVerdict {
  /** How many entries hold. */
  readonly entries: number;
  /** The first that is missing, changed or out of its order; null when all is well. */
  readonly brokenAtSeq: number | null;
}

/** What an entry's hash was when somebody wrote it down outside the database. */
export interface AnchoredEntry {
  readonly seq: number;
  readonly hash: string;
}

const pageRows = 500;

/**
 * Whether every entry follows from the one before, up to the head, and is as it was anchored.
 *
 * May run while entries are added: an entry and its head appear in one moment, so a head that
 * is read after the entries is never behind them.
 */
export async function verifyChain(
  database: Queries,
  userId: string,
  anchored: readonly AnchoredEntry[] = [],
): Promise<ChainVerdict> {
  const rows = ownRows(database, userId);
  const isAnchored = anchorCheck(anchored);
  const anchoredSeq = anchored.reduce((most, { seq }) => Math.max(most, seq), 0);
  let last = { seq: 0, hash: firstHash };
  let readSeq = Number.MIN_SAFE_INTEGER;
  let awaitedSeq = 0;
  for (;;) {
    const page = await rows.read(auditEntries, {
      where: gt(auditEntries.seq, readSeq),
      orderBy: [asc(auditEntries.seq)],
      limit: pageRows,
    });
    for (const entry of page) {
      const follows = entry.seq === last.seq + 1 && entry.previousHash === last.hash;
      if (!follows || entry.hash !== entryHash(entry) || !isAnchored(entry)) {
        return brokenAfter(last.seq);
      }
      last = entry;
      readSeq = entry.seq;
    }
    if (page.length > 0) continue;
    if (awaitedSeq > last.seq) return brokenAfter(last.seq);
    const head = await rows.one(auditHeads);
    if (!head) return brokenAfter(last.seq);
    if (head.seq < last.seq) return brokenAfter(head.seq);
    // Entries that were added since the page was read; or else they are missing.
    awaitedSeq = head.seq;
    if (awaitedSeq > last.seq) continue;
    if (head.hash !== last.hash) return brokenAfter(last.seq - 1);
    return anchoredSeq > last.seq
      ? brokenAfter(last.seq)
      : { entries: last.seq, brokenAtSeq: null };
  }
}

function brokenAfter(seq: number): ChainVerdict {
  const entries = Math.max(seq, 0);
  return { entries, brokenAtSeq: entries + 1 };
}

function anchorCheck(anchored: readonly AnchoredEntry[]): (entry: AnchoredEntry) => boolean {
  const hashes = new Map<number, Set<string>>();
  for (const { seq, hash } of anchored) {
    hashes.set(seq, (hashes.get(seq) ?? new Set()).add(hash));
  }
  return ({ seq, hash }) => {
    const known = hashes.get(seq);
    return known === undefined || (known.size === 1 && known.has(hash));
  };
}
