import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TripEdit } from '../collections/trip-edit.ts';
import { editedTrips, namedTrips, type EditedTrip, type EditedWith } from './edited-trips.ts';
import { dealKey, type JournalDeal } from './journal-deal.ts';
import { madeDeal } from './made-deals.ts';
import { roundTripsOf } from './round-trips.ts';

const cents = (most: number) => fc.integer({ min: -most, max: most }).map((n) => n / 100);
const step = fc.record({
  kind: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'),
  symbol: fc.constantFrom('EURUSD', 'EURUSD', 'XAUUSD'),
  account: fc.constantFrom('1@Demo', '1@Demo', '2@Demo'),
  hundredths: fc.integer({ min: 1, max: 30 }),
  price: fc.integer({ min: 100_000, max: 120_000 }).map((points) => points / 1e5),
  profit: cents(50_000),
  commission: cents(700),
  swap: cents(300),
});
/** Netting without positions: entries, partial closes, positions that turn. */
const deals = fc.array(step, { minLength: 2, maxLength: 40 }).map((steps) =>
  steps.map(({ hundredths, ...each }, at) =>
    madeDeal({
      ...each,
      ...{ deal: String(at + 1), entry: null, atMs: at, volumeLots: hundredths / 100 },
    }),
  ),
);
type Choice = readonly number[];
const choices = fc.array(fc.array(fc.nat(60), { minLength: 1, maxLength: 4 }), { maxLength: 12 });

const usingOf = (told: readonly JournalDeal[]): EditedWith => ({
  deals: (keys) => told.filter((deal) => keys.has(dealKey(deal))),
  currencyOf: () => 'USD',
});
const shown = (told: readonly JournalDeal[], edits: readonly TripEdit[]) =>
  editedTrips<EditedTrip>(roundTripsOf(told).trips, edits, usingOf(told), (trip) => trip);

/** Decisions as a trader makes them: each of what is shown after those before. */
function decide(told: readonly JournalDeal[], all: readonly Choice[]): readonly TripEdit[] {
  const edits: TripEdit[] = [];
  for (const [first = 0, ...others] of all) {
    const trips = shown(told, edits);
    const edit = { id: `e${edits.length}`, updatedMs: edits.length };
    if (others.length === 0) {
      const held = trips.flatMap((trip) => trip.deals.slice(1));
      const at = held[first % Math.max(1, held.length)];
      if (at) edits.push({ ...edit, kind: 'split', trips: [], at });
    } else {
      const chosen = [first, ...others].map((at) => trips[at % trips.length]!);
      const same = chosen.filter(
        ({ account, symbol, side }) =>
          account === chosen[0]!.account &&
          symbol === chosen[0]!.symbol &&
          side === chosen[0]!.side,
      );
      edits.push({ ...edit, kind: 'merge', trips: same.flatMap(namedTrips), at: null });
    }
  }
  return edits;
}
const decided = fc
  .tuple(deals, choices)
  .map(([told, all]) => ({ told, edits: decide(told, all) }))
  .filter(({ edits }) => edits.length > 0);

const exact = (amounts: readonly number[]) =>
  amounts.reduce((total, amount) => total + Math.round(amount * 1e8), 0);
const moneyOf = ({ profit, commission, fee, swap }: JournalDeal) => [profit, commission, fee, swap];
const lots = (trips: readonly EditedTrip[], of: 'volumeLots' | 'openLots') =>
  exact(trips.map((trip) => trip[of]));

describe('round trips merged and split by hand', () => {
  it('hold all of the money and volume of the deals, to the last digit', () => {
    let changed = 0;
    fc.assert(
      fc.property(decided, ({ told, edits }) => {
        const before = roundTripsOf(told).trips;
        const trips = shown(told, edits);
        expect(exact(trips.map(({ net }) => net))).toBe(exact(told.flatMap(moneyOf)));
        for (const of of ['volumeLots', 'openLots'] as const) {
          expect(lots(trips, of)).toBe(lots(before, of));
        }
        expect(new Set(trips.flatMap((trip) => trip.deals)).size).toBe(told.length);
        expect(new Set(trips.map(({ id }) => id)).size).toBe(trips.length);
        if (trips.length !== before.length) changed++;
      }),
    );
    expect(changed).toBeGreaterThan(10);
  });

  it('tell what of each deal is theirs: together its volume, and the result of the round trip', () => {
    let checked = 0;
    fc.assert(
      fc.property(decided, ({ told, edits }) => {
        const kinds = new Map(told.map((deal) => [dealKey(deal), deal.kind]));
        for (const { edited, deals: keys, ...trip } of shown(told, edits)) {
          if (!edited) continue;
          expect(edited.shares.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
          const entries = edited.shares.filter(({ key }) => kinds.get(key) === trip.side);
          const exits = edited.shares.filter((share) => !entries.includes(share));
          const volume = (shares: typeof entries) => exact(shares.map((each) => each.volumeLots));
          expect(volume(entries)).toBe(exact([trip.volumeLots]));
          expect(volume(exits)).toBe(exact([trip.volumeLots, -trip.openLots]));
          if (trip.closedMs === null) continue;
          checked++;
          expect(exact(edited.shares.map(({ profit }) => profit))).toBe(exact([trip.gross]));
        }
      }),
      // So many that some are closed, whatever is drawn.
      { numRuns: 400 },
    );
    expect(checked).toBeGreaterThan(10);
  });

  it('are the same in whatever order decisions and deals arrive, however often', () => {
    const shuffled = decided.chain(({ told, edits }) =>
      fc.record({
        ...{ told: fc.constant(told), edits: fc.constant(edits) },
        orderedEdits: fc.shuffledSubarray([...edits], { minLength: edits.length }),
        orderedDeals: fc.shuffledSubarray([...told], { minLength: told.length }),
        again: fc.subarray([...told]),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ told, edits, orderedEdits, orderedDeals, again }) => {
        expect(shown([...orderedDeals, ...again], orderedEdits)).toEqual(shown(told, edits));
      }),
    );
  });

  it('are as before when the last decision is taken back', () => {
    fc.assert(
      fc.property(decided, ({ told, edits }) => {
        const before = shown(told, edits.slice(0, -1));
        shown(told, edits);
        expect(shown(told, edits.slice(0, -1))).toEqual(before);
        expect(shown(told, [])).toEqual(roundTripsOf(told).trips);
      }),
    );
  });

  it('are what their deals say where some are gone, with the money of those that are left', () => {
    fc.assert(
      fc.property(decided, fc.nat(39), ({ told, edits }, gone) => {
        const left = told.filter((_, at) => at !== gone % told.length);
        const trips = shown(left, edits);
        expect(exact(trips.map(({ net }) => net))).toBe(exact(left.flatMap(moneyOf)));
      }),
    );
  });

  it('never close what they have not opened, and end when the last of it is closed', () => {
    fc.assert(
      fc.property(decided, ({ told, edits }) => {
        for (const trip of shown(told, edits)) {
          expect(trip.openLots).toBeGreaterThanOrEqual(0);
          expect(trip.openLots).toBeLessThanOrEqual(trip.volumeLots);
          expect(trip.closedMs === null).toBe(trip.openLots > 0);
          if (trip.closedMs !== null) expect(trip.closedMs).toBeGreaterThanOrEqual(trip.openedMs);
        }
      }),
    );
  });
});
