/**
 * A statement of cTrader, or its history saved as a list: a row for each closing, told by the names
 * of its columns, whatever section of the file it stands in.
 *
 * `Deal ID, Order ID, Symbol, Opening Direction, Closing Direction, Opening time (UTC+8), Closing
 * Time (UTC+8), Entry price, Closing price, Closing Quantity, Commissions, Pips, Net USD, Channel,
 * Balance USD`, of which some may be missing. Closings of one position share its opening: each gives
 * its part of that, so that files which overlap add up. Net is after commission and swap.
 */
import { dateOrderOf, zoneInName } from './trade-list.ts';
import type { DateOrder } from '../../import/layout.ts';
import { chained, type Closing } from './ctrader-balance.ts';
import { ctraderColumns, type CtraderColumns, type CtraderRole } from './ctrader-columns.ts';
import { emptyDraft, exactSum, type Draft, type DraftDeal } from './draft.ts';
import { decimalOf, numberOf, wallOf, type Decimal } from './figures.ts';
import type { TableRow } from './html-rows.ts';
import type { SkipList } from './skipped.ts';
import { kindOf } from './trade-words.ts';

/** Null where no row of names is that of closings. */
export function ctraderDraft(rows: Iterable<TableRow>, skipped: SkipList): Draft | null {
  let columns: CtraderColumns | null = null;
  const own: TableRow[] = [];
  for (const row of rows) {
    const found = ctraderColumns(row.cells);
    columns ??= found;
    if (!columns || found) continue;
    // Another section has other columns: what is no closing ends this one.
    if (own.length > 0 && row.cells.filter((cell) => cell !== '').length === 1) break;
    own.push(row);
  }
  if (!columns) return null;
  const reading = new CtraderReading(columns, own, skipped);
  return reading.draft();
}

class CtraderReading {
  private readonly columns: CtraderColumns;
  private readonly rows: readonly TableRow[];
  private readonly skipped: SkipList;
  private readonly decimal: Decimal;
  private readonly order: DateOrder;
  /** Whether costs are written as what they are, without a minus. */
  private readonly costsArePlain: boolean;
  private readonly known = new Map<string, number>();

  constructor(columns: CtraderColumns, rows: readonly TableRow[], skipped: SkipList) {
    this.columns = columns;
    this.rows = rows;
    this.skipped = skipped;
    this.decimal = decimalOf(rows.slice(0, 200).map((row) => this.cell(row, 'openPrice')));
    this.order = dateOrderOf(rows.map((row) => this.cell(row, 'closed')));
    const costs = rows.map((row) => this.figure(row, 'commission')).filter((cost) => cost !== 0);
    this.costsArePlain = costs.length > 0 && costs.every((cost) => !(cost < 0));
  }

  draft(): Draft | null {
    const closings = this.rows.flatMap((row) => this.closing(row));
    if (closings.length === 0) return null;
    const draft = emptyDraft(this.skipped);
    draft.currency = this.columns.currency;
    draft.statedZone = zoneInName(this.columns.closedName);
    const chain = chained(closings);
    for (const { line, amount } of chain.gaps) {
      const reason =
        'Between two closings the balance changed by what this file does not list: a payment or a fee.';
      this.skipped.add(line, reason, String(amount));
    }
    ({ startBalance: draft.startBalance, endBalance: draft.endBalance } = chain);
    draft.deals = chain.closings.flatMap(({ deals }) => deals).sort((a, b) => a.wallMs - b.wallMs);
    return draft;
  }

  private cell({ cells }: TableRow, role: CtraderRole): string {
    return cells[this.columns.places.get(role) ?? -1] ?? '';
  }

  /** 0 where there is none; `13.8 Lots`, `1 049.40`. */
  private figure(row: TableRow, role: CtraderRole): number {
    const text = this.cell(row, role).replace(/[$€£]|\b([A-Z]{3}|lots?|units?)\b/gi, '');
    return text.trim() === '' ? 0 : numberOf(text, this.decimal);
  }

  private skip({ line, cells }: TableRow, reason: string): Closing[] {
    this.skipped.add(line, reason, cells.filter((cell) => cell !== '').join(' '));
    return [];
  }

