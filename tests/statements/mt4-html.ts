/** A statement of MetaTrader 4's as its terminal saves it. */
import { clock, escaped } from './mt5-html.ts';

export interface Mt4Order {
  readonly ticket: number;
  readonly kind: 'buy' | 'sell' | 'balance' | 'credit';
  readonly symbol: string;
  readonly hundredths: number;
  readonly openedMs: number;
  readonly closedMs: number;
  readonly price: number;
  readonly closePrice: number;
  readonly sl: number;
  readonly commission: number;
  readonly taxes: number;
  readonly swap: number;
  readonly profit: number;
  readonly comment: string;
}

const money = (value: number): string => value.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ' ');

function line(order: Mt4Order): string {
  const { ticket, kind, comment, profit } = order;
  const head = `<tr align=right><td title="${escaped(comment)}">${ticket}</td><td class=msdate nowrap>${clock(order.openedMs)}</td><td>${kind}</td>`;
  if (kind === 'balance' || kind === 'credit') {
    return `${head}<td colspan=10 align=left>${escaped(comment)}</td><td class=mspt>${money(profit)}</td></tr>\n`;
  }
  const cells = [
    ...[(order.hundredths / 100).toFixed(2), escaped(order.symbol), order.price.toFixed(5)],
    ...[order.sl.toFixed(5), '0.00000', clock(order.closedMs), order.closePrice.toFixed(5)],
    ...[order.commission, order.taxes, order.swap, profit].map(money),
  ];
  return `${head}${cells.map((cell) => `<td class=mspt>${cell}</td>`).join('')}</tr>\n`;
}

export const openTrade =
  '<tr align=right><td title="">999</td><td class=msdate nowrap>2024.05.06 10:00:00</td><td>buy</td><td>0.10</td><td>eurusd</td><td>1.10</td><td>0.0</td><td>0.0</td><td>&nbsp;</td><td>1.20</td><td>0.00</td><td>0.00</td><td>0.00</td><td>100.00</td></tr>\n';
export const cancelled =
  '<tr align=right><td title="">998</td><td class=msdate nowrap>2024.05.06 10:00:00</td><td>buy limit</td><td>0.10</td><td>eurusd</td><td>1.10</td><td>0.0</td><td>0.0</td><td>2024.05.06 11:00:00</td><td>1.20</td><td colspan=4 align=center>cancelled</td></tr>\n';

export function mt4Html(orders: readonly Mt4Order[], startBalance: number): string {
  const cents = (of: readonly Mt4Order[]): number =>
    of
      .flatMap(({ commission, taxes, swap, profit }) => [commission, taxes, swap, profit])
      .reduce((sum, part) => sum + Math.round(part * 100), 0);
  const moved = cents(orders.filter(({ kind }) => kind === 'balance'));
  const won = cents(orders.filter(({ kind }) => kind === 'buy' || kind === 'sell'));
  const balance = Math.round(startBalance * 100) + moved + won;
  const names =
    'Ticket,Open Time,Type,Size,Item,Price,S / L,T / P,Close Time,Price,Commission,Taxes,Swap,Profit';
  return [
    '<html><head><title>Statement: 1234567 - Somebody</title><style type="text/css"><!-- td { font: 8pt } //--></style></head><body><div align=center><table cellspacing=1 cellpadding=3 border=0>\n',
    '<tr align=left><td colspan=2><b>Account: 1234567</b></td><td colspan=5><b>Name: Somebody</b></td><td colspan=2><b>Currency: USD</b></td><td colspan=2><b>Leverage: 1:100</b></td><td colspan=3 align=right><b>2024 May 5, 12:00</b></td></tr>\n',
    '<tr align=left><td colspan=13><b>Closed Transactions:</b></td></tr>\n',
    `<tr align=center bgcolor="#C0C0C0">${names
      .split(',')
      .map((n) => `<td>${n}</td>`)
      .join('')}</tr>\n`,
    ...orders.map(line),
    cancelled,
    '<tr align=right><td colspan=10>&nbsp;</td><td>0.00</td><td>0.00</td><td>0.00</td><td>1.00</td></tr>\n',
    '<tr align=left><td colspan=14><b>Open Trades:</b></td></tr>\n',
    openTrade,
    '<tr align=left><td colspan=13><b>Summary:</b></td></tr>\n',
    `<tr align=right><td colspan=2><b>Deposit/Withdrawal:</b></td><td colspan=2 class=mspt>${money(moved / 100)}</td><td colspan=4><b>Credit Facility:</b></td><td class=mspt>0.00</td></tr>\n`,
    `<tr align=right><td colspan=2><b>Closed Trade P/L:</b></td><td colspan=2 class=mspt>${money(won / 100)}</td><td colspan=4><b>Floating P/L:</b></td><td class=mspt>100.00</td></tr>\n`,
    `<tr align=right><td colspan=2><b>Balance:</b></td><td colspan=2 class=mspt>${money(balance / 100)}</td><td colspan=4><b>Equity:</b></td><td class=mspt>0.00</td></tr>\n`,
    '</table></div></body></html>\n',
  ].join('');
}
