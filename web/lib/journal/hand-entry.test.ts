import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { HandTrip } from '#core/collections/hand-trip.ts';
import {
  handFault,
  handTripOf,
  profitDoubt,
  startOf,
  suggestedProfit,
  type HandEntry,
} from './hand-entry.ts';

const nowMs = Date.UTC(2026, 10, 27, 12, 34, 56, 789);
const times = 'zone:Europe/Berlin';
const trip: HandTrip = {
  ...{ id: 'h', account: 'Mine', currency: 'EUR', symbol: 'DAX', side: 'sell', volumeLots: 0.5 },
  ...{ openedMs: nowMs - 7_777_777, closedMs: nowMs, entryPrice: 100, exitPrice: 96, sl: 102 },
  ...{ profit: 2, costs: -0.4, updatedMs: 1 },
};
const { id: _, updatedMs: __, ...row } = trip;

it('gives back untouched what is changed, to the millisecond', () => {
  for (const each of [trip, { ...trip, closedMs: null, exitPrice: null, profit: 0, sl: null }]) {
    const entry = startOf(each, null, 0, times);
    expect(handFault(entry, times)).toBeNull();
    expect({ ...each, ...handTripOf(entry, each, times) }).toEqual(each);
  }
  const later = { ...startOf(trip, null, 0, times), closed: '2026-11-27T14:00' };
  expect(handTripOf(later, trip, times)).toEqual({ ...row, closedMs: Date.UTC(2026, 10, 27, 13) });
});

it('keeps a target, and leaves it out where there never was one', () => {
  const entry = startOf({ ...trip, tp: 95 }, null, 0, times);
  expect(entry.tp).toBe(95);
  expect(handTripOf({ ...entry, tp: null }, { ...trip, tp: 95 }, times).tp).toBeNull();
  expect('tp' in handTripOf(startOf(trip, null, 0, times), trip, times)).toBe(false);
});

it('takes costs below 0, which are paid to the trader', () => {
  const entry = { ...startOf(trip, null, 0, times), costs: -1.5 };
  expect(handFault(entry, times)).toBeNull();
  expect(handTripOf(entry, trip, times).costs).toBe(1.5);
});

const sides = fc.constantFrom('buy' as const, 'sell' as const);
const prices = fc.integer({ min: 1, max: 20_000 }).map((points) => points / 100);
const filled = fc
  .record({
    side: sides,
    entryPrice: prices,
    exitPrice: prices,
    lots: fc.integer({ min: 1, max: 900 }),
  })
  .map(({ lots, ...rest }) => ({
    ...startOf(trip, null, 0, times),
    ...rest,
    volumeLots: lots / 100,
  }));

it('works the result out of prices, volume and what a price is worth, and never doubts its own', () => {
  fc.assert(
    fc.property(filled, fc.integer({ min: 1, max: 1_000 }), (entry, perLot) => {
      const profit = suggestedProfit(entry, perLot)!;
      const way = entry.exitPrice - entry.entryPrice;
      const exact = way * (entry.side === 'buy' ? 1 : -1) * entry.volumeLots * perLot;
      expect(Math.abs(profit - exact)).toBeLessThanOrEqual(0.005 + 1e-6);
      expect(profitDoubt({ ...entry, profit })).toBeNull();
      if (Math.abs(profit) < 0.01) return;
      expect(profitDoubt({ ...entry, profit: -profit })).toContain(profit > 0 ? 'earns' : 'loses');
    }),
  );
});

it('suggests nothing where a price, the volume or the worth is missing', () => {
  const entry = startOf(trip, null, 0, times);
  expect(suggestedProfit(entry, null)).toBeNull();
  for (const field of ['entryPrice', 'exitPrice', 'volumeLots'] as const) {
    expect(suggestedProfit({ ...entry, [field]: null }, 1)).toBeNull();
    expect(profitDoubt({ ...entry, [field]: null, profit: 5 })).toBeNull();
  }
});

it('begins with the account, symbol and volume of the time before, and the present', () => {
  const entry = startOf(null, trip, nowMs, times);
  expect(entry).toMatchObject({ account: 'Mine', symbol: 'DAX', volumeLots: 0.5, profit: null });
  expect([entry.opened, entry.closed]).toEqual(['2026-11-27T12:34', '2026-11-27T13:34']);
});

it.each<[string, Partial<HandEntry>]>([
  ['symbol', { symbol: ' ' }],
  ['volume', { volumeLots: 0 }],
  ['opening', { entryPrice: null }],
  ['stop', { sl: -1 }],
  ['target', { tp: 0 }],
  ['opened', { opened: '' }],
  ['account', { account: '' }],
  ['after', { closed: '2026-11-01T10:00' }],
  ['closing', { exitPrice: null }],
  ['brought', { profit: null }],
  ['closed', { closed: '' }],
  ['closed', { closed: '', profit: null }],
])('says in words what is missing: the %s', (word, wrong) => {
  expect(handFault({ ...startOf(trip, null, 0, times), ...wrong }, times)).toContain(word);
});
