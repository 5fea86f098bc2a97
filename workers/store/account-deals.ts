/**
 * Deals of connected accounts on this device, a chunk a month of the broker's clock, and how far
 * they are here. What the server has no more stays.
 */
import { dealsOfAccount, type AccountDeal, type DealPlace } from '#core/journal/account-deals.ts';
import type { JournalDeal } from '#core/journal/journal-deal.ts';
import type { Zone } from '#core/market/zone.ts';
import type { Database } from './database.ts';
import { ownerOf } from './owner.ts';
import { readDeals, writeDeals } from './statement-content.ts';

/** A connected account whose deals are here. */
export interface DealAccount {
  /** Of the server. */
  readonly accountId: string;
  /** As its deals name it. */
  readonly account: string;
  /** What the trader calls it. */
  readonly name: string;
  readonly currency: string;
  /** No longer connected. */
  readonly isRemoved: boolean;
  /** The journal does without its deals. */
  readonly isLeftOut: boolean;
  /** Of the broker's server: the one that its deals were read with. */
  readonly zone: string;
  readonly progress: DealProgress;
  readonly deals: number;
  /** How often each month was written. */
  readonly months: Readonly<Record<string, number>>;
}

/** Where asking for more begins. */
export interface DealProgress {
  /** All up to this time of the broker's server were told, but for those that come late. */
  readonly reachedMs: number;
  /** Where it was cut off. */
  readonly resume: DealPlace | null;
}

export interface DealMonth {
  readonly accountId: string;
  /** `2026-11`. */
  readonly month: string;
  readonly deals: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface TakenDeals {
  /** Whose database it has to be. */
  readonly owner: string;
  readonly head: Pick<DealAccount, 'accountId' | 'account' | 'name' | 'currency' | 'isRemoved'>;
  readonly zone: Zone;
  readonly deals: readonly AccountDeal[];
  readonly progress: DealProgress;
}

/** All of it or nothing. False where the database is another's by now. */
export function keepDeals(database: Database, taken: TakenDeals): Promise<boolean> {
  const { dealAccounts, dealMonths, replicaMeta } = database;
  return database.transaction('rw', dealAccounts, dealMonths, replicaMeta, async () => {
    if ((await ownerOf(database)) !== taken.owner) return false;
    const { head, zone, progress } = taken;
    const before = await dealAccounts.get(head.accountId);
    const months = { ...before?.months };
    let deals = before?.deals ?? 0;
    for (const [month, told] of byMonth(taken)) {
      const added = await keepMonth(database, { accountId: head.accountId, month }, told);
      if (added === null) continue;
      deals += added;
      months[month] = (months[month] ?? 0) + 1;
    }
    const isLeftOut = before?.isLeftOut ?? false;
    const row: DealAccount = { ...head, isLeftOut, zone: zone.id, progress, deals, months };
    // Who follows it would look at everything again.
    if (deals > 0 && JSON.stringify(row) !== JSON.stringify(before)) await dealAccounts.put(row);
    return true;
  });
}

/** Of accounts that the server does not tell of any more the deals stay. */
export function keepRemoved(
  database: Database,
  { owner, there }: { readonly owner: string; readonly there: ReadonlySet<string> },
): Promise<void> {
  const { dealAccounts, replicaMeta } = database;
  return database.transaction('rw', dealAccounts, replicaMeta, async () => {
    if ((await ownerOf(database)) !== owner) return;
    const gone = await dealAccounts
      .filter(({ accountId, isRemoved }) => !isRemoved && !there.has(accountId))
      .toArray();
    await dealAccounts.bulkPut(gone.map((row) => ({ ...row, isRemoved: true })));
  });
}

/** Whether the journal does without the deals of an account; they stay here. */
export async function leaveOut(
  { dealAccounts }: Database,
  accountId: string,
  isLeftOut: boolean,
): Promise<void> {
  await dealAccounts.update(accountId, { isLeftOut });
}

function byMonth({ head, zone, deals }: TakenDeals): ReadonlyMap<string, JournalDeal[]> {
  const months = new Map<string, JournalDeal[]>();
  const read = dealsOfAccount(deals, { account: head.account, zone });
  for (const [at, deal] of read.entries()) {
    // By the raw time: read with another zone, a deal stays in its month.
    const month = new Date(deals[at]!.serverMs).toISOString().slice(0, 7);
    const there = months.get(month);
    if (there) there.push(deal);
    else months.set(month, [deal]);
  }
  return months;
}

/** How many are new; null where it has all of them as they are. */
async function keepMonth(
  { dealMonths }: Database,
  { accountId, month }: Pick<DealMonth, 'accountId' | 'month'>,
  told: readonly JournalDeal[],
): Promise<number | null> {
  const row = await dealMonths.get([accountId, month]);
  const kept = new Map<string, JournalDeal>();
  for (const deal of (row && readDeals(row.bytes)) ?? []) kept.set(deal.deal, deal);
  const before = kept.size;
  let isOther = false;
  for (const deal of told) {
    const known = kept.get(deal.deal);
    if (known && isSame(known, deal)) continue;
    isOther = true;
    kept.set(deal.deal, deal);
  }
  if (!isOther) return null;
  const bytes = writeDeals([...kept.values()]);
  await dealMonths.put({ accountId, month, deals: kept.size, bytes });
  return kept.size - before;
}

const isSame = (one: JournalDeal, other: JournalDeal): boolean =>
  Object.entries(one).every(([name, value]) => other[name as keyof JournalDeal] === value);
