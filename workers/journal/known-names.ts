/**
 * Deals of a list under the names that the journal has them by.
 *
 * Earlier versions named a trade by its ticket alone, and others of that ticket by their order in
 * the file: `7003`, `7003/2`. Such names are kept, since marks and edits hang on them; a row that
 * is equal to a trade stored so in all that it says goes on under its name, and counts once.
 */
import { dealKey, type JournalDeal } from '#core/journal/journal-deal.ts';
import { earlierName } from './statements/trade-names.ts';
import type { TripBook } from './trip-book.ts';

const outEnd = ':out';
/** Further apart no choice of a zone puts one time. */
const mostZoneMs = 26 * 3_600_000;

export function underKnownNames(
  deals: readonly JournalDeal[],
  book: Pick<TripBook, 'deals'>,
): readonly JournalDeal[] {
  const outs = deals.filter(({ deal }) => deal.endsWith(outEnd) && earlierName(deal) !== null);
  if (outs.length === 0) return deals;
  const earlier = earlierDeals(outs, book);
  if (earlier.size === 0) return deals;
  const renamed = new Map<string, JournalDeal>();
  const taken = new Set<string>();
  // Of several that are equal but for their times, the one of the same time first.
  for (const mostMs of [0, mostZoneMs]) {
    for (const out of outs) {
      if (renamed.has(stem(out))) continue;
      const found = earlier
        .get(nameBefore(out))
        ?.find((each) => !taken.has(each.deal) && isSame(each, out, mostMs));
      if (!found) continue;
      taken.add(found.deal);
      renamed.set(stem(out), found);
    }
  }
  return deals.map((deal) => {
    const known = renamed.get(stem(deal));
    if (!known) return deal;
    const end = deal.deal.slice(deal.deal.lastIndexOf(':'));
    const { order, position } = known;
    return { ...deal, deal: `${stem(known)}${end}`, order, position };
  });
}

const stem = ({ deal }: JournalDeal): string => deal.slice(0, deal.lastIndexOf(':'));
const nameBefore = ({ deal }: JournalDeal): string => earlierName(deal) ?? '';

/** By their first names: each number is looked for where the one before it was found. */
function earlierDeals(
  outs: readonly JournalDeal[],
  book: Pick<TripBook, 'deals'>,
): ReadonlyMap<string, readonly JournalDeal[]> {
  const found = new Map<string, JournalDeal[]>();
  const account = outs[0]?.account ?? '';
  let wanted = new Set(outs.map(nameBefore));
  for (let number = 1; wanted.size > 0; number++) {
    const firstOf = new Map<string, string>();
    for (const first of wanted) {
      const deal = `${number === 1 ? first : `${first}/${number}`}${outEnd}`;
      firstOf.set(dealKey({ account, deal }), first);
    }
    wanted = new Set();
    for (const deal of book.deals(new Set(firstOf.keys()))) {
      const first = firstOf.get(dealKey(deal));
      if (first === undefined) continue;
      const all = found.get(first);
      if (all) all.push(deal);
      else found.set(first, [deal]);
      wanted.add(first);
    }
  }
  return found;
}

function isSame(a: JournalDeal, b: JournalDeal, mostMs: number): boolean {
  return (
    a.symbol === b.symbol &&
    a.kind === b.kind &&
    a.volumeLots === b.volumeLots &&
    a.price === b.price &&
    a.profit === b.profit &&
    a.commission === b.commission &&
    a.fee === b.fee &&
    a.swap === b.swap &&
    Math.abs(a.atMs - b.atMs) <= mostMs
  );
}
