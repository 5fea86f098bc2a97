/**
 * A list with a row for each closed trade, of whatever program, as a statement: two deals a row,
 * all money with the closing. Trades without a number are named by what they are.
 */
import type { DateOrder } from '../../import/layout.ts';
import { emptyDraft, exactSum, type Draft, type DraftDeal } from './draft.ts';
import { decimalOf, numberOf, timeIn, wallOf, type Decimal, type TimeIn } from './figures.ts';
import type { TableRow } from './html-rows.ts';
import { saidColumns, type SaidColumns } from './list-columns.ts';
import type { SkipList } from './skipped.ts';
import { tradeColumns, type TradeColumns, type TradeRole } from './trade-columns.ts';
import { TradeNames } from './trade-names.ts';
import { tradeSideOf } from './trade-words.ts';

const MOST_PREAMBLE = 30;

/** Null where no row of names is that of a list of trades, or the one that `said` is about. */
export function tradeListDraft(
  rows: Iterable<TableRow>,
  skipped: SkipList,
  said?: SaidColumns,
): Draft | null {
  let columns: TradeColumns | null = null;
  let names: readonly string[] = [];
  const own: TableRow[] = [];
  let seen = 0;
  for (const row of rows) {
    if (columns) own.push(row);
    else if (++seen > MOST_PREAMBLE || (!said && row.cells.some(isMt5Owner))) return null;
    else {
      columns = said ? saidColumns(said, row.cells) : tradeColumns(row.cells);
      names = row.cells;
    }
  }
  if (!columns || own.length === 0) return null;
  const draft = new TradeList(columns, own, skipped).draft();
  draft.statedZone = zoneInName(names[columns.get('closed') ?? -1] ?? '');
  return draft;
}

/**
 * Above the tables of MetaTrader 5. Such a report without deals is cut: its positions taken as
 * trades would be told again by the whole one.
 */
