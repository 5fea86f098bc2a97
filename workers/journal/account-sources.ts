/** The deals of connected accounts as the journal's sources: each month is decoded once. */
import { joinedDeals, type Deals } from '#core/journal/journal-deal.ts';
import type { DealAccount } from '#workers/store/account-deals.ts';
import type { Database } from '#workers/store/database.ts';
import { readDeals } from '#workers/store/statement-content.ts';
import type { DealSource } from './trip-book.ts';

export interface AccountSources {
  read(): Promise<readonly DealSource[]>;
  /** By the names that deals have for the accounts. */
  names(): Readonly<Record<string, string>>;
}

interface Decoded {
  readonly written: number;
  readonly deals: Deals;
}

export function accountSources(database: Database): AccountSources {
  const { dealAccounts, dealMonths } = database;
  let decoded: ReadonlyMap<string, Decoded> = new Map();
  let names: Readonly<Record<string, string>> = {};

  async function read(): Promise<readonly DealSource[]> {
    const known = decoded;
    // Accounts and months of one instant: both are written together.
    const [accounts, unread] = await database.transaction(
      'r',
      dealAccounts,
      dealMonths,
      async () => {
        const rows = await dealAccounts.filter(({ isLeftOut }) => !isLeftOut).toArray();
        const wanted = rows.flatMap((row) =>
          monthsOf(row).filter(({ key, written }) => known.get(key)?.written !== written),
        );
        const months = await dealMonths.bulkGet(wanted.map(({ place }) => place));
        return [rows, wanted.map((each, at) => ({ ...each, bytes: months[at]?.bytes }))] as const;
      },
    );
    const next = new Map<string, Decoded>();
    for (const { key, written, bytes } of unread) {
      next.set(key, { written, deals: (bytes && readDeals(bytes)) ?? [] });
    }
    const sources = accounts.map((row): DealSource => {
      // The oldest first: deals that come in order are not sorted.
      const months = monthsOf(row).toSorted((a, b) => (a.key < b.key ? -1 : 1));
      const parts = months.flatMap(({ key }) => {
        const month = next.get(key) ?? known.get(key);
        if (month) next.set(key, month);
        return month ? [month.deals] : [];
      });
      const { accountId, account, currency } = row;
      const deals = joinedDeals(parts);
      return { id: `account ${accountId}`, account, currency: currency || null, deals };
    });
    decoded = next;
    names = Object.fromEntries(accounts.map(({ account, name }) => [account, name]));
    return sources;
  }
  return { read, names: () => names };
}

function monthsOf({ accountId, months }: DealAccount) {
  return Object.entries(months).map(([month, written]) => ({
    ...{ key: `${accountId} ${month}`, written },
    place: [accountId, month] as [string, string],
  }));
}
