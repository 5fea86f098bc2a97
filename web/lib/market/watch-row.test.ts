/** What a line of the watchlist says of a symbol, by who tells its prices. */
import { expect, it } from 'vitest';
import type { Instrument } from '#core/broker/instrument.ts';
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { MarketQuote } from '#core/market/market-views.ts';
import { DAY_MS } from '#core/market/timeframe.ts';
import { placeOf, type Broker } from './price-place.ts';
import { watchRow, type KnownDays } from './watch-row.ts';

const nowMs = Date.UTC(2026, 2, 4, 12);
const item = { id: 'L EURUSD', list: 'L', symbol: 'EURUSD', order: 'a0', note: '', addedMs: 0 };
const instrument = { symbol: 'EURUSD', digits: 5, pointSize: 0.00001 } as Instrument;
const broker = (name: string, options: Partial<Broker> = {}): Broker => ({
  ...{ accountId: name, name, isSimulated: false, isOnline: true },
  instruments: new Map([['EURUSD', instrument]]),
  ...options,
});
const stored = (timeframe: string, lastMs: number) =>
  ({ id: `EURUSD.${timeframe}`, symbol: 'EURUSD', timeframe, lastMs, digits: 5 }) as PriceSeries;
const days: KnownDays = {
  path: 'M0 0',
  days: {
    timesMs: [Date.UTC(2026, 2, 3), Date.UTC(2026, 2, 4)],
    ...{ highs: [1.2, 1.2], lows: [1, 1], closes: [1.1, 1.15], digits: 5, isLastOpen: true },
  },
};
const nowhere = { brokers: [], providers: new Map<string, string>(), series: [], preferred: null };

it('takes prices from the chosen account, a real one, paper, a source, and last what is stored', () => {
  const paper = broker('paper', { isSimulated: true });
  const real = broker('real');
  const away = broker('away', { isOnline: false });
  const all = {
    brokers: [away, paper, real],
    providers: new Map([['EURUSD', 'twelvedata']]),
    series: [stored('D1', 1)],
    preferred: null,
  };
  const who = (known: Parameters<typeof placeOf>[1]) => {
    const place = placeOf('EURUSD', known);
    return place?.kind === 'account' ? place.broker.name : (place?.kind ?? null);
  };
  expect(who(all)).toBe('real');
  expect(who({ ...all, preferred: 'paper' })).toBe('paper');
  expect(who({ ...all, brokers: [away, paper] })).toBe('paper');
  expect(who({ ...all, brokers: [] })).toBe('provider');
  expect(who({ ...all, brokers: [], providers: new Map() })).toBe('stored');
  expect(who(nowhere)).toBeNull();
  const series = [stored('M1', 5), stored('H4', 5), stored('D1', 5), stored('MN1', 5)];
  expect(placeOf('EURUSD', { ...nowhere, series })).toMatchObject({ series: { timeframe: 'D1' } });
});

it('tells spread in points and change of the bid, and marks a price that is older than 15 seconds', () => {
  const place = placeOf('EURUSD', { ...nowhere, brokers: [broker('b')] });
  const facts = { place, told: undefined, days, nowMs };
  const quote = { symbol: 'EURUSD', bid: 1.155, ask: 1.15508, timeMs: nowMs - 15_000 };
  const row = watchRow(item, { ...facts, quote });
  expect(row).toMatchObject({ spreadPoints: 8, digits: 5, ageMs: 15_000, isStale: false });
  expect(row.day?.changeRatio).toBeCloseTo(0.05, 12);
  const older = { ...quote, timeMs: nowMs - 15_001 };
  expect(watchRow(item, { ...facts, quote: older }).isStale).toBe(true);
});

it('shows no line of days that ended long ago beside a price of now', () => {
  const place = placeOf('EURUSD', { ...nowhere, providers: new Map([['EURUSD', 'x']]) });
  const told: MarketQuote = {
    ...{ symbol: 'EURUSD', bid: null, ask: null, last: 1.1625, timeMs: nowMs },
    ...{ source: 'x', heardMs: nowMs, isStale: false },
  };
  const facts = { place, quote: undefined, days, nowMs };
  expect(watchRow(item, { ...facts, told }).days).toBe(days);
  const later = { ...told, timeMs: nowMs + 9 * DAY_MS };
  const row = watchRow(item, { ...facts, told: later, nowMs: later.timeMs });
  expect(row).toMatchObject({ days: null, day: { last: 1.1625, change: null } });
  expect(watchRow(item, { ...facts, told: { ...told, isStale: true } }).isStale).toBe(true);
});

it('tells of a stored symbol its last close alone, and of an unknown one nothing', () => {
  const place = placeOf('EURUSD', { ...nowhere, series: [stored('D1', 5)] });
  const none = { quote: undefined, told: undefined, nowMs };
  const row = watchRow(item, { ...none, place, days });
  expect(row).toMatchObject({ bid: null, ask: null, ageMs: null, isStale: false });
  expect(row.day?.last).toBe(1.15);
  expect(watchRow(item, { ...none, place: null, days: null }).day).toBeNull();
});

it('shows what an account told last, with its time, where nobody tells a price now', () => {
  const kept = {
    ...{ bid: 1.155, ask: 1.15508, digits: 5, pointSize: 1e-5, from: 'Practice' },
    timeMs: nowMs - 3_600_000,
  };
  const facts = { quote: undefined, told: undefined, days: null, kept, nowMs };
  const shown = { bid: 1.155, ask: 1.15508, spreadPoints: 8, digits: 5, saidMs: kept.timeMs };
  const away = watchRow(item, { ...facts, place: null });
  expect(away).toMatchObject({ ...shown, isStale: true, keptFrom: 'Practice', ageMs: 3_600_000 });
  const place = placeOf('EURUSD', { ...nowhere, brokers: [broker('b')] });
  expect(watchRow(item, { ...facts, place })).toMatchObject({ ...shown, isStale: true });
  // Whatever is told now goes before it, and so does another source.
  const quote = { symbol: 'EURUSD', bid: 1.2, ask: 1.3, timeMs: nowMs };
  expect(watchRow(item, { ...facts, place, quote })).toMatchObject({ bid: 1.2, keptFrom: null });
  const series = placeOf('EURUSD', { ...nowhere, series: [stored('D1', 1)] });
  expect(watchRow(item, { ...facts, place: series })).toMatchObject({ bid: null, keptFrom: null });
});
