import { expect, it } from 'vitest';
import type { JournalDay } from '#workers/journal/api.ts';
import { dayTone, netByCurrency, resultsByDay } from './day-results.ts';

const day = (name: string, currency: string | null, net: number, trips = 1): JournalDay => ({
  ...{ day: name, currency, net, trips },
});
const days = [
  day('2026-10-05', 'USD', 30),
  day('2026-10-05', 'EUR', -5, 9),
  day('2026-10-06', 'USD', -10),
  day('2026-10-07', null, 1),
  day('2026-11-02', 'EUR', 7),
];

it('adds up each currency for itself, whichever had most round trips on a day', () => {
  expect(netByCurrency(days, '2026-10')).toEqual([
    { currency: 'USD', net: 20 },
    { currency: 'EUR', net: -5 },
    { currency: null, net: 1 },
  ]);
  expect(netByCurrency(days, '2026')).toEqual([
    { currency: 'USD', net: 20 },
    { currency: 'EUR', net: 2 },
    { currency: null, net: 1 },
  ]);
  expect(netByCurrency(days, '2025')).toEqual([]);
});

it('calls a day won or lost where all of its currencies say so, else mixed', () => {
  const toneOn = (name: string) => dayTone(resultsByDay(days).get(name) ?? []);
  expect(toneOn('2026-10-05')).toBe('mixed');
  expect(toneOn('2026-10-06')).toBe('down');
  expect(dayTone([day('d', 'USD', 1), day('d', 'EUR', 0)])).toBe('up');
  expect(dayTone([day('d', 'USD', 0)])).toBeUndefined();
  expect(dayTone([])).toBeUndefined();
});
