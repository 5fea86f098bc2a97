/** Holds every audit trail against its head and against what was anchored outside the database. */
import { asc } from 'drizzle-orm';
import type { Queries } from '../database/queries.ts';
import { auditEntries, auditHeads } from '../schema/audit.ts';
import { users } from '../schema/users.ts';
import { readAnchors } from './anchor.ts';
import { verifyChain } from './chain-verification.ts';

export interface BrokenChain {
  readonly userId: string;
  readonly brokenAtSeq: number;
}

export interface AuditVerdict {
  readonly accounts: number;
  readonly entries: number;
  readonly anchors: number;
  readonly broken: readonly BrokenChain[];
  /** Why the anchors cannot be believed; null when they can. */
  readonly anchorProblem: string | null;
}

/** Looks at one account, or at all that the tables or the anchors name. */
export async function verifyAll(options: {
  readonly database: Queries;
  readonly dataFolder: string;
  readonly userId: string | null;
}): Promise<AuditVerdict> {
  const { database, dataFolder, userId } = options;
  const anchors = await readAnchors(dataFolder);
  const anchored = anchors.ok ? anchors.value.byUser : new Map<string, never>();
  const ids = userId === null ? await knownAccounts(database, anchored.keys()) : [userId];
  const broken: BrokenChain[] = [];
  let entries = 0;
  for (const id of ids) {
    const verdict = await verifyChain(database, id, anchored.get(id) ?? []);
    entries += verdict.entries;
    if (verdict.brokenAtSeq !== null) broken.push({ userId: id, brokenAtSeq: verdict.brokenAtSeq });
  }
  return {
    accounts: ids.length,
    entries,
    anchors: anchors.ok ? anchors.value.count : 0,
    broken,
    anchorProblem: anchors.ok ? null : anchors.error,
  };
}

async function knownAccounts(database: Queries, anchored: Iterable<string>) {
  const tables = [users, auditHeads, auditEntries] as const;
  const ids = new Set(anchored);
  for (const table of tables) {
    const rows = await database
      .selectDistinct({ userId: table.userId })
      .from(table)
      .orderBy(asc(table.userId));
    for (const row of rows) ids.add(row.userId);
  }
  return [...ids].sort();
}
