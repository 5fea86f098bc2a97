/** The money a round trip is counted in: that of its account, or of its deals where one has several. */
import { dealKey } from '#core/journal/journal-deal.ts';
import type { RoundTrip } from '#core/journal/round-trip.ts';
import type { DealSource } from './trip-book.ts';

/** Null where no source tells it. */
export type CurrencyTeller = (trip: Pick<RoundTrip, 'account' | 'deals'>) => string | null;

/** Only an account that is told in several is looked at deal by deal. */
export function currencyTeller(sources: readonly DealSource[]): CurrencyTeller {
  const ofAccount = new Map<string, Set<string>>();
  for (const { account, currency } of sources) {
    if (currency === null) continue;
    ofAccount.set(account, (ofAccount.get(account) ?? new Set()).add(currency));
  }
  const isMixed = (account: string) => (ofAccount.get(account)?.size ?? 0) > 1;
  const ofDeal = new Map<string, string>();
  for (const { account, currency, deals } of sources) {
    if (currency === null || !isMixed(account)) continue;
    for (const deal of deals) ofDeal.set(dealKey(deal), currency);
  }
  const only = new Map<string, string>();
  for (const [account, [first, second]] of ofAccount) {
    if (first !== undefined && second === undefined) only.set(account, first);
  }
  return (trip) => {
    const one = only.get(trip.account) ?? null;
    if (one !== null || ofDeal.size === 0) return one;
    const told = trip.deals.find((key) => ofDeal.has(key));
    return told === undefined ? null : ofDeal.get(told)!;
  };
}