  private closing(row: TableRow): Closing[] {
    // The totals below, and sections of other columns.
    const symbol = this.cell(row, 'symbol');
    const kind = kindOf(this.cell(row, 'side'));
    if (kind !== 'buy' && kind !== 'sell') {
      return symbol === '' || this.cell(row, 'closed') === ''
        ? []
        : this.skip(row, 'This line is no buy and no sell.');
    }
    const closedMs = clockOf(this.cell(row, 'closed'), this.order);
    const hasOpened = this.columns.places.has('opened');
    const openedMs = hasOpened ? clockOf(this.cell(row, 'opened'), this.order) : closedMs;
    if (Number.isNaN(closedMs) || Number.isNaN(openedMs)) {
      return this.skip(row, 'A time of this trade could not be understood.');
    }
    const figures = {
      volume: Math.abs(this.figure(row, 'volume')),
      open: this.figure(row, 'openPrice'),
      close: this.figure(row, 'closePrice'),
      net: this.cell(row, 'net') === '' ? NaN : this.figure(row, 'net'),
      ...this.costs(row),
    };
    if (Object.values(figures).some(Number.isNaN) || figures.volume === 0) {
      return this.skip(row, 'A figure of this trade could not be understood.');
    }
    const { volume, open, close, net, commission, swap, fee } = figures;
    const named = hasOpened ? `${symbol} ${kind} ${openedMs} ${open}` : '';
    const deal = this.name(row, `${symbol}-${kind}-${closedMs}-${volume}-${net}`);
    const plain = {
      ...{ symbol, volumeLots: volume, line: row.line, balance: null, sl: null, tp: null },
      ...{ order: this.cell(row, 'order'), position: named === '' ? deal : named },
    };
    const opening: DraftDeal = {
      ...{ ...plain, deal: `${deal}:in`, kind, entry: 'in', price: open, wallMs: openedMs },
      ...{ order: '', commission: 0, fee: 0, swap: 0, profit: 0, comment: '' },
    };
    const profit = exactSum([net, -commission, -fee, -swap]);
    const closing: DraftDeal = {
      ...{
        ...plain,
        deal: `${deal}:out`,
        kind: kind === 'buy' ? 'sell' : 'buy',
        entry: 'out',
        price: close,
      },
      ...{ wallMs: closedMs, commission, fee, swap, profit },
      // When it was opened is not told: the round trip says that it lies before.
      comment: hasOpened ? this.cell(row, 'comment') : `opened at ${open}`,
    };
    const balance = this.cell(row, 'balance') === '' ? NaN : this.figure(row, 'balance');
    return [
      {
        ...{ line: row.line, atMs: closedMs, net },
        balance: Number.isNaN(balance) ? null : balance,
        deals: hasOpened ? [opening, closing] : [closing],
      },
    ];
  }

  /** What is between gross and net and in no column of its own, is a fee. */
  private costs(row: TableRow) {
    const sign = this.costsArePlain ? -1 : 1;
    const cost = this.figure(row, 'commission');
    const commission = cost === 0 ? 0 : sign * cost;
    const swap = this.figure(row, 'swap');
    const hasGross = this.cell(row, 'gross') !== '';
    const gross = this.figure(row, 'gross');
    const net = this.figure(row, 'net');
    const fee = hasGross ? exactSum([net, -gross, -commission, -swap]) : 0;
    return { commission, swap, fee };
  }

  /** `DID315186380` is 315186380 wherever else it is told of. */
  private name(row: TableRow, otherwise: string): string {
    const told = this.cell(row, 'deal').replace(/^DID(?=\d)/i, '');
    const name = told === '' ? otherwise : told;
    const before = this.known.get(name) ?? 0;
    this.known.set(name, before + 1);
    return before === 0 ? name : `${name}/${before + 1}`;
  }
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** `20 Aug 2026 21:56:13.342`, and as others write it. */
function clockOf(text: string, order: DateOrder): number {
  const [, day, name = '', year, clock = ''] =
    /^(\d{1,2}) ([a-z]{3})[a-z]* (\d{4}) ([\d:.]{5,15})$/i.exec(text) ?? [];
  if (day === undefined || year === undefined) return wallOf(text, order);
  const month = months.indexOf(name.toLowerCase()) + 1;
  const two = (part: string | number) => String(part).padStart(2, '0');
  return month === 0 ? NaN : wallOf(`${year}-${two(month)}-${two(day)} ${clock}`);
}
