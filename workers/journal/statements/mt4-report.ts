/**
 * A statement of MetaTrader 4 as its terminal saves it: a row for each order, told by its shape.
 *
 * A closed order: ticket, open time, type, size, item, price, stop, target, close time, price,
 * commission, (taxes,) swap, profit; its comment is the title of the ticket. It gives two deals,
 * all money with the closing. What is left of an order that was closed in part goes on under a new
 * ticket, `from #` the old one: together they are one position.
 */
import { emptyDraft, exactSum, type Draft, type DraftDeal } from './draft.ts';
import { numberOf, wallOf } from './figures.ts';
import type { TableRow } from './html-rows.ts';
import type { SkipList } from './skipped.ts';
import { kindOf } from './trade-words.ts';

/** Null where the rows hold no order of MetaTrader 4. */
export function mt4Draft(rows: Iterable<TableRow>, skipped: SkipList): Draft | null {
  const reading = new Mt4Reading(skipped);
  for (const row of rows) reading.row(row);
  return reading.done();
}

class Mt4Reading {
  private readonly draft: Draft;
  /** Ticket of the order that each remainder comes from. */
  private readonly origins = new Map<string, string>();
  private readonly totals = new Map<string, number>();
  private orders = 0;

  constructor(skipped: SkipList) {
    this.draft = emptyDraft(skipped);
  }

  row(row: TableRow): void {
    const [ticket = '', opened = '', type = ''] = row.cells;
    const openedMs = wallOf(opened);
    if (!/^\d{1,20}$/.test(ticket) || Number.isNaN(openedMs)) {
      this.account(row.cells);
      this.summary(row.cells);
      return;
    }
    this.orders++;
    const kind = kindOf(type);
    if (kind === 'buy' || kind === 'sell') this.trade(row, kind, openedMs);
    else if (/\b(limit|stop)\b/i.test(type)) return;
    else this.operation(row, openedMs);
  }

  done(): Draft | null {
    const { draft, totals } = this;
    if (this.orders === 0) return null;
    const root = (ticket: string): string => {
      let at = ticket;
      const seen = new Set<string>();
      for (let from = this.origins.get(at); from !== undefined; from = this.origins.get(at)) {
        if (seen.has(at)) break;
        seen.add(at);
        at = from;
      }
      return at;
    };
    draft.deals = draft.deals
      .map((deal) => (deal.position === '' ? deal : { ...deal, position: root(deal.position) }))
      .sort((a, b) => a.wallMs - b.wallMs);
    const [balance, moved, won] = ['balance', 'deposit/withdrawal', 'closed trade p/l'].map(
      (name) => totals.get(name),
    );
    if (balance !== undefined && moved !== undefined && won !== undefined) {
      draft.endBalance = balance;
      draft.startBalance = exactSum([balance, -moved, -won]);
    }
    return draft;
  }

  /** `Account: 1234567`, `Currency: USD`. */
  private account(cells: readonly string[]): void {
    if (this.orders > 0) return;
    for (const cell of cells) {
      this.draft.account ??= /^(?:account|a\/c no)\s*:\s*(\d{3,12})/i.exec(cell)?.[1] ?? null;
      this.draft.currency ??= /^currency\s*:\s*([a-z]{3})$/i.exec(cell)?.[1]?.toUpperCase() ?? null;
    }
  }

  /** A name with a colon, its figure in the next cell that is not empty. */
  private summary(cells: readonly string[]): void {
    let name = '';
    for (const cell of cells) {
      if (cell.endsWith(':')) name = cell.slice(0, -1).trim().toLowerCase();
      else if (name !== '' && cell !== '') {
        const figure = numberOf(cell);
        if (!Number.isNaN(figure)) this.totals.set(name, figure);
        name = '';
      }
    }
  }

  private skip({ line, cells }: TableRow, reason: string): void {
    this.draft.skipped.add(line, reason, cells.filter((cell) => cell !== '').join(' '));
  }

  private trade(row: TableRow, kind: 'buy' | 'sell', openedMs: number): void {
    const cell = (at: number): string => row.cells[at] ?? '';
    const closedMs = wallOf(cell(8));
    if (Number.isNaN(closedMs)) {
      this.skip(row, 'Still open: it comes with the statement in which it is closed.');
      return;
    }
    const hasTaxes = row.cells.length >= 14;
    const [size, price, closePrice] = [3, 5, 9].map((at) => numberOf(cell(at)));
    const [commission, fee, swap, profit] = [
      10,
      hasTaxes ? 11 : -1,
      hasTaxes ? 12 : 11,
      hasTaxes ? 13 : 12,
    ].map((at) => (cell(at) === '' ? 0 : numberOf(cell(at))));
    const figures = { size, price, closePrice, commission, fee, swap, profit };
    if (!isWhole(figures)) {
      this.skip(row, 'A figure of this order could not be understood.');
      return;
    }
    const ticket = cell(0);
    const comment = row.title === ticket ? '' : row.title;
    const from = /from #(\d{1,20})/.exec(comment)?.[1];
    if (from !== undefined) this.origins.set(ticket, from);
    const levels = { sl: levelOf(cell(6)), tp: levelOf(cell(7)) };
    const plain = {
      order: ticket,
      position: ticket,
      symbol: cell(4),
      line: row.line,
      balance: null,
    };
    const money = { commission: figures.commission, fee: figures.fee, swap: figures.swap };
    const closing = {
      ...{ ...plain, ...money, deal: `${ticket}:out`, profit: figures.profit, comment },
      ...{ price: figures.closePrice, wallMs: closedMs, sl: null, tp: null },
    };
    if (figures.size <= 0) {
      // Closed by an opposite order: nothing of it was left to close, but its costs.
      const none = { kind: 'other', entry: null, position: '', volumeLots: 0 } as const;
      if (Object.values(money).some((part) => part !== 0) || figures.profit !== 0) {
        this.draft.deals.push({ ...closing, ...none });
      }
      return;
    }
    this.draft.deals.push(
      {
        ...{
          ...plain,
          ...nothing,
          ...levels,
          deal: `${ticket}:in`,
          kind,
          entry: 'in',
          comment: '',
        },
        ...{ volumeLots: figures.size, price: figures.price, wallMs: openedMs },
      },
      {
        ...closing,
        ...{ kind: kind === 'buy' ? 'sell' : 'buy', entry: 'out', volumeLots: figures.size },
      },
    );
  }

  private operation(row: TableRow, wallMs: number): void {
    const { cells, line } = row;
    const profit = numberOf(cells.findLast((cell) => cell !== '') ?? '');
    if (Number.isNaN(profit) || cells.filter((cell) => cell !== '').length < 4) {
      this.skip(row, 'The amount of this line could not be understood.');
      return;
    }
    const deal: DraftDeal = {
      ...{ ...nothing, deal: cells[0] ?? '', order: '', position: '', symbol: '', entry: null },
      ...{ kind: kindOf(cells[2] ?? '') ?? 'other', volumeLots: 0, price: 0, profit },
      ...{ comment: cells[3] ?? '', sl: null, tp: null, wallMs, line, balance: null },
    };
    this.draft.deals.push(deal);
  }
}

const nothing = { commission: 0, fee: 0, swap: 0, profit: 0 };

function isWhole<Key extends string>(
  figures: Readonly<Record<Key, number | undefined>>,
): figures is Readonly<Record<Key, number>> {
  return Object.values(figures).every(
    (figure) => typeof figure === 'number' && !Number.isNaN(figure),
  );
}

function levelOf(text: string): number | null {
  const price = numberOf(text);
  return price > 0 ? price : null;
}
