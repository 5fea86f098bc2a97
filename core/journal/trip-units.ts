/** In what a round trip is counted: money, R, percent of the account, pips. */
import type { JournalDeal } from './journal-deal.ts';
import { direction, isClosed, type ClosedTrip } from './excursion.ts';
import type { RoundTrip } from './round-trip.ts';
import { moneyPerPrice, planOf, riskWay, type PlannedTrip } from './trip-figures.ts';

export type TripUnit = 'money' | 'r' | 'percent' | 'pips';

/** A round trip with what is known and written of it, as a report counts it. */
export interface ReportedTrip extends PlannedTrip {
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

/** What percent are of. */
export interface PercentBase {
  /** Paid into the accounts before their first trades, added up. */
  readonly money: number;
  readonly accounts: number;
}

/**
 * Of the accounts that these were traded on, of one currency: each account stands in it with what
 * was paid into it, so that percent of several add up. Null where of none it is known.
 */
export function baseOf(
  trips: readonly Pick<RoundTrip, 'account'>[],
  startBalances: ReadonlyMap<string, number>,
): PercentBase | null {
  const accounts = [...new Set(trips.map(({ account }) => account))];
  const starts = accounts.flatMap((account) => startBalances.get(account) ?? []);
  if (starts.length === 0) return null;
  return { money: starts.reduce((sum, start) => sum + start, 0), accounts: starts.length };
}

export function valueIn(unit: TripUnit, base: PercentBase | null): TripValue {
  switch (unit) {
    case 'money':
      return ({ net }) => net;
    case 'r':
      return ({ r }) => r;
    case 'percent':
      return ({ net }) => (base === null ? null : (100 * net) / base.money);
    case 'pips':
      return pipsOf;
  }
}

/** What one unit of price is over all of a round trip, in a unit; null where it cannot be told. */
export type PriceWorth = (trip: ReportedTrip & ClosedTrip) => number | null;

export function worthIn(unit: TripUnit, base: PercentBase | null): PriceWorth {
  switch (unit) {
    case 'money':
      return moneyPerPrice;
    case 'r':
      return (trip) => inverse(riskWay(trip, planOf(trip)));
    case 'percent':
      return (trip) => {
        const worth = moneyPerPrice(trip);
        return worth === null || base === null ? null : (100 * worth) / base.money;
      };
    case 'pips':
      return ({ symbol }) => inverse(pipSize(symbol));
  }
}

const inverse = (size: number | null) => (size === null ? null : 1 / size);

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
