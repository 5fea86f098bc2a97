import { expect, it } from 'vitest';
import type { HandTrip } from '#core/collections/hand-trip.ts';
import { handFault, handTripOf, startOf, type HandEntry } from './hand-entry.ts';

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
  ['Costs', { costs: -1 }],
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
