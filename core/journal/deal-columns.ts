/**
 * Deals as columns, as statements keep them: `{ version: 1, texts, columns }`, where what is a text
 * stands in its column as its place in `texts`.
 */
import type { DealEntry } from '../broker/book.ts';
import {
  finite,
  list,
  object,
  oneOf,
  orNull,
  readShape,
  text,
  whole,
  type Shape,
} from '../collections/shape.ts';
import type { JournalDeal } from './journal-deal.ts';

const mostDeals = 2_000_000;

const textFields = ['account', 'deal', 'order', 'position', 'symbol', 'kind', 'comment'] as const;
const numberFields = [
  ...(['volumeLots', 'price', 'commission', 'fee', 'swap', 'profit', 'atMs'] as const),
];
const levelFields = ['sl', 'tp'] as const;

type Numbers = readonly number[];
type Levels = readonly (number | null)[];

export interface DealColumns {
  readonly version: 1;
  readonly texts: readonly string[];
  readonly columns: Readonly<Record<(typeof textFields)[number], Numbers>> &
    Readonly<Record<(typeof numberFields)[number], Numbers>> &
    Readonly<Record<(typeof levelFields)[number] | 'entry', Levels>>;
}

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

const mostCharacters = 10_000;
const textShape = text(mostCharacters);

/** As `list`, which says where the fault is: a column without one is passed in a glance. */
function column<T>(isRight: (value: unknown) => value is T, shape: Shape<T>, most = mostDeals) {
  const each = list(shape, most);
  const glance: Shape<readonly T[]> = (value, path) =>
    Array.isArray(value) && value.length <= most && value.every(isRight)
      ? value
      : each(value, path);
  return glance;
}
const isFinite = (value: unknown): value is number => Number.isFinite(value);
const isWhole = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
const isLevel = (value: unknown): value is number | null => value === null || isFinite(value);
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= mostCharacters;

const numbers = column(isFinite, finite);
const places = column(isWhole, whole);
const levels = column(isLevel, orNull(finite));
const sameShape = <Key extends string, T>(keys: readonly Key[], shape: Shape<T>) =>
  Object.fromEntries(keys.map((key) => [key, shape])) as Record<Key, Shape<T>>;

const shape = object<Omit<DealColumns, 'version'>>({
  texts: column(isText, textShape, 7 * mostDeals),
  columns: object<DealColumns['columns']>({
    ...sameShape(textFields, places),
    ...sameShape(numberFields, numbers),
    ...sameShape([...levelFields, 'entry'], levels),
  }),
});
const kindShape = oneOf(['buy', 'sell', 'balance', 'credit', 'charge', 'other']);
const entryShape: Shape<DealEntry | null> = orNull(oneOf(['in', 'out', 'inout', 'out-by']));

/** What `columnsOf` was given; null for what is no such columns, or of a later version. */
export function dealsIn(value: unknown): readonly JournalDeal[] | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('version' in value) || value.version !== 1) return null;
  const read = readShape(value, 'deals', deals);
  return 'fault' in read ? null : read.value;
}

const deals: Shape<readonly JournalDeal[]> = (value, path) => {
  const { texts, columns } = shape(value, path);
  const count = columns.deal.length;
  for (const [name, column] of Object.entries(columns)) {
    const length = column.length === count ? 'that of the others' : 'another';
    oneOf(['that of the others'])(length, `the length of ${name}`);
  }
  // A place that is not there is refused by the check of a text.
  const textAt = (place: number | null | undefined): string =>
    textShape(texts[place ?? -1], 'a place of a text');
  return columns.deal.map((_, i): JournalDeal => {
    const entry = columns.entry[i] ?? null;
    return {
      account: textAt(columns.account[i]),
      deal: textAt(columns.deal[i]),
      order: textAt(columns.order[i]),
      position: textAt(columns.position[i]),
      symbol: textAt(columns.symbol[i]),
      kind: kindShape(textAt(columns.kind[i]), 'kind'),
      entry: entryShape(entry === null ? null : textAt(entry), 'entry'),
      volumeLots: columns.volumeLots[i]!,
      price: columns.price[i]!,
      commission: columns.commission[i]!,
      fee: columns.fee[i]!,
      swap: columns.swap[i]!,
      profit: columns.profit[i]!,
      comment: textAt(columns.comment[i]),
      atMs: columns.atMs[i]!,
      sl: columns.sl[i]!,
      tp: columns.tp[i]!,
    };
  });
};
