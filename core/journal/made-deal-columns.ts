/** For tests: deals as statements kept them in version 1. */
import { levelFields, numberFields, textFields, type DealColumns } from './deal-columns.ts';
import type { JournalDeal } from './journal-deal.ts';

export function columnsOf(deals: readonly JournalDeal[]): DealColumns {
  const places = new Map<string, number>();
  const placeOf = (value: string): number => {
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, places.size);
    return places.size - 1;
  };
  const columns = Object.fromEntries([
    ...textFields.map((field) => [field, deals.map((deal) => placeOf(deal[field]))]),
    ['entry', deals.map(({ entry }) => (entry === null ? null : placeOf(entry)))],
    ...[...numberFields, ...levelFields].map((field) => [field, deals.map((deal) => deal[field])]),
  ]) as DealColumns['columns'];
  return { version: 1, texts: [...places.keys()], columns };
}
