/** Round trips as one: with all of their deals, sums of volume and money, prices that are means. */
import { byTime, eachOnce } from './deal-order.ts';
import type { EditedTrip } from './edited-trips.ts';
import { dealKey, type JournalDeal } from './journal-deal.ts';
import { tidy, units } from './decimal-sums.ts';
import type { RoundTrip } from './round-trip.ts';
import { legsApart, type TripLeg } from './trip-legs.ts';
import { portionsOf, sharesOf, type DealShare } from './trip-portions.ts';
import { told } from './trip-row.ts';

/** The deals of these keys, as often as each is told. */
export type DealsOf = (keys: readonly string[]) => readonly JournalDeal[];

export interface MergedTrip extends RoundTrip {
  /** What of each of its deals is its own. */
  readonly shares: readonly DealShare[];
  readonly legs: readonly TripLeg[] | null;
}

/** At least one, in order of opening, and such that they can be one: see `mergeFault`. */
export function mergeTrips(trips: readonly EditedTrip[], dealsOf: DealsOf): MergedTrip {
  const [first] = trips as readonly [EditedTrip, ...EditedTrip[]];
  const sum = (of: (trip: RoundTrip) => number) => trips.reduce((all, each) => all + of(each), 0);
  const opened = sum((each) => units(each.volumeLots));
  const open = sum((each) => units(each.openLots));
  const closed = opened - open;
  const paid = sum((each) => (each.entryPrice ?? 0) * units(each.volumeLots));
  const got = sum((each) => (each.exitPrice ?? 0) * units(each.volumeLots - each.openLots));
  const money = (of: (trip: RoundTrip) => number) => tidy(sum(of));
  const keys = new Set(trips.flatMap(({ deals }) => deals));
  const deals = eachOnce(dealsOf([...keys]))
    .sort(byTime)
    .map(dealKey);
  const lastMs = trips.reduce((last, { closedMs }) => Math.max(last, closedMs ?? 0), 0);
  return {
    ...told(first),
    closedMs: open > 0 ? null : lastMs,
    volumeLots: opened / units(1),
    openLots: open / units(1),
    entryPrice: paid / opened,
    exitPrice: closed === 0 ? null : got / closed,
    gross: money(({ gross }) => gross),
    commission: money(({ commission }) => commission),
    fee: money(({ fee }) => fee),
    swap: money(({ swap }) => swap),
    net: money(({ net }) => net),
    sl: trips.find(({ sl }) => sl !== null)?.sl ?? null,
    tp: trips.find(({ tp }) => tp !== null)?.tp ?? null,
    deals,
    shares: sharesTogether(trips, { deals, dealsOf }),
    legs: legsApart(trips),
  };
}

/** Of a deal that several have a part of what they have together. */
function sharesTogether(
  trips: readonly EditedTrip[],
  { deals, dealsOf }: { readonly deals: readonly string[]; readonly dealsOf: DealsOf },
): readonly DealShare[] {
  const known = new Map<string, DealShare>();
  const partsOf = (trip: EditedTrip) =>
    trip.edited?.shares ?? sharesOf(portionsOf(trip, dealsOf(trip.deals)) ?? []);
  for (const { key, volumeLots, profit } of trips.flatMap(partsOf)) {
    const before = known.get(key) ?? { volumeLots: 0, profit: 0 };
    known.set(key, {
      key,
      volumeLots: (units(before.volumeLots) + units(volumeLots)) / units(1),
      profit: tidy(before.profit + profit),
    });
  }
  return deals.flatMap((key) => known.get(key) ?? []);
}