const isMt5Owner = (cell: string): boolean => /^\d{3,12} ?\([A-Z]{3},/.test(cell);

/** cTrader writes it into the heading: `Closing time (UTC+2)`. */
export function zoneInName(name: string): string | null {
  const match = /\((?:UTC|GMT) ?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?\)/i.exec(name);
  if (!match) return null;
  const [, sign, hours = '', minutes = '00'] = match;
  return sign === undefined ? 'UTC' : `${sign}${hours.padStart(2, '0')}:${minutes}`;
}

const figureRoles: readonly TradeRole[] = [
  ...(['openPrice', 'closePrice', 'sl', 'tp', 'volume'] as const),
  ...(['commission', 'fee', 'swap', 'profit', 'net'] as const),
];

class TradeList {
  private readonly columns: TradeColumns;
  private readonly rows: readonly TableRow[];
  private readonly skipped: SkipList;
  private readonly decimal: Decimal;
  private readonly order: DateOrder;
  /** Whether costs are written as what they are, without a minus. */
  private readonly costsArePlain: boolean;
  private readonly names = new TradeNames();
  /** A statement has one: money of two is never added up. */
  private readonly currency: string;

  constructor(columns: TradeColumns, rows: readonly TableRow[], skipped: SkipList) {
    this.columns = columns;
    this.rows = rows;
    this.skipped = skipped;
    const [first] = rows;
    this.currency = first ? this.cell(first, 'currency') : '';
    // Prices may all be whole where volumes and money are not.
    const head = rows.slice(0, 200);
    this.decimal = decimalOf(
      figureRoles.flatMap((role) => head.map((row) => this.cell(row, role))),
    );
    this.order = dateOrderOf(rows.map((row) => this.clock(row, 'closed')));
    const costs = rows.map((row) => this.figure(row, 'commission')).filter((cost) => cost !== 0);
    this.costsArePlain = costs.length > 0 && costs.every((cost) => cost > 0);
  }

  /** Without a deal where each line was left out: the lines say why. */
  draft(): Draft {
    const draft = emptyDraft(this.skipped);
    const [first] = this.rows;
    draft.account = (first && this.cell(first, 'account')) || null;
    draft.currency = /^[A-Z]{3}$/.exec(this.currency)?.[0] ?? null;
    draft.deals = this.rows.flatMap((row) => this.trade(row)).sort((a, b) => a.wallMs - b.wallMs);
    return draft;
  }

  private cell({ cells }: TableRow, role: TradeRole): string {
    return cells[this.columns.get(role) ?? -1] ?? '';
  }

  /** Of a date and a time in two columns both. */
  private clock(row: TableRow, role: 'opened' | 'closed'): string {
    const own = this.cell(row, role);
    const clock = this.cell(row, `${role}Clock`);
    return clock === '' || own === '' ? own : `${own.split(/[ T]/)[0]} ${clock}`;
  }

  private time(row: TableRow, role: 'opened' | 'closed'): TimeIn {
    return timeIn(this.clock(row, role), this.order);
  }

  /** 0 where there is none; what stands around it, as `$`, `USD` and `Lots`, is no part of it. */
  private figure(row: TableRow, role: TradeRole): number {
    const text = this.cell(row, role).replace(/[$€£]|\b([A-Z]{3}|lots?|units?)\b/gi, '');
    return text.trim() === '' ? 0 : numberOf(text, this.decimal);
  }

  private skip({ line, cells }: TableRow, reason: string): DraftDeal[] {
    this.skipped.add(line, reason, cells.filter((cell) => cell !== '').join(' '));
    return [];
  }

  private trade(row: TableRow): DraftDeal[] {
    if (row.isCut && row.cells.length <= Math.max(...this.columns.values())) {
      return this.skip(row, 'The file stops before its end: deals may be missing.');
    }
    const kind = tradeSideOf(this.cell(row, 'side'));
    if (kind === null) return this.skip(row, 'This line is no buy and no sell.');
    const currency = this.cell(row, 'currency');
    if (currency !== this.currency) {
      return this.skip(row, 'This line is in another currency: save it in a file of its own.');
    }
    const [opened, closed] = [this.time(row, 'opened'), this.time(row, 'closed')];
    if (this.cell(row, 'closed') === '') {
      return this.skip(row, 'Still open: it comes with the statement in which it is closed.');
    }
    if (Number.isNaN(opened.wallMs) || Number.isNaN(closed.wallMs)) {
      return this.skip(row, 'A time of this trade could not be understood.');
    }
    const [volume, openPrice, closePrice] = [
      Math.abs(this.figure(row, 'volume')),
      this.figure(row, 'openPrice'),
      this.figure(row, 'closePrice'),
    ];
    const money = this.money(row);
    if ([volume, openPrice, closePrice, ...Object.values(money)].some(Number.isNaN) || !volume) {
      return this.skip(row, 'A figure of this trade could not be understood.');
    }
    const symbol = this.cell(row, 'symbol');
    const named = this.names.of({
      ...{ ticket: this.cell(row, 'ticket'), symbol, side: kind, volumeLots: volume },
      ...{ openedMs: opened.wallMs, closedMs: closed.wallMs, openPrice, closePrice },
      ...{ money: this.written(row), cells: row.cells },
    });
    if (!named) return this.skip(row, 'This line stands twice: it counts once.');
    const { name, position } = named;
    const plain = {
      order: position,
      position,
      symbol,
      volumeLots: volume,
    };
    const more = { line: row.line, balance: null };
    const level = (role: TradeRole): number | null => {
      const price = this.figure(row, role);
      return price > 0 ? price : null;
    };
    const opening: DraftDeal = {
      ...{ ...plain, ...more, kind, deal: `${name}:in`, entry: 'in', price: openPrice },
      ...{ commission: 0, fee: 0, swap: 0, profit: 0, comment: '', ...opened },
      ...{ sl: level('sl'), tp: level('tp') },
    };
    return [
      opening,
      {
        ...{ ...plain, ...more, ...money, deal: `${name}:out`, entry: 'out', price: closePrice },
        ...{ kind: kind === 'buy' ? 'sell' : 'buy', comment: this.cell(row, 'comment') },
        ...{ ...closed, opening, sl: null, tp: null },
      },
    ];
  }

  /** Whether costs are taken for what they are depends on other lines: here they have no sign. */
  private written(row: TableRow): readonly number[] {
    const costs = (['commission', 'fee'] as const).map((role) => Math.abs(this.figure(row, role)));
    const results = (['swap', 'profit', 'net'] as const).map((role) => this.figure(row, role));
    return [...results, ...costs];
  }

  private money(row: TableRow) {
    const sign = this.costsArePlain ? -1 : 1;
    const [commission, fee] = [this.figure(row, 'commission'), this.figure(row, 'fee')].map(
      (cost) => (cost === 0 ? 0 : sign * cost),
    ) as [number, number];
    const swap = this.figure(row, 'swap');
    const profit = this.columns.has('profit')
      ? this.figure(row, 'profit')
      : exactSum([this.figure(row, 'net'), -commission, -fee, -swap]);
    return { commission, fee, swap, profit };
  }
}

/**
 * Which of 03/04/2024 is the month: a number above 12 tells, else the order in which the trades of
 * the list lie closest together.
 */
export function dateOrderOf(times: readonly string[]): DateOrder {
  if (!times.some((time) => /^\d{1,2}[-./]\d{1,2}[-./]\d{4}/.test(time))) return 'ymd';
  const wayOf = (order: DateOrder): number => {
    let way = 0;
    let before = NaN;
    for (const time of times) {
      const wallMs = wallOf(time, order);
      // A date that is none in this order rules the order out.
      if (Number.isNaN(wallMs)) way += time === '' ? 0 : 1e15;
      else if (!Number.isNaN(before)) way += Math.abs(wallMs - before);
      if (!Number.isNaN(wallMs)) before = wallMs;
    }
    return way;
  };
  return wayOf('mdy') < wayOf('dmy') ? 'mdy' : 'dmy';
}
