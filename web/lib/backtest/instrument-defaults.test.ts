import { expect, it } from 'vitest';
import { fromForm, toForm } from './settings-form.ts';
import { priceCurrency, suggestSettings } from './instrument-defaults.ts';

it.each(['EURUSD', 'eurusd', 'EUR/USD', 'USDJPY.pro', 'XAUUSD', 'GOOG', 'SP500', 'BTCUSD', ''])(
  'never suggests a free run for %s',
  (symbol) => {
    for (const hasAsk of [true, false]) {
      const { settings, reason } = suggestSettings({ symbol, hasAsk }, 'size risk 1%');
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

it('suggests the margin of a retail account for pairs, unless it would multiply the size', () => {
  const leverage = (symbol: string, source: string | null) => {
    const { settings, reason } = suggestSettings({ symbol, hasAsk: false }, source);
    expect(reason.includes('ESMA')).toBe(settings.margin < 1);
    return toForm(settings).leverage;
  };
  expect(leverage('USDJPY', 'size risk 1%')).toBe('30');
  expect(leverage('EUR/USD', 'size 0.5 lots')).toBe('30');
  expect(leverage('EURUSD', 'size 95% of equity')).toBe('1');
  expect(leverage('EURUSD', 'enter long when close > open')).toBe('1');
  expect(leverage('EURUSD', null)).toBe('1');
  expect(leverage('XAUUSD', 'size risk 1%')).toBe('1');
  expect(leverage('GOOG', 'size risk 1%')).toBe('1');
});
