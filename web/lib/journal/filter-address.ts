/** The filter of the journal as it stands in addresses: `/journal/?trip=…&symbol=EURUSD&r=1..`. */
import { moreFilterNames } from '#core/journal/more-filters.ts';

/** Names of all controls, as saved views and addresses keep them. */
export const fieldNames: readonly string[] = [
  ...['account', 'symbol', 'side', 'outcome', 'tag', 'playbook', 'mistake', 'from', 'until'],
  ...['text', ...moreFilterNames],
];
/** The id of a saved view. */
export const viewName = 'view';
const names = [viewName, ...fieldNames];

/** What an address says of the filter. */
export function fieldsIn(address: URLSearchParams): Readonly<Record<string, string>> {
  return Object.fromEntries([...address].filter(([name]) => names.includes(name)));
}

/** For an address, in one order, without what is empty. */
export function filterQuery(fields: Readonly<Record<string, string | undefined>>): string {
  const kept = new URLSearchParams();
  for (const name of names) {
    const value = fields[name] ?? '';
    if (value.trim() !== '') kept.set(name, value);
  }
  return kept.toString();
}

/** An address with another filter; what else it says stays. */
export function withFilter({ pathname, searchParams }: URL, filter: string): string {
  const others = [...searchParams].filter(([name]) => !names.includes(name));
  return joined(pathname, [new URLSearchParams(others).toString(), filter]);
}

/** The list of this filter, and the round trip of this id in it. */
export function tripAddress(filter: string, trip: string | null): string {
  return joined('/journal/', [trip === null ? '' : `trip=${encodeURIComponent(trip)}`, filter]);
}

function joined(path: string, queries: readonly string[]): string {
  const query = queries.filter((part) => part !== '').join('&');
  return query === '' ? path : `${path}?${query}`;
}
