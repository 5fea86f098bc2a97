/** A report of MetaTrader 5's as its terminal saves it: HTML in UTF-16, hidden cells, spaced figures. */
import type { JournalDeal } from '../../core/journal/journal-deal.ts';
import type { MadeAccount, MadePosition } from './made-account.ts';

export interface ReportManner {
  /** Words of the headings; the language of the terminal. */
  readonly words?: Readonly<Record<string, string>>;
  readonly minus?: string;
  /** Older terminals have no fees. */
  readonly hasFee?: boolean;
  readonly encoding?: 'utf-16le' | 'utf-16le-unmarked' | 'utf-8';
}

export const german: Readonly<Record<string, string>> = {
  'Trade History Report': 'Handelshistorie Bericht',
  'Account:': 'Konto:',
  Positions: 'Positionen',
  Orders: 'Aufträge',
  Deals: 'Deals',
  Time: 'Zeit',
  Type: 'Typ',
  Direction: 'Richtung',
  Volume: 'Volumen',
  Price: 'Preis',
  Balance: 'Kontostand',
  Profit: 'Gewinn',
  Comment: 'Kommentar',
};

export const russian: Readonly<Record<string, string>> = {
  'Account:': 'Счет:',
  Positions: 'Позиции',
  Orders: 'Ордера',
  Deals: 'Сделки',
  Time: 'Время',
  Type: 'Тип',
  Direction: 'Направление',
  Volume: 'Объем',
  Price: 'Цена',
  Commission: 'Комиссия',
  Swap: 'Своп',
  Profit: 'Прибыль',
  Balance: 'Баланс',
  Comment: 'Комментарий',
};

