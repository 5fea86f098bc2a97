/** Lists as other journals and other languages write them. */
import { describe, expect, it } from 'vitest';
import { roundTripsOf } from '../../core/journal/round-trips.ts';
import type { StatementChoice } from '../../workers/journal/statements/statement.ts';
import { read } from './read-report.ts';

const list = (text: string, choice: StatementChoice = {}) =>
  read(text, { encoding: 'utf-8', ...choice });
const tripsOf = (text: string, choice: StatementChoice = {}) =>
  roundTripsOf(list(text, choice).deals).trips;
const plainHeader = 'Symbol,Type,Volume,Open Time,Open Price,Close Time,Close Price,Profit';

describe('a list of trades', () => {
  it('whose times state their zone is read as they say, whatever zone is chosen', () => {
    for (const [open, close] of [
      ['2018-01-10T10:00:00Z', '2018-01-10T12:00:00Z'],
      ['2018-01-10T12:00:00+02:00', '2018-01-10T07:00:00-05:00'],
    ]) {
      const text = `${plainHeader}\nEURUSD,buy,0.1,${open},1.2,${close},1.21,100\n`;
      expect(list(text, { zone: 'broker' }).timesAreUtc).toBe(true);
      expect(tripsOf(text, { zone: 'broker' })).toMatchObject([
        { openedMs: Date.UTC(2018, 0, 10, 10), closedMs: Date.UTC(2018, 0, 10, 12) },
      ]);
    }
    const wall = `${plainHeader}\nEURUSD,buy,0.1,2018-01-10 10:00,1.2,2018-01-10 12:00,1.21,100\n`;
    expect(list(wall).timesAreUtc).toBe(false);
  });

  it('knows that a trade closes after it opened where the clocks were put back between', () => {
    const row = (open: string, close: string) =>
      `${plainHeader}\nEURUSD,buy,0.1,2018-11-04 ${open},1.2,2018-11-04 ${close},1.21,100\n`;
    const zone = 'America/New_York';
    expect(tripsOf(row('01:50', '01:05'), { zone })).toMatchObject([
      { openedMs: Date.UTC(2018, 10, 4, 5, 50), closedMs: Date.UTC(2018, 10, 4, 6, 5), net: 100 },
    ]);
    const told = list(row('04:00', '03:30'), { zone });
    expect(told.deals).toEqual([]);
    expect(told.skippedByReason).toEqual({ 'It closes before it opens.': 1 });
  });

  it('leaves out the whole of a trade that opened or closed in an hour that never was', () => {
    for (const [open, close] of [
      ['01:50', '02:30'],
      ['02:30', '03:30'],
      ['02:10', '02:30'],
    ]) {
      const row = `EURUSD,buy,0.1,2018-03-11 ${open},1.2,2018-03-11 ${close},1.21,100`;
      const told = list(`${plainHeader}\n${row}\n`, { zone: 'America/New_York' });
      expect(told.deals).toEqual([]);
      expect(Object.values(told.skippedByReason)).toEqual([1]);
    }
  });

  it('of Tradervue has its longs, its shorts and its notes', () => {
    const text =
      'Open Datetime,Close Datetime,Symbol,Side,Volume,Exec Count,Entry Price,Exit Price,Gross P&L,Gross P&L (%),Shared,Notes,Tags,Net P&L,Commissions,Fees\n' +
      '2018-01-10 10:00:00,2018-01-10 12:00:00,AAPL,L,100,2,170.00,171.00,100.00,0.59,false,"First pullback",breakout,98.00,2.00,0.00\n' +
      '2018-01-11 10:00:00,2018-01-11 12:00:00,AAPL,S,100,2,171.00,172.00,-100.00,0.59,false,"Too early",fade,-102.00,2.00,0.00\n' +
      '2018-01-11 10:00:00,2018-01-11 12:00:00,AAPL,X,100,2,171.00,172.00,-100.00,0.59,false,"",,-102.00,2.00,0.00\n';
    expect(tripsOf(text).map(({ side, net }) => [side, net])).toEqual([
      ['buy', 98],
      ['sell', -102],
    ]);
    const told = list(text);
    expect(told.deals.flatMap(({ comment }) => comment || [])).toEqual([
      'First pullback',
      'Too early',
    ]);
    expect(told.skipped).toMatchObject([{ line: 4, reason: 'This line is no buy and no sell.' }]);
  });

  it('knows the words that brokers have for sides', () => {
    for (const [words, side] of [
      ['L Long B BOT BTO Buy', 'buy'],
      ['S Short SLD STO Sell', 'sell'],
    ] as const) {
      for (const word of words.split(' ')) {
        const row = `EURUSD,${word},1,2018-01-10 10:00,1.2,2018-01-10 12:00,1.21,100`;
        expect(tripsOf(`${plainHeader}\n${row}\n`)).toMatchObject([{ side }]);
      }
    }
  });

  it('with dates and times in columns of their own joins them', () => {
    for (const [a, b] of [
      ['Date', 'Time'],
      ['Time', 'Date'],
    ] as const) {
      const at = { Date: ['2018-01-10', '2018-01-11'], Time: ['10:00:00', '12:00:00'] };
      const text =
        `Symbol,Side,Quantity,Open ${a},Open ${b},Close ${a},Close ${b},Entry Price,Exit Price,Gross P&L,Commissions,Net P&L,Tags\n` +
        `AAPL,Long,100,${at[a][0]},${at[b][0]},${at[a][1]},${at[b][1]},170.00,171.00,100.00,2.00,98.00,breakout\n`;
      expect(tripsOf(text)).toMatchObject([
        { openedMs: Date.UTC(2018, 0, 10, 10), closedMs: Date.UTC(2018, 0, 11, 12), net: 98 },
      ]);
    }
  });

  it('finds its decimals in all figures where prices are whole', () => {
    const row = 'DE40;buy;0,125;2018-01-10 10:00;18500;2018-01-10 12:00;18520;-1,250';
    expect(tripsOf(`${plainHeader.replaceAll(',', ';')}\n${row}\n`)).toMatchObject([
      { volumeLots: 0.125, entryPrice: 18_500, gross: -1.25 },
    ]);
  });

  it('of which no line can be read says why of each', () => {
    const told = list(`${plainHeader}\nEURUSD,hold,1,2018-01-10 10:00,1.2,2018-01-10 12:00,1,1\n`);
    expect(told).toMatchObject({ deals: [], skipped: [{ line: 2 }] });
  });

  it('is understood in other languages', () => {
    for (const names of [
      'Ticket;Symbol;Richtung;Volumen;Eröffnungszeit;Eröffnungskurs;Schließzeit;Schlusskurs;Provision;Gewinn',
      'Tiket;Simbol;Arah;Ukuran;Waktu buka;Harga buka;Waktu tutup;Harga tutup;Komisi;Laba',
      'Billet;Symbole;Sens;Volume;Heure d’ouverture;Prix d’ouverture;Heure de clôture;Prix de clôture;Commission;Profit',
      'Ticket;Símbolo;Tipo;Volumen;Hora de apertura;Precio de apertura;Hora de cierre;Precio de cierre;Comisión;Beneficio',
      'Bilhete;Símbolo;Tipo;Volume;Hora de abertura;Preço de abertura;Hora de fechamento;Preço de fechamento;Comissão;Lucro',
      'Bilet;Symbol;Typ;Wolumen;Czas otwarcia;Cena otwarcia;Czas zamknięcia;Cena zamknięcia;Prowizja;Zysk',
    ]) {
      const row = '12;EURUSD;buy;0,10;10.01.2018 10:00;1,2;10.01.2018 12:00;1,21;-0,70;1.000,50';
      expect(tripsOf(`${names}\n${row}\n`), names).toMatchObject([
        { id: ' 12', gross: 1000.5, commission: -0.7, volumeLots: 0.1 },
      ]);
    }
  });

  it('that the journal saved itself comes back with the same money', () => {
    const text =
      'Account,Symbol,Side,Lots,Opened (UTC),Closed (UTC),In at,Out at,Stop,Target,Before costs,Commission,Fee,Swap,Result,Currency,R,Rating,Tags,Mistakes,Id,Planned stop,Planned target,Playbook,Criteria met,Comment,Notes\r\n' +
      'Mine,EURUSD,buy,0.3,2018-01-10T10:00:00.000Z,2018-01-11T12:00:00.000Z,1.2,1.21,1.19,1.23,90,-1.5,-0.5,0.25,88.25,USD,1.5,4,a; b,,Mine 7003,1.18,,,,said,my note\r\n';
    const told = list(text, { zone: 'broker' });
    expect(told).toMatchObject({ account: 'Mine', currency: 'USD', timesAreUtc: true });
    expect(roundTripsOf(told.deals).trips).toMatchObject([
      {
        ...{ openedMs: Date.UTC(2018, 0, 10, 10), closedMs: Date.UTC(2018, 0, 11, 12), net: 88.25 },
        ...{ gross: 90, commission: -1.5, fee: -0.5, swap: 0.25, sl: 1.19, tp: 1.23 },
      },
    ]);
    expect(told.deals.at(-1)?.comment).toBe('said');
  });

  it('in two currencies takes the first, and says which lines it left out', () => {
    const rows = ['USD', 'USD', 'EUR'].map(
      (currency, at) =>
        `EURUSD,buy,1,2018-01-1${at} 10:00,1.2,2018-01-1${at} 12:00,1.21,100,${currency}\n`,
    );
    const told = list(`${plainHeader},Currency\n${rows.join('')}`);
    expect(told).toMatchObject({ currency: 'USD', skipped: [{ line: 4 }] });
    expect(told.deals).toHaveLength(4);
  });
});
