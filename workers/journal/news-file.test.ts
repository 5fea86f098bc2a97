/** Economic calendars as sites and MetaTrader save them, and what is none. */
import { describe, expect, test } from 'vitest';
import { mostNewsLines, readNews } from './news-file.ts';

const read = (text: string, zone = 'UTC') => readNews(new TextEncoder().encode(text), zone);
function told(text: string, zone?: string) {
  const found = read(text, zone);
  if (!found.ok) throw new Error(found.error.detail);
  return found.value;
}
const utc = (ms: number) => new Date(ms).toISOString().slice(0, 16);

describe('a calendar', () => {
  test('with the day and the half of the day apart, the month first', () => {
    const { events, counts } = told(
      'Title,Country,Date,Time,Impact,Forecast,Previous\n' +
        'CPI m/m,USD,11-13-2026,1:30pm,High,0.2%,0.3%\n' +
        '"GDP, final",GBP,11-02-2026,12:05am,Medium,,\n',
    );
    expect(events.map(({ atMs }) => utc(atMs))).toEqual(['2026-11-13T13:30', '2026-11-02T00:05']);
    expect(events[1]).toMatchObject({ currency: 'GBP', impact: 'medium', title: 'GDP, final' });
    expect(counts).toEqual({ high: 1, medium: 1, low: 0 });
  });

  test('of MetaTrader, in the time of its server with its summer time', () => {
    const { events } = told(
      'Time;Currency;Importance;Name\n2026.07.01 15:30:00;USD;CALENDAR_IMPORTANCE_HIGH;NFP\n' +
        '2026.12.01 15:30:00;EUR;1;PMI\n',
      'Europe/Athens',
    );
    expect(events.map(({ atMs }) => utc(atMs))).toEqual(['2026-07-01T12:30', '2026-12-01T13:30']);
    expect(events.map(({ impact }) => impact)).toEqual(['high', 'low']);
  });

  test('that states its zone is believed, whatever zone was said', () => {
    const { events, statesZone } = told(
      'timestamp,country,impact,event\n2026-11-13T08:30:00-05:00,United States,***,CPI\n',
      'Asia/Tokyo',
    );
    expect([utc(events[0]!.atMs), events[0]!.currency, statesZone]).toEqual([
      ...['2026-11-13T13:30', 'USD', true],
    ]);
  });

  test('says of each line that it leaves out why', () => {
    const { events, skippedByReason } = told(
      'Date,Time,Currency,Impact,Event\n2026-11-13,All Day,USD,High,Bank holiday\n' +
        '2026-11-13,10:00,Mars,High,a\n,11:00,USD,purple,b\n,11:00,USD,High,\n,12:00,USD,High,ok\n',
    );
    expect(events.map(({ title }) => title)).toEqual(['ok']);
    expect(skippedByReason).toEqual({
      ...{ 'no-time': 1, 'no-currency': 1 },
      ...{ 'no-impact': 1, 'no-title': 1 },
    });
  });

  test('with more lines than are read says how many were not', () => {
    const head = 'Time,Currency,Impact,Event\n';
    const line = '2026-11-13 10:00,USD,High,ok\n';
    const { events, skippedByReason } = told(head + line.repeat(mostNewsLines + 1) + '\n \n');
    expect(events.length).toBe(mostNewsLines - 1);
    expect(skippedByReason).toEqual({ 'not-read': 2 });
    expect(told(head + line.repeat(mostNewsLines - 1)).skippedByReason).toEqual({});
  });

  test.each([
    ['', 'journal.news-unknown'],
    ['Date,Open,High,Low,Close\n2026-11-13,1,2,3,4\n', 'journal.news-unknown'],
    ['<html><script>alert(1)</script></html>', 'journal.news-unknown'],
    ['\u0000\u0001\u0002', 'journal.news-unknown'],
  ])('%j is none', (text, code) => {
    expect(read(text)).toMatchObject({ ok: false, error: { code } });
  });

  test('is read by a zone that exists, and is no larger than calendars are', () => {
    expect(read('Date,Currency,Impact,Event\n', 'Mars/Base')).toMatchObject({
      error: { code: 'journal.zone-unknown' },
    });
    expect(readNews(new Uint8Array(20_000_001), 'UTC')).toMatchObject({
      error: { code: 'journal.too-large' },
    });
  });
});
