/**
 * Deals as statements kept them before there were tables of them: JSON of
 * `{ version: 1, texts, columns }`, where what is a text stands in its column as its place in `texts`.
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

export const mostDeals = 2_000_000;

export const textFields = [
  'account',
  'deal',
  'order',
  'position',
  'symbol',
  'kind',
  'comment',
] as const;
export const numberFields = [
  ...(['volumeLots', 'price', 'commission', 'fee', 'swap', 'profit', 'atMs'] as const),
];
export const levelFields = ['sl', 'tp'] as const;

type Numbers = readonly number[];
type Levels = readonly (number | null)[];

export interface DealColumns {
  readonly version: 1;
  readonly texts: readonly string[];
  readonly columns: Readonly<Record<(typeof textFields)[number], Numbers>> &
    Readonly<Record<(typeof numberFields)[number], Numbers>> &
    Readonly<Record<(typeof levelFields)[number] | 'entry', Levels>>;
}

export const mostCharacters = 10_000;
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
const entryShape: Shape<DealEntry> = oneOf(['in', 'out', 'inout', 'out-by']);

/** The deals that are told; null for what is no such columns, or of a later version. */
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
  // Checked already; one that is not there is refused.
  const textAt = (place: number): string =>
    texts[place] ?? textShape(undefined, 'a place of a text');
  const kindAt = atPlaces(texts, kindShape);
  const entryAt = atPlaces(texts, entryShape);
  // Named once: a field that is looked up for each deal of many takes most of the time.
  const { account, deal, order, position, symbol, kind, entry, comment, ...figures } = columns;
  const { volumeLots, price, commission, fee, swap, profit, atMs, sl, tp } = figures;
  return deal.map((own, i): JournalDeal => {
    const entryPlace = entry[i] ?? null;
    return {
      account: textAt(account[i]!),
      deal: textAt(own),
      order: textAt(order[i]!),
      position: textAt(position[i]!),
      symbol: textAt(symbol[i]!),
      kind: kindAt(kind[i]!),
      entry: entryPlace === null ? null : entryAt(entryPlace),
      volumeLots: volumeLots[i]!,
      price: price[i]!,
      commission: commission[i]!,
      fee: fee[i]!,
      swap: swap[i]!,
      profit: profit[i]!,
      comment: textAt(comment[i]!),
      atMs: atMs[i]!,
      sl: sl[i]!,
      tp: tp[i]!,
    };
  });
};

/** Each text is checked once, when it is first asked for. */
function atPlaces<T>(texts: readonly string[], shape: Shape<T>): (place: number) => T {
  const known = new Map<number, T>();
  return (place) => {
    const found = known.get(place);
    if (found !== undefined) return found;
    const checked = shape(texts[place], 'a place of a text');
    known.set(place, checked);
    return checked;
  };
}
