import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { HandTrip } from '../collections/hand-trip.ts';
import { dealsOfHand, handIdOf, handIdsOf, tripIdOfHand } from './hand-deals.ts';
import { roundTripsOf } from './round-trips.ts';

const money = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100);
const price = fc.integer({ min: 1, max: 10_000_000 }).map((points) => points / 1000);
const entered: fc.Arbitrary<HandTrip> = fc
  .record({
    id: fc.uuid(),
    account: fc.constantFrom('Mine', 'With a space', '1@Demo'),
    currency: fc.constantFrom(null, 'EUR'),
    symbol: fc.constantFrom('EURUSD', 'DAX'),
    side: fc.constantFrom('buy', 'sell'),
    volumeLots: fc.integer({ min: 1, max: 500 }).map((lots) => lots / 100),
    openedMs: fc.integer({ min: 0, max: 1e12 }),
    heldMs: fc.option(fc.integer({ min: 0, max: 1e9 })),
    entryPrice: price,
    exitPrice: price,
    ...{ sl: fc.option(price), tp: fc.option(price) },
    profit: money,
    costs: fc.integer({ min: -9_000, max: 900 }).map((cents) => cents / 100),
    updatedMs: fc.constant(1),
  })
  .map(({ heldMs, exitPrice, profit, ...rest }) =>
    heldMs === null
      ? { ...rest, closedMs: null, exitPrice: null, profit: 0 }
      : { ...rest, closedMs: rest.openedMs + heldMs, exitPrice, profit },
  );

it('shows what was entered as the round trip that it is, also when both moments are one', () => {
  fc.assert(
    fc.property(entered, (hand) => {
      const { trips, operations } = roundTripsOf(dealsOfHand(hand));
      const { account, symbol, side, volumeLots, openedMs, closedMs, entryPrice, sl } = hand;
      expect(trips).toMatchObject([
        { account, symbol, side, volumeLots, openedMs, closedMs, sl, gross: hand.profit },
      ]);
      expect(trips[0]).toMatchObject({ isWhole: true, commission: hand.costs });
      expect(trips[0]?.entryPrice).toBeCloseTo(entryPrice, 8);
      expect(trips[0]?.net).toBeCloseTo(hand.profit + hand.costs, 8);
      expect(trips[0]?.tp).toBe(hand.tp);
      expect(handIdOf(trips[0]!.id)).toBe(hand.id);
      expect(trips[0]!.id).toBe(tripIdOfHand(hand));
      expect(operations).toEqual([]);
    }),
  );
});

it('knows those of statements from them', () => {
  expect(handIdOf('1@Demo 4711')).toBeNull();
});

it('knows all that one was merged of, unless a statement told some of it', () => {
  expect(handIdsOf(['Mine hand:a', 'Mine hand:b'])).toEqual(['a', 'b']);
  expect(handIdsOf(['Mine hand:a', 'Mine 4711'])).toEqual([]);
});
