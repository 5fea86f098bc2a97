/**
 * Deals as a table of packed columns, in a tenth of the room that as many objects take. A deal is
 * made of its row when it is asked for; what only passes through them is shown one object.
 */
import type { DealEntry, DealKind } from '../broker/book.ts';
import { finite, oneOf, readShape, text, type Shape } from '../collections/shape.ts';
import { mostCharacters } from './deal-columns.ts';
import type { Deals, JournalDeal, TakeDeal } from './journal-deal.ts';
import {
  missingIn,
  packNumbers,
  rangeOf,
  unpackNumbers,
  type NumberColumn,
} from './number-column.ts';

const textFields = [
  ...(['account', 'deal', 'order', 'position', 'symbol', 'kind', 'entry', 'comment'] as const),
];
const figureFields = [
  ...(['volumeLots', 'price', 'commission', 'fee', 'swap', 'profit', 'atMs', 'sl', 'tp'] as const),
];
/** In the order in which they are stored. */
export const dealFields = [...textFields, ...figureFields];
export type DealField = (typeof dealFields)[number];
const mayMiss: ReadonlySet<DealField> = new Set(['entry', 'sl', 'tp']);

/** A text is told by its place in `texts`, or by the number that it writes where all of a column do. */
export interface TableColumn extends NumberColumn {
  readonly as: 'place' | 'number';
}
type TableColumns = Readonly<Record<DealField, TableColumn>>;

export interface DealTable {
  readonly count: number;
  readonly texts: readonly string[];
  readonly columns: TableColumns;
}

export function tableOf(deals: readonly JournalDeal[]): DealTable {
  const places = new Map<string, number>();
  const placeOf = (value: string): number => {
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, places.size);
    return places.size - 1;
  };
  const textColumn = (values: readonly (string | null)[]): TableColumn => {
    const numbers = ticketsIn(values);
    if (numbers) return { as: 'number', ...packNumbers(numbers) };
    const known = values.map((each) => (each === null ? null : placeOf(each)));
    return { as: 'place', ...packNumbers(known) };
  };
  const columns = Object.fromEntries<TableColumn>([
    ...textFields.map((field) => [field, textColumn(deals.map((deal) => deal[field]))] as const),
    ...figureFields.map((field) => {
      const packed = packNumbers(deals.map((deal) => deal[field]));
      return [field, { as: 'number', ...packed }] as const;
    }),
  ]) as TableColumns;
  return { count: deals.length, texts: [...places.keys()], columns };
}

/** An empty text as null; null where one of them is not just what a number is written as. */
function ticketsIn(values: readonly (string | null)[]): readonly (number | null)[] | null {
  const numbers: (number | null)[] = [];
  for (const value of values) {
    const number = value === '' ? null : Number(value);
    const isTicket = number === null || (Number.isSafeInteger(number) && number >= 0);
    if (!isTicket || (number !== null && String(number) !== value)) return null;
    numbers.push(number);
  }
  return numbers;
}

/** The deals that the table was made of; null where it does not hold together. */
export function dealsOfTable(table: DealTable): Deals | null {
  const read = readShape(table, 'deals', () => rowsOf(table));
  return 'fault' in read ? null : read.value;
}

function rowsOf(table: DealTable): Deals {
  for (const field of dealFields) check(table, field);
  for (const each of table.texts) text(mostCharacters)(each, 'a text');
  const chosen = { kind: chosenOf(table, 'kind', kinds), entry: chosenOf(table, 'entry', entries) };
  const length = table.count;
  return {
    length,
    pass(take: TakeDeal) {
      const block = new DealBlock(table, chosen);
      const deal = blankDeal();
      for (let from = 0; from < length; from += blockRows) {
        const rows = block.unpack(from);
        for (let row = 0; row < rows; row++) if (!take(block.write(row, deal))) return false;
      }
      return true;
    },
    *[Symbol.iterator]() {
      const block = new DealBlock(table, chosen);
      for (let from = 0; from < length; from += blockRows) {
        const rows = block.unpack(from);
        for (let row = 0; row < rows; row++) yield block.write(row, blankDeal());
      }
    },
  };
}

const said = { true: 'right', false: 'wrong' } as const;
const right = oneOf(['right']);
const isRight = (fact: boolean, path: string) => right(said[`${fact}`], path);
const kinds: Shape<DealKind> = oneOf(['buy', 'sell', 'balance', 'credit', 'charge', 'other']);
const entries: Shape<DealEntry> = oneOf(['in', 'out', 'inout', 'out-by']);

