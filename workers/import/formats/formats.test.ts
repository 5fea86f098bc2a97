import { expect, test } from 'vitest';
import { plain } from '#core/market/made-bars.ts';
import { parseBars } from '../parse.ts';
import type { ParseOptions } from '../session.ts';

const encoder = new TextEncoder();

function parse(text: string | Uint8Array, fileName: string, options: ParseOptions = {}) {
  const bytes = typeof text === 'string' ? encoder.encode(text) : text;
  const parsed = parseBars(bytes, fileName, options);
  if (!parsed.ok) throw new Error(`${parsed.error.code}: ${parsed.error.detail}`);
  const { bars, ...rest } = parsed.value;
  return { ...rest, ...plain(bars), times: plain(bars).timesMs.map((ms) => new Date(ms).toJSON()) };
}

function utf16(text: string, mark: boolean): Uint8Array {
  const units = Uint16Array.from(`${mark ? '\ufeff' : ''}${text}`, (char) => char.charCodeAt(0));
  return new Uint8Array(units.buffer);
}

const mt5Hourly = [
  '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>',
  '2024.01.02\t00:00:00\t1.10427\t1.10433\t1.10400\t1.10412\t812\t0\t12',
  '2024.01.02\t01:00:00\t1.10412\t1.10502\t1.10399\t1.10480\t1523\t0\t8',
  '2024.01.02\t02:00:00\t1.10480\t1.10491\t1.10433\t1.10440\t1200\t0\t7',
].join('\r\n');

test('MetaTrader 5: server time, ticks counted where there is no volume, spread in points', () => {
  const bars = parse(mt5Hourly, 'EURUSD_H1_202401020000_202401020200.csv');
  expect(bars).toMatchObject({ format: 'mt5', symbol: 'EURUSD', timeframe: 'H1', rows: 3 });
  expect(bars.zone).toBe('America/New_York+07:00');
  expect(bars.times[0]).toBe('2024-01-01T22:00:00.000Z');
  expect(bars.bid.close).toEqual([1.10412, 1.1048, 1.1044]);
  expect(bars.volume).toEqual([812, 1523, 1200]);
  expect(bars.spreadPoints).toEqual([12, 8, 7]);
});

test('MetaTrader 5 writes UTF-16, with and without its mark', () => {
  const expected = parse(mt5Hourly, 'a.csv');
  for (const mark of [true, false]) {
    expect(parse(utf16(mt5Hourly, mark), 'a.csv')).toEqual(expected);
  }
});

test('MetaTrader 5 daily exports have no time: the date is the day, in every zone', () => {
  const text = [
    '<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>',
    '2024.01.02\t1.10427\t1.10433\t1.09400\t1.09412\t81200\t0\t0',
    '2024.01.03\t1.09412\t1.09502\t1.08399\t1.09180\t152300\t0\t0',
  ].join('\n');
  const bars = parse(text, 'EURUSD_Daily.csv', { zone: 'Asia/Tokyo' });
  expect(bars).toMatchObject({ timeframe: 'D1', zone: 'UTC' });
  expect(bars.times).toEqual(['2024-01-02T00:00:00.000Z', '2024-01-03T00:00:00.000Z']);
});

test('Dukascopy: its classic header in GMT', () => {
  const text = [
    'Gmt time,Open,High,Low,Close,Volume',
    '01.02.2020 00:00:00.000,1.10928,1.10930,1.10900,1.10911,1234.5600',
    '01.02.2020 00:15:00.000,1.10911,1.10920,1.10905,1.10919,99.1',
  ].join('\n');
  const bars = parse(text, 'EURUSD_Candlestick_15_M_BID_01.02.2020-01.02.2020.csv');
  expect(bars).toMatchObject({ format: 'dukascopy', symbol: 'EURUSD', timeframe: 'M15' });
  expect(bars.zone).toBe('UTC');
  expect(bars.times[1]).toBe('2020-02-01T00:15:00.000Z');
  expect(bars.volume).toEqual([1234.56, 99.1]);
});

