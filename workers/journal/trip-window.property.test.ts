import fc from 'fast-check';
import { expect, test } from 'vitest';
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
        const isBefore = one !== null && (other === null || one < other);
        const isAfter = other !== null && (one === null || one > other);
        if (one === null || other === null) {
          if (isBefore) return -1;
          if (isAfter) return 1;
        } else if (isBefore || isAfter) return isBefore === ask.descending ? 1 : -1;
        return b.openedMs - a.openedMs || (a.id < b.id ? -1 : 1);
      });
      const ids = windowOf(trips, ask).map(({ id }) => id);
      const { offset, limit } = ask;
      expect(ids).toEqual(whole.slice(offset, offset + limit).map(({ id }) => id));
    }),
    { numRuns: 1_000 },
  );
});
