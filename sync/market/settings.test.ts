/** Which sources the environment switches on. */
import { expect, test } from 'vitest';
import { marketSettings } from './settings.ts';

const read = (sources?: string, keys?: string) =>
  marketSettings({ OFFING_MARKET_SOURCES: sources, OFFING_MARKET_KEYS: keys });

test('no source is on unless it is named', () => {
  expect(read()).toEqual({ ok: true, value: [] });
  expect(read(' , ')).toEqual({ ok: true, value: [] });
});

test('sources are on in the order in which they are named, at their own address or another', () => {
  const settings = read(
    'binance, coingecko=https://proxy.example/gecko,fear-greed=http://127.0.0.1:8080',
    'coingecko=CG-1',
  );
  expect(
    settings.ok && settings.value.map(({ provider, url, key }) => [provider.name, url, key]),
  ).toEqual([
    ['binance', 'https://data-api.binance.vision', null],
    ['coingecko', 'https://proxy.example/gecko', 'CG-1'],
    ['fear-greed', 'http://127.0.0.1:8080', null],
  ]);
});

test.each([
  ['nowhere', undefined, /names nowhere; there are coingecko, binance/],
  ['twelvedata', undefined, /needs its key in OFFING_MARKET_KEYS/],
  ['binance=http://mirror.example', undefined, /must start with https/],
  ['binance=https://me:pass@mirror.example', undefined, /must start with https/],
  ['binance=ftp://x', undefined, /must start with https/],
  ['binance,binance', undefined, /twice/],
  ['binance', 'twelvedata=SECRET-KEY', /a key of a source that is not switched on/],
])('%s with the keys %s is refused in a sentence that tells no key', (sources, keys, sentence) => {
  const settings = read(sources, keys);
  if (settings.ok) throw new Error('it was taken');
  expect(settings.error.sentence).toMatch(sentence);
  expect(settings.error.sentence).not.toContain('SECRET-KEY');
});
