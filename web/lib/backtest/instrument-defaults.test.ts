import { expect, it } from 'vitest';
import { fromForm, toForm } from './settings-form.ts';
import { priceCurrency, suggestSettings } from './instrument-defaults.ts';

it.each(['EURUSD', 'eurusd', 'EUR/USD', 'USDJPY.pro', 'XAUUSD', 'GOOG', 'SP500', 'BTCUSD', ''])(
  'never suggests a free run for %s',
  (symbol) => {
    for (const hasAsk of [true, false]) {
      const { settings, reason } = suggestSettings({ symbol, hasAsk });
      expect(settings.commission.rate).toBeGreaterThan(0);
      expect(settings.spread.rate > 0).toBe(!hasAsk);
      expect(reason).toMatch(/commission.*spread|commission.*slippage/);
      expect(fromForm(toForm(settings))).toEqual({ ok: true, value: settings });
    }
  },
);

it.each([
  ['USDJPY', 'JPY'],
  ['eur/usd', 'USD'],
  ['XAUUSD.pro', 'USD'],
  ['GOOG', null],
  ['SP500', null],
  ['EURUSDX', null],
  ['', null],
])('the prices of %j are in %s', (symbol, currency) => {
  expect(priceCurrency(symbol)).toBe(currency);
});

it('knows a currency pair by both its halves', () => {
  const size = (symbol: string) => suggestSettings({ symbol, hasAsk: false }).settings.contractSize;
  expect(size('EURUSD.m')).toBe(100_000);
  expect(size('EURABC')).toBe(1);
  expect(size('XAUUSD')).toBe(100);
  expect(size('EURUSDX')).toBe(1);
});
