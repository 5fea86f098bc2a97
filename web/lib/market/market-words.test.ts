/** Nothing is said that is not known: of sources that are off or down, of signals with few cases. */
import { expect, it } from 'vitest';
import type { SourceView } from '#core/market/market-views.ts';
import { signalRules } from '#core/signals/registry.ts';
import { barTimeText } from './bar-time.ts';
import { dollarText } from './dollar-text.ts';
import { listNames } from './list-names.ts';
import { moodOf } from './mood-words.ts';
import { confidenceDetail, confidenceText, reasonText } from './signal-words.ts';
import { sourceState, whyNothing } from './trouble-words.ts';
import { chosenOf, inQuestions, wantedKey, wantedOf } from './wanted-quotes.ts';

const source = (change: Partial<SourceView>): SourceView => ({
  ...{ name: 'coingecko', title: 'CoinGecko', homepage: '', kinds: ['overview'], isOn: true },
  ...{ breaker: 'closed', heardMs: 1, trouble: null, restsUntilMs: null, skewMs: null },
  ...change,
});

it('says who could tell a thing that is switched off, and what each lacks that is down', () => {
  const nothing = { there: null, without: {} };
  expect(whyNothing(nothing, 'overview', [source({ isOn: false })])).toBe(
    'Not switched on by whoever runs this server. CoinGecko can tell it.',
  );
  const down = { there: null, without: { coingecko: 'timeout' } } as const;
  expect(whyNothing(down, 'overview', [source({})])).toBe(
    'CoinGecko did not answer in time. Nothing is shown in its place; it is asked again by itself.',
  );
  expect(sourceState(source({ isOn: false }))).toBe('not switched on');
  expect(sourceState(source({ breaker: 'open' }))).toBe('left alone for a while');
});

it('shows a confidence with its cases and its span, and none of too few cases', () => {
  const past = {
    ...{ cases: 120, hits: 70, ratio: 70 / 120, lowRatio: 0.494, highRatio: 0.668, anyRatio: 0.52 },
  };
  expect(confidenceText(past)).toBe('58 %');
  expect(confidenceDetail(past)).toBe('70 of 120, 49–67 %; any bar 52 %');
  expect(confidenceText({ ...past, cases: 19, hits: 19, ratio: 1 })).toBe('too few (19)');
  expect(confidenceText({ ...past, cases: 0, ratio: null })).toBe('no case yet');
});

it('gives reasons with prices in the digits of the symbol, and a dash for what is not there', () => {
  const trend = signalRules.find(({ name }) => name === 'trend')!;
  const values = { fast: 1.10234, slow: NaN, force: 31.26 };
  expect(reasonText(trend, { side: 'up', values }, 4)).toBe(
    'Close above average 1.1023 of 20 bars, above – of 50; ADX 31.3.',
  );
});

it('writes sums with their size, coins of a small part of a cent, days by their date', () => {
  expect([3.1e12, 1.2e11, 2_874.5, 0.0000123, 0, null].map(dollarText)).toEqual([
    ...['$3.10 T', '$120 B', '$2,875', '$0.0000123', '$0.00', '–'],
  ]);
  // A day of a broker two hours ahead of UTC begins the evening before.
  expect(barTimeText(Date.UTC(2026, 2, 3, 22), 'D1', 'utc')).toBe('2026-03-04');
  expect(barTimeText(Date.UTC(2026, 2, 4), 'D1', 'utc')).toBe('2026-03-04');
  expect(barTimeText(Date.UTC(2026, 2, 3, 22), 'H1', 'utc')).toBe('2026-03-03 22:00');
  expect([0, 25, 26, 50, 76, 100].map(moodOf)).toEqual([
    ...['Extreme fear', 'Extreme fear', 'Fear', 'Neutral', 'Extreme greed', 'Extreme greed'],
  ]);
});

it('asks for at most so many symbols at once, and takes what it asked for alone', () => {
  const wanted = new Map([['a', Array.from({ length: 120 }, (_, k) => `S${k}`)]]);
  expect(wantedOf(wantedKey(wanted))).toEqual(wanted);
  const questions = inQuestions(wanted, 50);
  expect(questions.map(({ symbols }) => symbols.length)).toEqual([50, 50, 20]);
  expect(questions.flatMap(({ symbols }) => symbols)).toEqual(wanted.get('a'));
  const quote = { symbol: 'S1', bid: 1, ask: 2, timeMs: 3 };
  const take = chosenOf(wanted);
  expect(take([quote, { ...quote, symbol: 'other' }], 'a')).toEqual([['a', quote]]);
  expect(take([quote], 'b')).toEqual([]);
  expect(listNames('Watchlist', ['b', 'Watchlist', 'b'], ['a'])).toEqual(['Watchlist', 'a', 'b']);
});
