import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareText } from '#core/compare-text.ts';
import { madeTrips } from '#core/journal/made-trips.ts';
import { tripOrders, type TripOrder } from '#core/journal/trip-orders.ts';
import type { JournalTrip } from './api.ts';
import { windowOf } from './trip-filter.ts';

const orders = Object.keys(tripOrders) as TripOrder[];

test('a window of any order is that part of all in the order, what is missing last', () => {
  const asked = fc.record({
    order: fc.constantFrom(...orders),
    descending: fc.boolean(),
    offset: fc.nat(70),
    limit: fc.nat(70),
  });
  fc.assert(
    fc.property(madeTrips, asked, (made, ask) => {
      const trips = made.map((trip): JournalTrip => ({ ...trip, met: [] }));
      const whole = trips.toSorted((a, b) => {
        const [one, other] = [tripOrders[ask.order](a), tripOrders[ask.order](b)];
        const later = b.openedMs - a.openedMs || (a.id < b.id ? -1 : 1);
        if (one === null || other === null) {
          return Number(one === null) - Number(other === null) || later;
        }
        const isText = typeof one === 'string' && typeof other === 'string';
        const rises = isText ? compareText(one, other) : Number(one) - Number(other);
        return (ask.descending ? -rises : rises) || later;
      });
      const ids = windowOf(trips, ask).map(({ id }) => id);
      const { offset, limit } = ask;
      expect(ids).toEqual(whole.slice(offset, offset + limit).map(({ id }) => id));
    }),
    { numRuns: 1_000 },
  );
});