test('Dukascopy: newer headers name their zone, local times state their offset', () => {
  const rows = '2024-07-01 12:00:00,1.1,1.2,1.0,1.15,5\n2024-07-01 13:00:00,1.1,1.2,1.0,1.15,5\n';
  const eet = parse(`Time (EET),Open,High,Low,Close,Volume \n${rows}`, 'a.csv');
  expect(eet).toMatchObject({ format: 'dukascopy', zone: 'EET' });
  expect(eet.times[0]).toBe('2024-07-01T09:00:00.000Z');
  const utc = parse(`UTC,Open,High,Low,Close,Volume\n${rows}`, 'a.csv');
  expect(utc.times[0]).toBe('2024-07-01T12:00:00.000Z');
  const local = parse(
    [
      'Local time,Open,High,Low,Close,Volume',
      '26.10.2024 23:00:00.000 GMT+0200,1.1,1.2,1.0,1.15,5',
      '27.10.2024 02:00:00.000 GMT+0100,1.1,1.2,1.0,1.15,5',
    ].join('\n'),
    'EURUSD_1_Hour.csv',
  );
  expect(local.times).toEqual(['2024-10-26T21:00:00.000Z', '2024-10-27T01:00:00.000Z']);
});

test('HistData: New York winter time all year', () => {
  const rows = [
    '20200702 170000;1.123780;1.123820;1.123760;1.123810;0',
    '20200702 170100;1.123810;1.123850;1.123800;1.123840;0',
  ];
  const bars = parse(rows.join('\n'), 'DAT_ASCII_EURUSD_M1_2020.csv');
  expect(bars).toMatchObject({ format: 'histdata', symbol: 'EURUSD', timeframe: 'M1' });
  expect(bars.times[0]).toBe('2020-07-02T22:00:00.000Z');
  expect(bars.bid.open).toEqual([1.12378, 1.12381]);
});

test('HistData for MetaTrader, and MetaTrader 4 itself, differ by their zone alone', () => {
  const rows = '2020.01.02,17:00,1.11,1.12,1.10,1.11,0\n2020.01.02,17:01,1.11,1.12,1.10,1.11,0\n';
  const histdata = parse(rows, 'DAT_MT_EURUSD_M1_2020.csv');
  expect(histdata).toMatchObject({ format: 'metatrader4', zone: '-05:00', timeframe: 'M1' });
  expect(histdata.times[0]).toBe('2020-01-02T22:00:00.000Z');
  const broker = parse(rows, 'EURUSD1.csv');
  expect(broker).toMatchObject({ format: 'metatrader4', zone: 'America/New_York+07:00' });
});

test('TradingView: epoch seconds or ISO with an offset, indicators ignored', () => {
  const epoch = parse(
    'time,open,high,low,close,MA,Volume\n1704067200,1,2,0.5,1.5,NaN,10\n1704070800,1.5,2,1,1,1.2,20\n',
    'OANDA_EURUSD, 60.csv',
  );
  expect(epoch).toMatchObject({ format: 'tradingview', symbol: 'EURUSD', timeframe: 'H1' });
  expect(epoch.times[0]).toBe('2024-01-01T00:00:00.000Z');
  expect(epoch.volume).toEqual([10, 20]);
  const iso = parse(
    'time,open,high,low,close\n2024-03-08T09:30:00-05:00,1,2,0.5,1.5\n2024-03-11T09:30:00-04:00,1,2,0.5,1.5\n',
    'BATS_AAPL, 1D_ab12c.csv',
  );
  expect(iso).toMatchObject({ symbol: 'AAPL', timeframe: 'D1', zone: 'UTC' });
  expect(iso.times).toEqual(['2024-03-08T14:30:00.000Z', '2024-03-11T13:30:00.000Z']);
});

test('Yahoo: the adjusted close is ignored and null rows are reported', () => {
  const text = [
    'Date,Open,High,Low,Close,Adj Close,Volume',
    '2024-01-02,10.5,11,10,10.75,10.70,100',
    '2024-01-03,null,null,null,null,null,null',
    '2024-01-04,10.75,11.25,10.5,11,10.95,200',
  ].join('\n');
  const bars = parse(text, 'AAPL.csv');
  expect(bars).toMatchObject({ format: 'yahoo', symbol: 'AAPL', timeframe: 'D1', rows: 3 });
  expect(bars.bid.close).toEqual([10.75, 11]);
  expect(bars.counts.unreadable).toBe(1);
  expect(bars.problems[0]).toMatchObject({ line: 3, kind: 'unreadable' });
});

