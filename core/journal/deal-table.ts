/**
 * Deals as a table of packed columns, in a tenth of the room that as many objects take. A deal is
 * made of its row when it is asked for; what only passes through them is shown one object.
 */
import type { DealEntry, DealKind } from '../broker/book.ts';
import { finite, oneOf, readShape, text, type Shape } from '../collections/shape.ts';
import { mostCharacters } from './deal-columns.ts';
import {
  copyOf,
  type Deals,
  type JournalDeal,
  type PassedDeal,
  type TakeDeal,
} from './journal-deal.ts';
import { ticketOf, type Ticket } from './ticket.ts';
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
      const deal = new TableDeal(block);
      for (let from = 0; from < length; from += blockRows) {
        const rows = block.unpack(from);
        for (deal.row = 0; deal.row < rows; deal.row++) if (!take(deal)) return false;
      }
      return true;
    },
    *[Symbol.iterator]() {
      const block = new DealBlock(table, chosen);
      const deal = new TableDeal(block);
      for (let from = 0; from < length; from += blockRows) {
        const rows = block.unpack(from);
        for (deal.row = 0; deal.row < rows; deal.row++) yield copyOf(deal);
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

type TextField = (typeof textFields)[number];
type FigureField = (typeof figureFields)[number];

/** Some rows as plain numbers, NaN for what is missing: read by one kind of code, whatever they lie in. */
class DealBlock {
  private readonly table: DealTable;
  readonly figures: Readonly<Record<FigureField, Float64Array>>;
  readonly places: Readonly<Record<TextField, Float64Array>>;
  readonly texts: Readonly<Record<PlainText, TextBlock>>;
  readonly chosen: Chosen;

  constructor(table: DealTable, chosen: Chosen) {
    this.table = table;
    this.chosen = chosen;
    this.figures = roomOf(figureFields);
    this.places = roomOf(textFields);
    const texts = plainTexts.map((field) => {
      const known = table.columns[field].as === 'place' ? table.texts : null;
      return [field, new TextBlock(this.places[field], known)] as const;
    });
    this.texts = Object.fromEntries(texts) as Record<PlainText, TextBlock>;
  }

  /** How many rows there are from there on. */
  unpack(from: number): number {
    const { columns, count } = this.table;
    for (const field of textFields) unpackNumbers(columns[field], from, this.places[field]);
    for (const field of figureFields) unpackNumbers(columns[field], from, this.figures[field]);
    return Math.min(blockRows, count - from);
  }
}

function roomOf<Field extends DealField>(
  fields: readonly Field[],
): Readonly<Record<Field, Float64Array>> {
  const room = fields.map((field) => [field, new Float64Array(blockRows)] as const);
  return Object.fromEntries(room) as Record<Field, Float64Array>;
}

/** The row of a block at which it stands: no field is made of it that nobody reads. */
class TableDeal implements PassedDeal {
  private readonly block: DealBlock;
  row = 0;

  constructor(block: DealBlock) {
    this.block = block;
  }

  get account(): string {
    return this.block.texts.account.at(this.row);
  }
  get deal(): string {
    return this.block.texts.deal.at(this.row);
  }
  get dealTicket(): Ticket {
    return this.block.texts.deal.ticketAt(this.row);
  }
  get positionTicket(): Ticket {
    return this.block.texts.position.ticketAt(this.row);
  }
  get order(): string {
    return this.block.texts.order.at(this.row);
  }
  get position(): string {
    return this.block.texts.position.at(this.row);
  }
  get symbol(): string {
    return this.block.texts.symbol.at(this.row);
  }
  get kind(): DealKind {
    return this.block.chosen.kind.get(this.block.places.kind[this.row]!)!;
  }
  get entry(): DealEntry | null {
    return this.block.chosen.entry.get(this.block.places.entry[this.row]!) ?? null;
  }
  get volumeLots(): number {
    return this.block.figures.volumeLots[this.row]!;
  }
  get price(): number {
    return this.block.figures.price[this.row]!;
  }
  get commission(): number {
    return this.block.figures.commission[this.row]!;
  }
  get fee(): number {
    return this.block.figures.fee[this.row]!;
  }
  get swap(): number {
    return this.block.figures.swap[this.row]!;
  }
  get profit(): number {
    return this.block.figures.profit[this.row]!;
  }
  get comment(): string {
    return this.block.texts.comment.at(this.row);
  }
  get atMs(): number {
    return this.block.figures.atMs[this.row]!;
  }
  get sl(): number | null {
    return levelOf(this.block.figures.sl[this.row]!);
  }
  get tp(): number | null {
    return levelOf(this.block.figures.tp[this.row]!);
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
  ticketAt(row: number): Ticket {
    const figure = this.figures[row]!;
    if (this.texts) return ticketOf(this.texts[figure]!);
    return Number.isNaN(figure) ? '' : figure;
  }
}
