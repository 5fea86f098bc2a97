/** The result of a round trip while it is replayed: nothing before, what it came to at the end. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standingAt, type DealtPart } from './replayed-trip.ts';
import type { RoundTrip } from './round-trip.ts';

const worth = 100_000;
/** Opened in parts at one price each, closed in parts: 100,000 units of money a lot and price. */
const made = fc
  .record({
    side: fc.constantFrom('buy' as const, 'sell' as const),
    entries: fc.array(fc.record({ lots: fc.integer({ min: 1, max: 9 }), points: fc.nat(400) }), {
      ...{ minLength: 1, maxLength: 4 },
    }),
    cuts: fc.array(fc.nat(400), { minLength: 1, maxLength: 4 }),
  })
  .map(({ side, entries, cuts }) => {
    const way = side === 'buy' ? 1 : -1;
    const priceOf = (points: number) => 1 + points / 10_000;
    const lots = entries.reduce((sum, each) => sum + each.lots, 0);
    const entry = entries.reduce((sum, e) => sum + e.lots * priceOf(e.points), 0) / lots;
    const opened = entries.map((each, at): DealtPart => ({
      ...{ atMs: 1_000 + at, isOpening: true, profit: 0 },
      ...{ volumeLots: each.lots / 100, price: priceOf(each.points) },
    }));
    const each = lots / cuts.length / 100;
    const closed = cuts.map((points, at): DealtPart => {
      const price = priceOf(points);
      const profit = (price - entry) * way * each * worth;
      return { atMs: 2_000 + at, isOpening: false, volumeLots: each, price, profit };
    });
    const exit = closed.reduce((sum, { price }) => sum + price, 0) / cuts.length;
    const gross = closed.reduce((sum, { profit }) => sum + profit, 0);
    const trip: RoundTrip = {
      ...{ id: 'a 1', account: 'a', symbol: 'EURUSD', isWhole: true, deals: [], openLots: 0 },
      ...{ commission: 0, fee: 0, swap: 0, tp: null },
      ...{ side, openedMs: 1_000, closedMs: closed.at(-1)!.atMs, volumeLots: lots / 100 },
      ...{ entryPrice: entry, exitPrice: exit, gross, net: gross, sl: entry - way * 0.01 },
    };
    return { trip, deals: [...opened, ...closed], gross, way, entry, lots: lots / 100 };
  });

describe('a replayed round trip', () => {
  test('has nothing before its first deal and what it came to after its last', () => {
    fc.assert(
      fc.property(made, ({ trip, deals, gross }) => {
        const before = standingAt(trip, deals, { ms: 999, price: 1.02 });
        expect(before).toMatchObject({ phase: 'before', openLots: 0, money: null });
        const after = standingAt(trip, deals, { ms: 9_999, price: 3 });
        expect(after).toMatchObject({ phase: 'closed', openLots: 0, way: null });
        expect(after.money).toBeCloseTo(gross, 6);
      }),
    );
  });

  test('earns with the price while all of it is open', () => {
    fc.assert(
      fc.property(made, fc.integer({ min: 9_000, max: 11_000 }), (each, tenths) => {
        const { trip, deals, gross, way, entry, lots } = each;
        // Without any way there is nothing to tell the worth of a price by.
        fc.pre(Math.abs(trip.exitPrice! - entry) > 1e-6 && Math.abs(gross) > 1e-6);
        const price = tenths / 10_000;
        const open = standingAt(trip, deals, { ms: 1_500, price });
        expect(open.phase).toBe('open');
        expect(open.openLots).toBeCloseTo(lots, 9);
        expect(open.money).toBeCloseTo((price - entry) * way * lots * worth, 2);
        expect(open.r).toBeCloseTo(((price - entry) * way) / 0.01, 5);
      }),
    );
  });

  test('has what was closed so far, with what the rest would bring', () => {
    fc.assert(
      fc.property(made, ({ trip, deals, gross, way, entry, lots }) => {
        const closings = deals.filter(({ isOpening }) => !isOpening);
        fc.pre(Math.abs(trip.exitPrice! - entry) > 1e-6 && Math.abs(gross) > 1e-6);
        fc.pre(closings.length > 1);
        const [first] = closings;
        const half = standingAt(trip, deals, { ms: first!.atMs, price: 1.03 });
        const rest = (1.03 - entry) * way * (lots - first!.volumeLots) * worth;
        expect(half.phase).toBe('open');
        expect(half.money).toBeCloseTo(first!.profit + rest, 2);
      }),
    );
  });

  test('counts from the entry of what is open once all before it was closed', () => {
    fc.assert(
      fc.property(made, made, fc.integer({ min: 9_000, max: 11_000 }), (one, other, tenths) => {
        fc.pre(one.way === other.way && Math.abs(one.gross) > 1e-6);
        const later = other.deals.map((deal) => ({ ...deal, atMs: deal.atMs + 5_000 }));
        const lots = one.lots + other.lots;
        const mean = (a: number, b: number) => (a * one.lots + b * other.lots) / lots;
        const trip = {
          ...{ ...one.trip, closedMs: later.at(-1)!.atMs, volumeLots: lots },
          entryPrice: mean(one.entry, other.entry),
          exitPrice: mean(one.trip.exitPrice!, other.trip.exitPrice!),
          gross: one.gross + other.gross,
        };
        fc.pre(Math.abs(trip.exitPrice - trip.entryPrice) > 1e-6 && Math.abs(trip.gross) > 1e-6);
        const price = tenths / 10_000;
        const open = standingAt(trip, [...one.deals, ...later], { ms: 6_500, price });
        const way = (price - other.entry) * other.way;
        expect(open.way).toBeCloseTo(way, 9);
        expect(open.money).toBeCloseTo(one.gross + way * other.lots * worth, 2);
      }),
    );
  });

  test('ends at its own result where it came to other than was booked', () => {
    fc.assert(
      fc.property(made, ({ trip, deals, gross }) => {
        const other = { ...trip, gross: gross + 50 };
        expect(standingAt(other, deals, { ms: 9_999, price: 3 }).money).toBe(other.gross);
      }),
    );
  });

  test('ends at its own result where its deals belong to others too', () => {
    const lots = fc.integer({ min: 1, max: 9 }).map((more) => more / 100);
    fc.assert(
      fc.property(made, lots, ({ trip, deals, gross }, more) => {
        // As of a position that turned: the rest of the first or the last deal is of another.
        for (const shared of [deals[0]!, deals.at(-1)!]) {
          const told = deals.map((deal) =>
            deal === shared ? { ...deal, volumeLots: deal.volumeLots + more } : deal,
          );
          const at = (ms: number) => standingAt(trip, told, { ms, price: 3 });
          expect(at(999)).toMatchObject({ phase: 'before', money: null });
          expect(at(1_500)).toMatchObject({ phase: 'open', money: null });
          expect(at(9_999)).toMatchObject({
            phase: 'closed',
            openLots: 0,
            money: gross,
            way: null,
          });
        }
      }),
    );
  });
});