/** Once for the whole column, so that a row is read without a look. */
function check({ count, texts, columns }: DealTable, field: DealField): void {
  const { as, values, parts } = columns[field];
  isRight(values.length === count || (values.length === 1 && count > 0), `the length of ${field}`);
  isRight(finite(parts, 'parts') >= 1, 'parts');
  const isText = (textFields as readonly DealField[]).includes(field);
  isRight(isText || as === 'number', `the kind of ${field}`);
  const { least, most, missing } = rangeOf(values);
  isRight(missing === 0 || mayMiss.has(field) || (isText && as === 'number'), field);
  if (missing === values.length) return;
  isRight(Number.isFinite(least) && Number.isFinite(most), field);
  if (isText) isRight(least >= 0 && (as === 'number' || most < texts.length), `places of ${field}`);
}

interface Chosen {
  readonly kind: ReadonlyMap<number, DealKind>;
  readonly entry: ReadonlyMap<number, DealEntry>;
}

/** Of the few texts that a field may have, by their places: each is checked once. */
function chosenOf<T>(
  { texts, columns }: DealTable,
  field: 'kind' | 'entry',
  shape: Shape<T>,
): ReadonlyMap<number, T> {
  const { as, values } = columns[field];
  isRight(as === 'place' || rangeOf(values).missing === values.length, field);
  const missing = missingIn(values);
  const checked = new Map<number, T>();
  for (const place of values) {
    if (place === missing || Number.isNaN(place) || checked.has(place)) continue;
    checked.set(place, shape(texts[place], field));
  }
  return checked;
}

const blockRows = 1_024;

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** NaN keeps room for a number with a fraction: a field that gets its first one later is moved. */
function blankDeal(): Writable<JournalDeal> {
  return {
    account: '',
    deal: '',
    order: '',
    position: '',
    symbol: '',
    kind: 'other',
    entry: null,
    volumeLots: NaN,
    price: NaN,
    commission: NaN,
    fee: NaN,
    swap: NaN,
    profit: NaN,
    comment: '',
    atMs: NaN,
    sl: null,
    tp: null,
  };
}

/** Some rows as plain numbers, NaN for what is missing: read by one kind of code, whatever they lie in. */
class DealBlock {
  private readonly table: DealTable;
  private readonly chosen: Chosen;
  private readonly figures: Readonly<Record<DealField, Float64Array>>;
  private readonly texts: Readonly<Record<PlainText, TextBlock>>;

  constructor(table: DealTable, chosen: Chosen) {
    this.table = table;
    this.chosen = chosen;
    const room = dealFields.map((field) => [field, new Float64Array(blockRows)] as const);
    this.figures = Object.fromEntries(room) as Record<DealField, Float64Array>;
    const texts = plainTexts.map((field) => {
      const known = table.columns[field].as === 'place' ? table.texts : null;
      return [field, new TextBlock(this.figures[field], known)] as const;
    });
    this.texts = Object.fromEntries(texts) as Record<PlainText, TextBlock>;
  }

  /** How many rows there are from there on. */
  unpack(from: number): number {
    const { columns, count } = this.table;
    const rows = Math.min(blockRows, count - from);
    for (const field of dealFields) unpackNumbers(columns[field], from, this.figures[field]);
    return rows;
  }

  write(row: number, deal: Writable<JournalDeal>): JournalDeal {
    const { figures, chosen, texts } = this;
    deal.account = texts.account.at(row);
    deal.deal = texts.deal.at(row);
    deal.order = texts.order.at(row);
    deal.position = texts.position.at(row);
    deal.symbol = texts.symbol.at(row);
    deal.kind = chosen.kind.get(figures.kind[row]!)!;
    deal.entry = chosen.entry.get(figures.entry[row]!) ?? null;
    deal.volumeLots = figures.volumeLots[row]!;
    deal.price = figures.price[row]!;
    deal.commission = figures.commission[row]!;
    deal.fee = figures.fee[row]!;
    deal.swap = figures.swap[row]!;
    deal.profit = figures.profit[row]!;
    deal.comment = texts.comment.at(row);
    deal.atMs = figures.atMs[row]!;
    deal.sl = levelOf(figures.sl[row]!);
    deal.tp = levelOf(figures.tp[row]!);
    return deal;
  }
}

const levelOf = (figure: number): number | null => (Number.isNaN(figure) ? null : figure);

const plainTexts = ['account', 'deal', 'order', 'position', 'symbol', 'comment'] as const;
type PlainText = (typeof plainTexts)[number];

/** A class of its own, so that each column is read by the same few instructions. */
class TextBlock {
  private readonly figures: Float64Array;
  /** Null where the column tells numbers. */
  private readonly texts: readonly string[] | null;

  constructor(figures: Float64Array, texts: readonly string[] | null) {
    this.figures = figures;
    this.texts = texts;
  }

  at(row: number): string {
    const figure = this.figures[row]!;
    if (this.texts) return this.texts[figure]!;
    return Number.isNaN(figure) ? '' : String(figure);
  }
}