test('bid and ask bars keep both sides', () => {
  const text = [
    'time_utc,bid_open,bid_high,bid_low,bid_close,ask_open,ask_high,ask_low,ask_close',
    '2024-01-02T00:00:00Z,1.1,1.2,1.0,1.15,1.1001,1.2001,1.0001,1.1501',
    '2024-01-02T01:00:00Z,1.1,1.2,1.0,1.15,1.1001,1.2001,1.0001,1.1501',
  ].join('\n');
  const bars = parse(text, 'EURUSD-H1-2024-bidask.csv');
  expect(bars).toMatchObject({ format: 'bid-ask', symbol: 'EURUSD', timeframe: 'H1', zone: 'UTC' });
  expect(bars.ask?.close).toEqual([1.1501, 1.1501]);
});

test('a table with an unnamed index is read by its other names', () => {
  const bars = parse(
    ',Open,High,Low,Close,Volume\n2017-04-19 09:00:00,1,2,1,2,3\n2017-04-19 10:00:00,1,2,1,2,3\n',
    'EURUSD.csv',
  );
  expect(bars).toMatchObject({ format: 'unnamed-index', symbol: 'EURUSD', timeframe: 'H1' });
});

test('other tables are read by the names of their columns, in any order and with commas', () => {
  const bars = parse(
    'Close;Low;High;Open;Vol.;Date;Time\n"1.234,5";1.200,25;1.300,00;1.250,00;7;03/04/2024;09:30\n' +
      '1.234,5;1.200,25;1.300,00;1.250,00;7;13/04/2024;09:30\n',
    'DAX.csv',
    { timeframe: 'H1' },
  );
  expect(bars).toMatchObject({ format: 'generic', symbol: 'DAX' });
  expect(bars.bid).toEqual({
    open: [1250, 1250],
    high: [1300, 1300],
    low: [1200.25, 1200.25],
    close: [1234.5, 1234.5],
  });
  expect(bars.times[0]).toBe('2024-04-03T09:30:00.000Z');
});

test('a table without a header is read by position, or as it is mapped', () => {
  const row = '1704067200000|5|6|4|5.5|9\n1704067260000|5|6|4|5.5|9\n';
  expect(parse(row, 'X.csv').bid.close).toEqual([5.5, 5.5]);
  const mapped = parse(row, 'X.csv', {
    format: 'generic',
    roles: ['time', 'close', 'high', 'low', 'open', 'ignore'],
  });
  expect(mapped.bid.open).toEqual([5.5, 5.5]);
  expect(mapped.volume).toBeNull();
});

test('files of ticks are refused where bars are needed', () => {
  const files = [
    'time_utc,bid,ask\n2014-05-08T00:00:08.715Z,1.39101,1.39114\n',
    'Gmt time,Ask,Bid,AskVolume,BidVolume\n01.01.2020 00:00:00.123,1.1,1.0,1,1\n',
    '<DATE>\t<TIME>\t<BID>\t<ASK>\t<LAST>\t<VOLUME>\t<FLAGS>\n2024.01.02\t00:00:00.1\t1\t1\t\t\t6\n',
    '20200102 170000123,1.1,1.2,0\n20200102 170000124,1.1,1.2,0\n',
  ];
  for (const text of files) {
    const parsed = parseBars(encoder.encode(text), 'ticks.csv');
    expect(parsed).toMatchObject({ ok: false, error: { code: 'import.tick-file' } });
  }
});

test('a chosen format that the file has not, or roles that make no bar, are refused', () => {
  const bytes = encoder.encode(mt5Hourly);
  const refused = { ok: false, error: { code: 'import.mapping-invalid' } };
  expect(parseBars(bytes, 'a.csv', { format: 'histdata' })).toMatchObject(refused);
  expect(parseBars(bytes, 'a.csv', { roles: ['time'] })).toMatchObject(refused);
  const roles = ['date', 'timeOfDay', 'open', 'open', 'low', 'close'] as const;
  const padded = [...roles, 'ignore', 'ignore', 'ignore'] as const;
  expect(parseBars(bytes, 'a.csv', { roles: padded })).toMatchObject(refused);
  expect(parseBars(bytes, 'a.csv', { zone: 'Mars/Base' })).toMatchObject(refused);
});
