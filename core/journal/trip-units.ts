/** In what a round trip is counted: money, R, percent of the account, pips. */
import type { JournalDeal } from './journal-deal.ts';
import { direction, isClosed } from './excursion.ts';
import type { RoundTrip } from './round-trip.ts';

export type TripUnit = 'money' | 'r' | 'percent' | 'pips';

/** A round trip with what is known and written of it, as a report counts it. */
export interface ReportedTrip extends RoundTrip {
  readonly tags: readonly string[];
  readonly rating: number | null;
  /** Id of the playbook it was taken by. */
  readonly playbook: string | null;
  readonly mistakes: readonly string[];
  readonly currency: string | null;
  readonly r: number | null;
}

/** Null where it cannot be told: no stop, no deposit that is known, no pip of the symbol. */
export type TripValue = (trip: ReportedTrip) => number | null;

/** `startBalances`: what was paid into each account before its first trade, see `startBalancesOf`. */
export function valueIn(unit: TripUnit, startBalances: ReadonlyMap<string, number>): TripValue {
  switch (unit) {
    case 'money':
      return ({ net }) => net;
    case 'r':
      return ({ r }) => r;
    case 'percent':
      return ({ account, net }) => {
        const start = startBalances.get(account);
        return start === undefined ? null : (100 * net) / start;
      };
    case 'pips':
      return pipsOf;
  }
}

function pipsOf(trip: ReportedTrip): number | null {
  const pip = pipSize(trip.symbol);
  if (pip === null || !isClosed(trip)) return null;
  return ((trip.exitPrice - trip.entryPrice) * direction(trip)) / pip;
}

/** What pairs are made of, and those of them that are quoted with two or three digits. */
const currencies = new Set(
  (
    'AUD BRL CAD CHF CLP CNH CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KRW MXN NOK NZD PLN RON RUB ' +
    'SEK SGD THB TRY TWD USD ZAR'
  ).split(' '),
);
const coarse = new Set(['HUF', 'INR', 'JPY', 'KRW', 'THB']);

/**
 * In price, of pairs of currencies, whose pip every broker counts alike, whatever it adds to their
 * names (`EURUSD.r`, `eurusdm`); null of everything else.
 */
export function pipSize(symbol: string): number | null {
  const plain = symbol.slice(0, 6).toUpperCase();
  const [base, quote] = [plain.slice(0, 3), plain.slice(3)];
  if (!currencies.has(base) || !currencies.has(quote)) return null;
  return coarse.has(quote) ? 0.01 : 0.0001;
}

/** What was paid in before the first trade, by account; only where that is more than nothing. */
export function startBalancesOf(
  trips: readonly Pick<RoundTrip, 'account' | 'openedMs'>[],
  operations: readonly Pick<JournalDeal, 'account' | 'kind' | 'profit' | 'atMs'>[],
): ReadonlyMap<string, number> {
  const begun = new Map<string, number>();
  for (const { account, openedMs } of trips) {
    begun.set(account, Math.min(openedMs, begun.get(account) ?? Infinity));
  }
  const paid = new Map<string, number>();
  for (const { account, kind, profit, atMs } of operations) {
    if (kind !== 'balance' || atMs > (begun.get(account) ?? Infinity)) continue;
    paid.set(account, (paid.get(account) ?? 0) + profit);
  }
  return new Map([...paid].filter(([, money]) => money > 0));
}