const pad = (n: number): string => String(n).padStart(2, '0');
export function clock(ms: number): string {
  const at = new Date(ms);
  const day = `${at.getUTCFullYear()}.${pad(at.getUTCMonth() + 1)}.${pad(at.getUTCDate())}`;
  return `${day} ${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

const entries = { in: 'in', out: 'out', inout: 'in/out', 'out-by': 'out by' } as const;

class Writer {
  private readonly manner: Required<ReportManner>;
  constructor(manner: ReportManner) {
    const usual = { words: {}, minus: '&minus;', hasFee: true, encoding: 'utf-16le' } as const;
    this.manner = { ...usual, ...manner };
  }

  word = (text: string): string => escaped(this.manner.words[text] ?? text);

  /** `−12 345.67` with as many decimals as asked. */
  figure(value: number, decimals: number): string {
    const [whole = '', rest] = Math.abs(value).toFixed(decimals).split('.');
    const spaced = whole.replace(/\B(?=(\d{3})+$)/g, '&nbsp;');
    return `${value < 0 ? this.manner.minus : ''}${spaced}${rest === undefined ? '' : `.${rest}`}`;
  }

  heading(text: string): string {
    return `<tr align="center"><th colspan="14" style="height: 25px"><div style="font: 10pt Tahoma"><b>${this.word(text)}</b></div></th></tr>\r\n`;
  }

  names(names: readonly string[]): string {
    const cells = names.map((name) =>
      name === 'Cost'
        ? '<td nowrap class="hidden"><b>Cost</b></td>'
        : `<td nowrap${name === 'Profit' && names.includes('S / L') ? ' colspan="2"' : ''}><b>${this.word(name)}</b></td>`,
    );
    return `<tr align="center" bgcolor="#E5F0FC">${cells.join('')}</tr>\r\n`;
  }

  position(row: MadePosition): string {
    const level = (price: number | null): string => (price === null ? '' : this.figure(price, 5));
    const cells = [
      ...[clock(row.openedMs), row.position, escaped(row.symbol), row.side],
      this.figure(row.volume / 100, 2),
      ...[this.figure(row.price, 5), level(row.sl), level(row.tp), clock(row.closedMs)],
      ...[this.figure(row.closePrice, 5), this.figure(0, 2), this.figure(row.swap, 2)],
    ].map((cell) => `<td>${cell}</td>`);
    cells.splice(4, 0, '<td class="hidden" colspan="8">EA 7</td>');
    return `<tr bgcolor="#F7F7F7" align="right">${cells.join('')}<td colspan="2">${this.figure(row.profit, 2)}</td></tr>\r\n`;
  }

  order(deal: JournalDeal): string {
    const volume = this.figure(deal.volumeLots, 2);
    const level = deal.sl === null ? '' : this.figure(deal.sl, 5);
    const cells = [
      ...[clock(deal.atMs), deal.order, escaped(deal.symbol), deal.kind, `${volume} / ${volume}`],
      ...['market', level, '', clock(deal.atMs), 'filled', ''],
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\r\n`;
  }

  deal(deal: JournalDeal, balance: number): string {
    const isTrade = deal.entry !== null;
    const cells = [
      ...[clock(deal.atMs), deal.deal, escaped(deal.symbol), deal.kind],
      deal.entry === null ? '' : entries[deal.entry],
      isTrade ? this.figure(deal.volumeLots, 2) : '',
      isTrade ? this.figure(deal.price, 5) : '',
      deal.order,
      this.figure(deal.commission, 2),
      ...(this.manner.hasFee ? [this.figure(deal.fee, 2)] : []),
      ...[this.figure(deal.swap, 2), this.figure(deal.profit, 2), this.figure(balance, 2)],
      escaped(deal.comment),
    ].map((cell) => `<td>${cell}</td>`);
    if (this.manner.hasFee) cells.splice(8, 0, '<td class="hidden"></td>');
    return `<tr bgcolor="#FFFFFF" align="right">${cells.join('')}</tr>\r\n`;
  }

  report(account: MadeAccount): string {
    const { login, currency, server, mode, deals, positions } = account;
    const parts = [
      '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">\r\n<html><head>',
      `<title>${login}: Trade History Report</title><style type="text/css"><!-- td { font: 8pt } .hidden { display: none } //--></style></head><body><div align="center"><table cellspacing="1" cellpadding="3" border="0">\r\n`,
      this.heading('Trade History Report'),
      `<tr align="left"><th colspan="4" nowrap align="right">${this.word('Account:')}</th><th colspan="10" nowrap align="left"><b>${login}&nbsp;(${currency},&nbsp;${server},&nbsp;demo,&nbsp;${mode === 'hedging' ? 'Hedge' : 'Netting'})</b></th></tr>\r\n`,
    ];
    parts.push(this.heading('Positions'), this.names(positionNames));
    for (const row of positions) if (row.isClosed) parts.push(this.position(row));
    parts.push(this.heading('Orders'), this.names(orderNames));
    for (const deal of deals) if (deal.entry !== null) parts.push(this.order(deal));
    parts.push(this.heading('Deals'));
    parts.push(
      this.names(dealNames.filter((n) => this.manner.hasFee || (n !== 'Fee' && n !== 'Cost'))),
    );
    let hundredths = Math.round(account.startBalance * 100);
    for (const deal of deals) {
      const { kind, profit, commission, fee, swap } = deal;
      for (const money of kind === 'credit' ? [] : [profit, commission, fee, swap]) {
        hundredths += Math.round(money * 100);
      }
      parts.push(this.deal(deal, hundredths / 100));
    }
    parts.push('<tr align="right"><td colspan="8"></td><td><b>1.00</b></td><td>2.00</td></tr>');
    parts.push(this.heading('Results'), '</table></div></body></html>\r\n');
    return parts.join('');
  }
}

const positionNames =
  'Time,Position,Symbol,Type,Volume,Price,S / L,T / P,Time,Price,Commission,Swap,Profit'.split(',');
const orderNames = 'Open Time,Order,Symbol,Type,Volume,Price,S / L,T / P,Time,State,Comment'.split(
  ',',
);
const dealNames =
  'Time,Deal,Symbol,Type,Direction,Volume,Price,Order,Cost,Commission,Fee,Swap,Profit,Balance,Comment'.split(
    ',',
  );

export function mt5Html(account: MadeAccount, manner: ReportManner = {}): string {
  return new Writer(manner).report(account);
}

export function bytesOf(text: string, encoding: ReportManner['encoding'] = 'utf-16le'): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  const marked = encoding === 'utf-16le' ? `\ufeff${text}` : text;
  const units = Uint16Array.from({ length: marked.length }, (_, at) => marked.charCodeAt(at));
  return new Uint8Array(units.buffer);
}
