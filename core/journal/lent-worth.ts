/**
 * What a price is worth in a round trip that cannot tell it, having ended where it began.
 *
 * Left out, scratches would be missing from every mean in R, and make it look better than it is:
 * they bring their costs and nothing else.
 */
import { isClosed } from './excursion.ts';
import type { RoundTrip } from './round-trip.ts';
import { ownWorth } from './trip-figures.ts';

export interface WorthTrip extends RoundTrip {
  readonly currency: string | null;
}

export interface WorthAsk {
  readonly account: string;
  readonly symbol: string;
  readonly currency: string | null;
  readonly atMs: number;
}

/** Money per unit of price and lot at that time; null where no round trip tells it. */
export type WorthTeller = (ask: WorthAsk) => number | null;

interface Lender {
  readonly atMs: number;
  readonly perLot: number;
}

/** So many that were closed next to it: the worth drifts with exchange rates, and one may be wrong. */
const asked = 5;

/** By those of the same account, symbol and currency: looked for when the first of them asks. */
export function worthTeller(trips: readonly WorthTrip[]): WorthTeller {
  const known = new Map<string, readonly Lender[]>();
  let ofSymbol: ReadonlyMap<string, readonly WorthTrip[]> | null = null;
  const lenders = (ask: WorthAsk): readonly Lender[] => {
    const key = keyOf(ask);
    const there = known.get(key);
    if (there) return there;
    ofSymbol ??= bySymbol(trips);
    const found = lendersOf(ofSymbol.get(ask.symbol) ?? [], ask);
    known.set(key, found);
    return found;
  };
  return (ask) => {
    const near = nearest(lenders(ask), ask.atMs);
    return near.map(({ perLot }) => perLot).sort((a, b) => a - b)[near.length >> 1] ?? null;
  };
}

/** Money per unit of price over the whole of one. */
export function lentWorth(trip: WorthTrip, perLotAt: WorthTeller): number | null {
  const { account, symbol, currency, openedMs, closedMs, volumeLots } = trip;
  const perLot = perLotAt({ account, symbol, currency, atMs: closedMs ?? openedMs });
  return perLot === null ? null : perLot * volumeLots;
}

/** True of one that ended where it began: whose result contradicts its prices is no scratch. */
export const needsWorth = (trip: RoundTrip): boolean =>
  isClosed(trip) && (trip.gross === 0 || trip.exitPrice === trip.entryPrice);

const keyOf = ({ account, symbol, currency }: Omit<WorthAsk, 'atMs'>): string =>
  `${account}\n${symbol}\n${currency ?? ''}`;

function bySymbol(trips: readonly WorthTrip[]): ReadonlyMap<string, readonly WorthTrip[]> {
  const found = new Map<string, WorthTrip[]>();
  for (const trip of trips) {
    const others = found.get(trip.symbol);
    if (others) others.push(trip);
    else found.set(trip.symbol, [trip]);
  }
  return found;
}

function lendersOf(
  trips: readonly WorthTrip[],
  { account, currency }: Pick<WorthAsk, 'account' | 'currency'>,
): readonly Lender[] {
  const found: Lender[] = [];
  for (const trip of trips) {
    if (trip.account !== account || trip.currency !== currency) continue;
    if (!trip.isWhole || !isClosed(trip)) continue;
    const worth = ownWorth(trip);
    if (worth !== null) found.push({ atMs: trip.closedMs, perLot: worth / trip.volumeLots });
  }
  return found.sort((a, b) => a.atMs - b.atMs);
}

/** The ones next to `ms`, of those in order of time. */
function nearest(lenders: readonly Lender[], ms: number): readonly Lender[] {
  let [low, high] = [0, lenders.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lenders[middle]!.atMs < ms) low = middle + 1;
    else high = middle;
  }
  let [from, to] = [low, low];
  while (to - from < asked && (from > 0 || to < lenders.length)) {
    const before = from > 0 ? ms - lenders[from - 1]!.atMs : Infinity;
    const after = to < lenders.length ? lenders[to]!.atMs - ms : Infinity;
    if (before <= after) from--;
    else to++;
  }
  return lenders.slice(from, to);
}
