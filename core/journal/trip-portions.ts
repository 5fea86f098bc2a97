/** What of each of its deals belongs to a round trip, as volumes on two lines: opened and closed. */
import { byTime, eachOnce } from './deal-order.ts';
import { dealKey, type JournalDeal } from './journal-deal.ts';
import { share, units } from './decimal-sums.ts';
import type { RoundTrip } from './round-trip.ts';

export interface Portion {
  readonly key: string;
  /** What belongs to the round trip: of a deal that turned a position, its part. */
  readonly deal: JournalDeal;
  readonly isOpening: boolean;
  /** Where it lies on its line, in units. */
  readonly from: number;
  readonly until: number;
}

/** What of a deal belongs to a round trip. */
export interface DealShare {
  readonly key: string;
  readonly volumeLots: number;
  /** Money before costs. */
  readonly profit: number;
}

/** All that the portions have. */
export function sharesOf(portions: readonly Portion[]): readonly DealShare[] {
  return portions.map(({ key, deal: { volumeLots, profit } }) => ({ key, volumeLots, profit }));
}

/**
 * In order of time, from the deals of the round trip, told once or more often; null where they are
 * not those that it was made of.
 */
export function portionsOf(
  trip: RoundTrip,
  told: Iterable<JournalDeal>,
): readonly Portion[] | null {
  const deals = eachOnce(told).sort(byTime);
  const opens = (deal: JournalDeal) =>
    deal.kind === trip.side && deal.entry !== 'out' && deal.entry !== 'out-by';
  const total = (each: readonly JournalDeal[]) =>
    each.reduce((sum, { volumeLots }) => sum + units(volumeLots), 0);
  // The deal that turned a position before it gave it its rest; one that turns it gives a part.
  const before = total(deals.filter(opens)) - units(trip.volumeLots);
  const closed = units(trip.volumeLots) - units(trip.openLots);
  const after = total(deals.filter((deal) => !opens(deal))) - closed;
  if (!trip.isWhole || deals.length !== trip.deals.length || before < 0 || after < 0) return null;
  const line = { in: 0, out: 0 };
  return deals.map((deal, at) => {
    const isOpening = opens(deal);
    const own = isOpening
      ? at === 0 && before > 0
        ? rest(deal, before)
        : deal
      : at === deals.length - 1 && after > 0
        ? withoutRest(deal, after)
        : deal;
    const side = isOpening ? 'in' : 'out';
    const from = line[side];
    line[side] += units(own.volumeLots);
    return { key: dealKey(deal), deal: own, isOpening, from, until: line[side] };
  });
}

function rest(deal: JournalDeal, closing: number): JournalDeal {
  const whole = units(deal.volumeLots);
  return share(deal, whole - closing, whole);
}

function withoutRest(deal: JournalDeal, opening: number): JournalDeal {
  const whole = units(deal.volumeLots);
  const { commission, fee, volumeLots } = share(deal, opening, whole);
  return {
    ...deal,
    volumeLots: (whole - units(volumeLots)) / units(1),
    commission: deal.commission - commission,
    fee: deal.fee - fee,
  };
}

/** How much was opened, or closed, before a deal: there the round trip can be split, unless null. */
export function cutAt(portions: readonly Portion[], key: string): number | null {
  const portion = portions.find((each) => each.key === key);
  return portion && portion.from > 0 ? portion.from : null;
}
