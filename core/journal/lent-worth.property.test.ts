import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isClosed } from './excursion.ts';
import { lentWorth, needsWorth, worthTeller, type WorthTrip } from './lent-worth.ts';
import { madeDeal } from './made-deals.ts';
import { roundTripsOf } from './round-trips.ts';
import { moneyPerPrice, planOf, rMultiple } from './trip-figures.ts';

interface Made {
  readonly lots: number;
  /** In points. */
  readonly way: number;
  readonly side: 'buy' | 'sell';
}
const perLot = 100_000;
const point = 0.00001;

/** One after another, an hour each, with money in cents, as brokers book it. */
function tripsOf(all: readonly Made[], currency = 'USD'): readonly WorthTrip[] {
  const deals = all.flatMap(({ lots, way, side }, n) => {
    const shared = { position: `${n}`, volumeLots: lots, symbol: 'EURUSD' };
    const price = 1.1 + way * point * (side === 'buy' ? 1 : -1);
    const profit = Math.round(way * point * lots * perLot * 100) / 100;
    const out = side === 'buy' ? ('sell' as const) : ('buy' as const);
    return [
      madeDeal({ ...shared, deal: `${2 * n}`, kind: side, atMs: 7_200_000 * n, commission: -0.7 }),
      madeDeal({
        ...{ ...shared, deal: `${2 * n + 1}`, kind: out, entry: 'out', price, profit },
        atMs: 7_200_000 * n + 3_600_000,
      }),
    ];
  });
  return roundTripsOf(deals).trips.map((trip) => ({ ...trip, currency }));
}
const made = fc.record({
  lots: fc.integer({ min: 1, max: 500 }).map((hundredths) => hundredths / 100),
  way: fc.integer({ min: 100, max: 3_000 }),
  side: fc.constantFrom('buy' as const, 'sell' as const),
});
const scratch = made.map((each) => ({ ...each, way: 0 }));

it('a scratch is worth what others of its symbol are, by its own volume', () => {
  const some = fc.tuple(scratch, fc.array(made, { minLength: 1, maxLength: 20 }), fc.nat(20));
  fc.assert(
    fc.property(some, ([flat, others, at]) => {
      const trips = tripsOf(others.toSpliced(Math.min(at, others.length), 0, flat));
      const trip = trips.find(({ gross }) => gross === 0)!;
      if (!isClosed(trip)) throw new Error('A closed round trip was wanted.');
      expect(moneyPerPrice(trip)).toBeNull();
      const lent = lentWorth(trip, worthTeller(trips))!;
      expect(lent / (flat.lots * perLot)).toBeCloseTo(1, 1);
      const sl = 1.1 - 0.001 * (flat.side === 'buy' ? 1 : -1);
      const told = { ...trip, lentWorth: lent, plannedSl: sl };
      expect(rMultiple(told, planOf(told))).toBeCloseTo(-0.7 / (0.001 * lent), 8);
    }),
  );
});

it('is worth nothing that is known where none of its account, symbol and currency tells it', () => {
  const [trip] = tripsOf([{ lots: 0.1, way: 0, side: 'buy' }]);
  const others = tripsOf([{ lots: 0.1, way: 500, side: 'buy' }]).map((each) => ({
    ...{ ...each, id: 'other' },
  }));
  const lent = (change: Partial<WorthTrip>) =>
    lentWorth(trip!, worthTeller([trip!, ...others.map((each) => ({ ...each, ...change }))]));
  expect(lent({})).toBeCloseTo(10_000, 6);
  const strange = [
    { account: '2' },
    { symbol: 'EURUSD.r' },
    { currency: 'EUR' },
    { isWhole: false },
  ];
  expect(strange.map(lent)).toEqual([null, null, null, null]);
});

it('goes by those that were closed near it, and is not led astray by one of them', () => {
  const far = Array.from({ length: 30 }, () => ({ lots: 1, way: 400, side: 'buy' as const }));
  const trips = tripsOf([...far, { lots: 1, way: 0, side: 'buy' }]).map((trip, n) =>
    // The worth of a price changed on the way, and one result was mistyped.
    n < 20 ? { ...trip, gross: 2 * trip.gross } : n === 28 ? { ...trip, gross: 9_000 } : trip,
  );
  expect(lentWorth(trips.at(-1)!, worthTeller(trips))).toBeCloseTo(perLot, 4);
});

it('is asked for by scratches alone, not where result and prices contradict each other', () => {
  const [flat, won] = tripsOf([
    { lots: 1, way: 0, side: 'buy' },
    { lots: 1, way: 400, side: 'sell' },
  ]);
  expect([flat!, won!, { ...won!, gross: -5 }].map(needsWorth)).toEqual([true, false, false]);
  expect(needsWorth({ ...won!, gross: 0 })).toBe(true);
  expect(needsWorth({ ...flat!, closedMs: null })).toBe(false);
});

it('brings nothing where costs and result come to nothing, whatever a price is worth', () => {
  const [trip] = tripsOf([{ lots: 1, way: 0, side: 'buy' }]);
  const free = { ...trip!, net: 0, plannedSl: 1.09 };
  expect(rMultiple(free, planOf(free))).toBe(0);
});
