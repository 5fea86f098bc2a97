/**
 * The sections of a MetaTrader 5 report, told by the shape of their rows: headings are in the
 * language of the terminal, shapes are not. The same rows stand in its HTML and in its workbook.
 *
 * A deal: time, deal, symbol, type, direction, volume, price, order, then, told apart by their
 * number, (cost,) commission, (fee,) swap, profit, balance, comment. A position: time, position,
 * symbol, type, volume, price, stop, target, time, price, commission, swap, profit. An order has a
 * state where a position has its second price.
 */
import type { DraftDeal } from './draft.ts';
import { decimalOf, numberOf, wallOf, type Decimal } from './figures.ts';
import type { TableRow } from './html-rows.ts';
import type { SkipList } from './skipped.ts';
import { entryOf, kindOf } from './trade-words.ts';

export interface PositionRow {
  readonly position: string;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly volumeLots: number;
  readonly price: number;
  readonly openedMs: number;
  readonly closedMs: number;
  readonly closePrice: number;
  readonly swap: number;
  readonly profit: number;
  readonly sl: number | null;
  readonly tp: number | null;
}

export interface OrderRow {
  readonly order: string;
  readonly sl: number | null;
  readonly tp: number | null;
}

export interface Mt5Report {
  readonly login: string | null;
  readonly server: string | null;
  readonly currency: string | null;
  readonly mode: 'hedging' | 'netting' | null;
  readonly deals: DraftDeal[];
  readonly positions: readonly PositionRow[];
  readonly orders: ReadonlyMap<string, OrderRow>;
  /** It has headings of tables before that of its deals. */
  readonly hasSections: boolean;
  /** Something follows its deals. */
  readonly isOver: boolean;
}

const ticket = /^\d{1,20}$/;

export function readMt5Rows(rows: Iterable<TableRow>, skipped: SkipList): Mt5Report {
  const reading = new Mt5Reading(skipped);
  for (const row of rows) reading.row(row);
  return reading;
}

class Mt5Reading implements Mt5Report {
  login: string | null = null;
  server: string | null = null;
  currency: string | null = null;
  mode: 'hedging' | 'netting' | null = null;
  readonly deals: DraftDeal[] = [];
  readonly positions: PositionRow[] = [];
  readonly orders = new Map<string, OrderRow>();
  private readonly skipped: SkipList;
  private readonly decimals = new DecimalWatch();
  /** By the last row of names. */
  private places: Places | null = null;
  private isInDeals = false;
  private headings = 0;
  isOver = false;

  get hasSections(): boolean {
    return this.headings > 1;
  }

  constructor(skipped: SkipList) {
    this.skipped = skipped;
  }

  row(row: TableRow): void {
    const { cells } = row;
    const wallMs = wallOf(cells[0] ?? '');
    if (Number.isNaN(wallMs) || cells.length < 10) {
      this.other(row);
      return;
    }
    const decimal = this.decimals.of(cells);
    if (isDeal(cells, decimal)) this.deal(row, wallMs, decimal);
    else if (this.isInDeals) this.skip(row, 'This line is no deal that could be understood.');
    else if (!Number.isNaN(wallOf(cells[8] ?? ''))) this.closed(cells, wallMs, decimal);
  }

  private skip({ line, cells }: TableRow, reason: string): void {
    this.skipped.add(line, reason, cells.filter((cell) => cell !== '').join(' '));
  }

  /** A heading, a total, or a line about the account. */
  private other(row: TableRow): void {
    const { cells } = row;
    const filled = cells.filter((cell) => cell !== '');
    if (this.deals.length > 0) this.isOver = true;
    else if (filled.length === 1) this.headings++;
    if (filled.length === 1) this.isInDeals = false;
    if (this.login === null && this.deals.length === 0)
      for (const cell of filled) this.account(cell);
    const isHeader = filled.length >= 9 && (cells[0] ?? '') !== '' && filled.every(isName);
    if (isHeader) this.places = placesOf(cells);
    else if (this.isInDeals && (cells[0] ?? '') !== '' && filled.length > 5) {
      this.skip(row, 'This line has no time that could be understood.');
    }
  }

  /** `12345678 (USD, Broker-Demo, demo, Hedge)`. */
  private account(text: string): void {
    const match = /^(\d{3,12}) ?\(([^()]*)\)$/.exec(text);
    const parts = (match?.[2] ?? '').split(',').map((part) => part.trim());
    if (!match || !parts.some((part) => /^[A-Z]{3}$/.test(part))) return;
    this.login = match[1] ?? null;
    this.currency = parts.find((part) => /^[A-Z]{3}$/.test(part)) ?? null;
    this.server = parts.find((part) => part !== this.currency && part !== '') ?? null;
    if (/hedg|хедж/i.test(text)) this.mode = 'hedging';
    if (/nett|нетт/i.test(text)) this.mode = 'netting';
  }

