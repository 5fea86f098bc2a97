/** How large a position becomes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settingsArbitrary } from '../../tests/fuzz/run-case.ts';
import { defaultSettings } from './settings.ts';
import { entryUnits, type EntryQuote } from './sizing.ts';

const quote: EntryQuote = {
  side: 1,
  cash: 10_000,
  price: 100,
  fillPrice: 100,
  closingPrice: 100,
  stop: NaN,
};
const all = { kind: 'equity', fraction: 1 } as const;

describe('units of an entry', () => {
  test('never cost more than there is', () => {
    const price = fc.double({ min: 0.01, max: 50_000, noNaN: true });
    fc.assert(
      fc.property(settingsArbitrary, price, price, (settings, cash, at) => {
        const units = entryUnits(settings, all, { ...quote, cash, price: at, fillPrice: at });
        const { fixed, rate } = settings.commission;
        const cost = units * (at + at * rate) * settings.margin + (units > 0 ? fixed : 0);
        expect(cost).toBeLessThanOrEqual(cash * (1 + 1e-12));
      }),
    );
  });

  test('of all equity at an exact multiple are one less than the multiple', () => {
    expect(entryUnits(defaultSettings, all, quote)).toBe(99);
  });

  test('beyond all equity are the same as all equity', () => {
    const half = entryUnits(defaultSettings, { kind: 'equity', fraction: 0.5 }, quote);
    const double = entryUnits(defaultSettings, { kind: 'equity', fraction: 2 }, quote);
    expect([half, double]).toEqual([50, 99]);
  });

  test('grow with leverage', () => {
    expect(entryUnits({ ...defaultSettings, margin: 0.02 }, all, quote)).toBe(4999);
  });

  test('in lots are lots times the contract size, or none when they cost too much', () => {
    const settings = { ...defaultSettings, contractSize: 50 };
    expect(entryUnits(settings, { kind: 'lots', lots: 1 }, quote)).toBe(50);
    expect(entryUnits(settings, { kind: 'lots', lots: 3 }, quote)).toBe(0);
  });

  test('by risk lose that part of the money at the stop, commissions included', () => {
    const settings = {
      ...defaultSettings,
      units: 'fractional',
      commission: { ...defaultSettings.commission, fixed: 1, rate: 0.001 },
    } as const;
    const units = entryUnits(settings, { kind: 'risk', fraction: 0.01 }, { ...quote, stop: 95 });
    const loss = units * 5 + 2 + units * (100 + 95) * 0.001;
    expect(loss).toBeCloseTo(100, 9);
  });

  test('by risk stop where the money ends', () => {
    const risk = { kind: 'risk', fraction: 0.5 } as const;
    expect(entryUnits(defaultSettings, risk, { ...quote, stop: 99 })).toBe(99);
  });

  test('by risk are none without a stop or beyond it', () => {
    const risk = { kind: 'risk', fraction: 0.01 } as const;
    expect(entryUnits(defaultSettings, risk, quote)).toBe(0);
    expect(entryUnits(defaultSettings, risk, { ...quote, stop: 100 })).toBe(0);
    expect(entryUnits(defaultSettings, risk, { ...quote, side: -1, stop: 99 })).toBe(0);
  });
});
