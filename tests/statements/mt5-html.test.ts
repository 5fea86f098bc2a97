import { describe, expect, it } from 'vitest';
import { roundTripsOf } from '../../core/journal/round-trips.ts';
import { readStatement } from '../../workers/journal/statements/read-statement.ts';
import { bytesOf } from './mt5-html.ts';
import { read } from './read-report.ts';

const row = (...cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;
const page = (...rows: readonly string[]): string =>
  `<html><body><table>\n${rows.join('')}</table></body></html>`;
const owner =
  '<tr><th colspan=4>Account:</th><th>77 001</th><th>7700123 (USD, Broker-Live, real, Hedge)</th></tr>\n';

interface Line {
  readonly at: string;
  readonly deal: string;
  readonly kind: string;
  readonly way: string;
  readonly lots?: string;
  readonly price?: string;
  readonly profit?: string;
  readonly balance?: string;
  readonly comment?: string;
}
function deal({
  at,
  deal: number,
  kind,
  way,
  lots = '0.10',
  price = '1.10000',
  ...more
}: Line): string {
  const { profit = '0.00', balance = '', comment = '' } = more;
  return row(
    ...[`2024.03.0${at}`, number, 'EURUSD', kind, way, lots, price, `9${number}`],
    ...['-0.50', '0.00', '0.00', profit, balance, comment],
  );
}
const open = deal({ at: '4 10:00:00', deal: '11', kind: 'buy', way: 'in', balance: '999.50' });
const close = (more: Partial<Line>): string =>
  deal({ at: '4 11:00:00', deal: '12', kind: 'sell', way: 'out', profit: '20.00', ...more });

describe('a report of MetaTrader 5', () => {
  it('says from which account it is, and asks where it does not', () => {
    expect(read(page(owner, open))).toMatchObject({
      account: '7700123@Broker-Live',
      currency: 'USD',
    });
    const unnamed = page(open);
    expect(read(unnamed)).toMatchObject({ account: null, deals: [{ account: '' }] });
    expect(read(unnamed, { account: ' Mine ', currency: 'CHF' })).toMatchObject({
      ...{ account: 'Mine', currency: 'CHF', deals: [{ account: 'Mine' }] },
    });
  });

  it('gives each line that is not taken with its reason', () => {
    const text = page(
      ...[owner, open],
      close({ profit: '2O.00' }),
      close({ deal: '13', lots: '0' }),
      close({ deal: 'x14' }),
      row('', '', '', '', '', '', '', '', '-1.00', '0.00', '0.00', '20.00', '1 019.00', ''),
    );
    const { deals, skipped, skippedByReason } = read(text);
    expect(deals.map((each) => each.deal)).toEqual(['11']);
    expect(skipped.map(({ line }) => line)).toEqual([4, 5, 6]);
    expect(skippedByReason).toEqual({
      'A figure of this deal could not be understood.': 1,
      'This deal has no volume.': 1,
      'This line is no deal that could be understood.': 1,
    });
  });

  it('says by how much the deals miss its balance', () => {
    const text = page(owner, open, close({ balance: '1 019.00' }));
    expect(read(text)).toMatchObject({ startBalance: 1000, endBalance: 1019, balanceFault: null });
    const without = page(owner, open, close({ profit: '19.98', balance: '1 019.00' }));
    expect(read(without).balanceFault).toBe(0.02);
  });

  it('has its times in the zone of its server, across the ends of summer time', () => {
    const at = (zone: string) => read(page(owner, open), { zone }).deals[0]?.atMs;
    expect(at('broker')).toBe(Date.UTC(2024, 2, 4, 8));
    expect(at('+03:00')).toBe(Date.UTC(2024, 2, 4, 7));
    const change = page(
      owner,
      // 2024-03-10 02:30 in New York never was.
      open.replace('2024.03.04 10:00', '2024.03.10 02:30'),
      // 2024-11-03 01:30 was twice.
      open.replace('2024.03.04 10:00', '2024.11.03 01:30').replace('>11<', '>21<'),
      open.replace('2024.03.04 10:00', '2024.11.03 01:10').replace('>11<', '>22<'),
    );
    const back = read(change, { zone: 'America/New_York' });
    expect(back.deals.map(({ atMs }) => new Date(atMs).toISOString())).toEqual([
      '2024-11-03T05:30:00.000Z',
      '2024-11-03T06:10:00.000Z',
    ]);
    expect(back.skippedByReason).toEqual({ 'In this time zone the clocks skipped that hour.': 1 });
    const bytes = bytesOf(change);
    const wrong = readStatement({ name: '', bytes }, { zone: 'Nowhere/Else' });
    expect(wrong).toMatchObject({ ok: false, error: { code: 'journal.zone-unknown' } });
  });

  it('whose positions close each other has both closed', () => {
    const text = page(
      ...[owner, open],
      deal({ at: '4 10:30:00', deal: '15', kind: 'sell', way: 'in' }),
      close({ deal: '16', way: 'out by', comment: 'close #911 by #915' }),
      close({ deal: '17', kind: 'buy', way: 'out by', comment: 'close #915 by #911', profit: '0' }),
    );
    const { trips } = roundTripsOf(read(text).deals);
    expect(trips.map(({ side, net, closedMs }) => [side, net, closedMs !== null])).toEqual([
      ['buy', 19, true],
      ['sell', -1, true],
    ]);
  });

  it('whose closings could be of several positions is matched by what its positions tell', () => {
    const second = deal({ at: '4 10:20:00', deal: '18', kind: 'buy', way: 'in' });
    const position = (number: string, closed: string, profit: string): string =>
      row(
        ...['2024.03.04 10:00:00', number, 'EURUSD', 'buy', '0.10', '1.10000', '', '1.3'],
        ...[`2024.03.04 ${closed}`, '1.10000', '0.00', '0.00', profit],
      );
    const half = close({ at: '4 10:40:00', deal: '19', lots: '0.05', profit: '7.00' });
    const text = page(
      ...[owner, position('918', '11:00:00', '20.00'), open, second],
      // The oldest is 911; 918 ends at once, so that the part can only be of 911.
      ...[half, close({})],
    );
    const { deals } = read(text);
    expect(deals.map(({ position: of }) => of)).toEqual(['911', '918', '911', '918']);
    expect(deals.map(({ tp }) => tp)).toEqual([null, 1.3, null, null]);
    const alike = [position('911', '11:00:00', '5.00'), position('918', '11:00:00', '20.00')];
    const both = page(...[owner, ...alike, open, second, close({}), close({ profit: '5.00' })]);
    expect(read(both).deals.map(({ position: of }) => of)).toEqual(['911', '918', '918', '911']);
  });

  it('of its strategy tester belongs to the account that the trader names', () => {
    const line = (...cells: readonly string[]): string => row('2024.01.02 00:00:00', ...cells);
    const text = page(
      row('Bars:', '12345', 'Ticks:', '99999'),
      '<tr><th colspan=13><b>Orders</b></th></tr>',
      line(
        '2',
        'EURUSD',
        'buy',
        '1.00 / 1.00',
        '',
        '1.05',
        '1.30',
        '2024.01.02 00:00:00',
        'filled',
        '',
      ),
      '<tr><th colspan=13><b>Deals</b></th></tr>',
      line('1', '', 'balance', '', '', '', '', '0.00', '0.00', '10 000.00', '10 000.00', ''),
      line(
        '2',
        'EURUSD',
        'buy',
        'in',
        '1.00',
        '1.10',
        '2',
        '-3.00',
        '0.00',
        '0.00',
        '9 997.00',
        '',
      ),
      line(
        '3',
        'EURUSD',
        'sell',
        'out',
        '1.00',
        '1.2',
        '3',
        '0.0',
        '0.0',
        '- 100.00',
        '9 897.00',
        'end',
      ),
    );
    expect(read(text, { account: 'Test' })).toMatchObject({
      ...{ startBalance: 0, endBalance: 9897, balanceFault: null, skipped: [] },
      deals: [
        { account: 'Test', kind: 'balance', profit: 10_000 },
        { position: '2', sl: 1.05, tp: 1.3, commission: -3 },
        { position: '2', profit: -100, comment: 'end' },
      ],
    });
  });

  it('that says nothing of its mode is told to be netting where closings reach over openings', () => {
    const second = deal({ at: '4 10:20:00', deal: '18', kind: 'buy', way: 'in' });
    const both = close({ lots: '0.20' });
    expect(roundTripsOf(read(page(open, second, both)).deals).trips).toMatchObject([
      { volumeLots: 0.2, closedMs: Date.UTC(2024, 2, 4, 11), isWhole: true },
    ]);
    const each = [close({}), close({ deal: '19', at: '4 12:00:00' })];
    expect(roundTripsOf(read(page(open, second, ...each)).deals).trips).toMatchObject([
      { volumeLots: 0.1, isWhole: true },
      { volumeLots: 0.1, isWhole: true },
    ]);
  });

  it('may have been written anew with commas for decimals', () => {
    const text = page(owner, open, close({ balance: '1.019.00' })).replaceAll(
      /(\d)\.(\d{2,5}<)/g,
      '$1,$2',
    );
    expect(read(text)).toMatchObject({
      deals: [{ price: 1.1, volumeLots: 0.1, commission: -0.5 }, { profit: 20 }],
    });
  });

  it('is refused in words where it holds no deals', () => {
    for (const text of ['', 'Time,Open\n', '<html>', page(owner), '\u0000\u0001\u0002']) {
      const result = readStatement({ name: 'a.html', bytes: bytesOf(text, 'utf-8') }, {});
      expect(result).toMatchObject({ ok: false, error: { code: 'journal.format-unknown' } });
    }
  });
});