  private deal(row: TableRow, wallMs: number, decimal: Decimal): void {
    this.isInDeals = true;
    this.isOver = false;
    const cell = (at: number): string => row.cells[at] ?? '';
    const kind = kindOf(cell(3)) ?? 'other';
    const isTrade = kind === 'buy' || kind === 'sell';
    const place = this.places ?? placesOf(row.cells);
    const figure = (at: number): number => (cell(at) === '' ? 0 : numberOf(cell(at), decimal));
    const commission = figure(place.commission);
    const fee = place.fee < 0 ? 0 : figure(place.fee);
    const swap = figure(place.swap);
    const profit = figure(place.profit);
    const [volumeLots, price] = [figure(5), figure(6)];
    if (Number.isNaN(commission + fee + swap + profit + volumeLots + price)) {
      this.skip(row, 'A figure of this deal could not be understood.');
      return;
    }
    if (isTrade && volumeLots <= 0) {
      this.skip(row, 'This deal has no volume.');
      return;
    }
    const balance = numberOf(cell(place.balance), decimal);
    this.deals.push({
      deal: cell(1),
      order: ticket.test(cell(7)) ? cell(7) : '',
      position: '',
      symbol: cell(2),
      kind,
      entry: isTrade ? entryOf(cell(4)) : null,
      volumeLots,
      price,
      commission,
      fee,
      swap,
      profit,
      comment: cell(place.comment),
      sl: null,
      tp: null,
      wallMs,
      line: row.line,
      balance: Number.isNaN(balance) ? null : balance,
    });
  }

  /** A position that was closed, or an order that is done. */
  private closed(cells: readonly string[], openedMs: number, decimal: Decimal): void {
    const cell = (at: number): string => cells[at] ?? '';
    const figure = (at: number): number => numberOf(cell(at), decimal);
    if (!ticket.test(cell(1))) return;
    const level = (at: number): number | null => {
      const price = figure(at);
      return price > 0 ? price : null;
    };
    const levels = { sl: level(6), tp: level(7) };
    const closePrice = figure(9);
    if (Number.isNaN(closePrice)) {
      this.orders.set(cell(1), { order: cell(1), ...levels });
      return;
    }
    const side = kindOf(cell(3));
    if (side !== 'buy' && side !== 'sell') return;
    // `0.10 / 0.20` of an order that was filled in part.
    const [volume = ''] = cell(4).split('/', 1);
    this.positions.push({
      position: cell(1),
      symbol: cell(2),
      side,
      volumeLots: numberOf(volume.trim(), decimal),
      price: figure(5),
      openedMs,
      closedMs: wallOf(cell(8)),
      closePrice,
      swap: figure(11),
      profit: figure(12),
      sl: levels.sl,
      tp: levels.tp,
    });
  }
}

function isDeal(cells: readonly string[], decimal: Decimal): boolean {
  const [, deal = '', , type = '', direction = '', volume = ''] = cells;
  if (!ticket.test(deal) || cells.length < 12) return false;
  const kind = kindOf(type);
  if (kind === 'buy' || kind === 'sell') {
    return direction !== '' &&
      Number.isNaN(numberOf(direction, decimal)) &&
      !direction.includes('/ ')
      ? !Number.isNaN(numberOf(volume, decimal))
      : false;
  }
  // What is no trade has neither volume nor a second time.
  return type !== '' &&
    Number.isNaN(wallOf(cells[8] ?? '')) &&
    Number.isNaN(numberOf(direction, decimal))
    ? volume === '' || kind !== null
    : false;
}

const isName = (text: string): boolean => !/\d{3}/.test(text);

interface Places {
  readonly commission: number;
  /** -1 where there are none. */
  readonly fee: number;
  readonly swap: number;
  readonly profit: number;
  readonly balance: number;
  readonly comment: number;
}

/** By the names of English terminals, else by the number of columns. */
function placesOf(names: readonly string[]): Places {
  const lower = names.map((name) => name.toLowerCase());
  const [commission = -1, fee = -1, swap = -1, profit = -1, balance = -1, comment = -1] = [
    ...['commission', 'fee', 'swap', 'profit', 'balance', 'comment'].map((n) => lower.indexOf(n)),
  ];
  if (Math.min(commission, swap, profit, balance) > 7) {
    return { commission, fee, swap, profit, balance, comment };
  }
  const hasFee = names.length >= 14;
  const from = names.length >= 15 ? 9 : 8;
  const at = from + (hasFee ? 2 : 1);
  return {
    ...{ commission: from, fee: hasFee ? from + 1 : -1, swap: at },
    ...{ profit: at + 1, balance: at + 2, comment: at + 3 },
  };
}

/** Reports have points; what a spreadsheet wrote anew may have commas. Told by the first rows. */
class DecimalWatch {
  private readonly seen: string[] = [];
  private told: Decimal = '.';

  of(cells: readonly string[]): Decimal {
    if (this.seen.length < 300) {
      for (const cell of cells) this.seen.push(cell);
      this.told = decimalOf(this.seen);
    }
    return this.told;
  }
}
