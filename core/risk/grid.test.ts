/** Steps of volumes and prices. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOnGrid, pipSize, snapLots, snapPrice } from './grid.ts';
import { madeInstrument } from './made-account.ts';
import { roundMoney } from './money.ts';

const step = fc.constantFrom(0.01, 0.1, 1, 0.001, 0.25, 0.00001, 5);
const hostile = [Number.NaN, Infinity, -Infinity, -1, 0, 1e308, 1e-320];

describe('a volume', () => {
  test('is snapped down to a step, by less than a step, and stays when snapped again', () => {
    fc.assert(
      fc.property(step, fc.double({ min: 0, max: 1e4, noNaN: true }), (volumeStepLots, lots) => {
        const snapped = snapLots(lots, { volumeStepLots });
        expect(snapLots(snapped, { volumeStepLots })).toBe(snapped);
        expect(snapped).toBeLessThanOrEqual(lots + volumeStepLots * 1e-5);
        expect(lots - snapped).toBeLessThan(volumeStepLots);
        expect(isOnGrid(snapped, volumeStepLots)).toBe(true);
      }),
    );
  });

  test('has no dust of adding up', () => {
    expect(snapLots(0.1 + 0.2, { volumeStepLots: 0.01 })).toBe(0.3);
    expect(snapLots(0.7 - 0.1 * 6, { volumeStepLots: 0.1 })).toBe(0.1);
    expect(snapLots(0.57, { volumeStepLots: 0.01 })).toBe(0.57);
    expect(snapLots(0.999, { volumeStepLots: 0.01 })).toBe(0.99);
  });

  test('that is none is snapped to nothing', () => {
    expect(hostile.map((lots) => snapLots(lots, { volumeStepLots: 0.01 }))).toEqual(
      hostile.map(() => 0),
    );
    for (const volumeStepLots of [0, -1, Number.NaN, Infinity]) {
      expect(snapLots(1, { volumeStepLots })).toBe(0);
    }
  });
});

describe('a price', () => {
  test('is snapped to the nearest tick, or to the next below or above', () => {
    const at = (price: number, towards?: 'down' | 'up') =>
      snapPrice(price, { tickSize: 0.25 }, towards);
    expect([at(1.3), at(1.3, 'up'), at(1.45, 'down'), at(1.25, 'up')]).toEqual([
      ...[1.25, 1.5, 1.25, 1.25],
    ]);
    expect(snapPrice(1.1 - 10 * 0.0001, { tickSize: 0.00001 })).toBe(1.099);
  });

  test('is on its grid whatever it was calculated from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5e8 }), (ticks) => {
        expect(isOnGrid(ticks * 0.00001, 0.00001)).toBe(true);
        expect(isOnGrid((ticks + 0.5) * 0.00001, 0.00001)).toBe(false);
      }),
    );
    for (const value of [Number.NaN, Infinity]) expect(isOnGrid(value, 0.1)).toBe(false);
  });
});

test('a pip is ten points where prices have the extra digit', () => {
  const of = (symbol: string, digits: number) =>
    pipSize({ ...madeInstrument, symbol, digits, pointSize: 10 ** -digits });
  expect(of('EURUSD', 5)).toBe(0.0001);
  expect(of('EURUSD', 4)).toBe(0.0001);
  expect(of('USDJPY.m', 3)).toBe(0.01);
  expect(of('XAUUSD', 2)).toBe(0.1);
  expect(of('US500', 2)).toBe(0.01);
});

test('money is rounded to its smallest unit, half away from zero', () => {
  expect(roundMoney(1.005, 'USD')).toBe(1.01);
  expect(roundMoney(-1.005, 'USD')).toBe(-1.01);
  expect(roundMoney(1234.5, 'JPY')).toBe(1235);
  expect(Object.is(roundMoney(-0.001, 'USD'), 0)).toBe(true);
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) => {
      expect(roundMoney(cents / 100, 'EUR')).toBe(cents / 100);
    }),
  );
});
