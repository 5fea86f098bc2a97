import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealsOfTable, tableOf } from './deal-table.ts';
import { joinedDeals, type JournalDeal } from './journal-deal.ts';
import { madeDeal } from './made-deals.ts';
import { roundTripsOf } from './round-trips.ts';

const cents = (most: number) => fc.integer({ min: -most, max: most }).map((n) => n / 100);
const step = fc.record({
  symbol: fc.constantFrom('EURUSD', 'XAUUSD'),
  kind: fc.constantFrom<'buy' | 'sell' | 'balance'>('buy', 'sell', 'balance'),
  hundredths: fc.integer({ min: 1, max: 40 }),
  /** Several deals of one moment are told apart by their numbers. */
  laterMs: fc.integer({ min: 0, max: 3 }),
  price: fc.integer({ min: 100_000, max: 120_000 }).map((points) => points / 1e5),
  profit: cents(50_000),
  commission: cents(700),
  fee: cents(50),
  swap: cents(300),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A netting account, a position id from flat to flat as MT5 gives them. */
function nettingDeals(steps: readonly Step[], withPositions: boolean): JournalDeal[] {
  const open = new Map<string, { position: string; units: number }>();
  let atMs = 0;
  return steps.map((each, at) => {
    atMs += each.laterMs;
    const { kind, symbol, hundredths, price, profit, commission, fee, swap } = each;
    const deal = String(9_998 + at);
    const money = { profit, commission, fee, swap };
    if (kind === 'balance') {
      return madeDeal({
        deal,
        kind,
        symbol: '',
        entry: null,
        volumeLots: 0,
        price: 0,
        atMs,
        profit,
      });
    }
    const signed = kind === 'buy' ? hundredths : -hundredths;
    const there = open.get(symbol) ?? { position: deal, units: 0 };
    const after = there.units + signed;
    const grows = there.units === 0 || Math.sign(there.units) === Math.sign(signed);
    const turns = !grows && Math.sign(after) === Math.sign(signed);
    const entry = grows ? 'in' : turns ? 'inout' : 'out';
    if (after === 0) open.delete(symbol);
    else open.set(symbol, { position: there.position, units: after });
    return madeDeal({
      ...{ deal, symbol, kind, price, atMs, ...money },
      position: withPositions ? there.position : '',
      entry: withPositions ? entry : null,
      volumeLots: hundredths / 100,
    });
  });
}

const account = fc
  .tuple(fc.array(step, { maxLength: 60 }), fc.boolean())
  .map(([steps, withPositions]) => nettingDeals(steps, withPositions));
const sum = (amounts: readonly number[]) =>
  amounts.reduce((total, amount) => total + Math.round(amount * 1e8), 0);
const moneyOf = ({ profit, commission, fee, swap }: JournalDeal) => [profit, commission, fee, swap];

describe('round trips of deals', () => {
  it('are the same in any order, with deals told again', () => {
    const shuffled = account.chain((deals) =>
      fc.record({
        deals: fc.constant(deals),
        again: fc.shuffledSubarray(deals),
        order: fc.shuffledSubarray(deals, { minLength: deals.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ deals, again, order }) => {
        expect(roundTripsOf([...order, ...again])).toEqual(roundTripsOf(deals));
      }),
    );
  });

  it('are the same of deals that are shown in one object, each written over by the next', () => {
    const table = (deals: readonly JournalDeal[]) => dealsOfTable(tableOf(deals))!;
    fc.assert(
      fc.property(account, fc.nat(60), fc.boolean(), (deals, at, swapped) => {
        const halves = [deals.slice(0, at), deals.slice(at)];
        const parts = swapped ? halves.toReversed() : halves;
        expect(roundTripsOf(joinedDeals(parts.map(table)))).toEqual(roundTripsOf(deals));
      }),
    );
  });

  it('hold every deal and all of its money, to the last digit', () => {
    fc.assert(
      fc.property(account, (deals) => {
        const { trips, operations } = roundTripsOf(deals);
        const told = trips.map(({ net }) => net).concat(operations.flatMap(moneyOf));
        expect(sum(told)).toBe(sum(deals.flatMap(moneyOf)));
        const keys = new Set(trips.flatMap((trip) => trip.deals));
        expect(keys.size + operations.length).toBe(deals.length);
      }),
    );
  });

  it('go from flat to flat, what is open being what the deals leave', () => {
    fc.assert(
      fc.property(account, (deals) => {
        const { trips } = roundTripsOf(deals);
        expect(new Set(trips.map(({ id }) => id)).size).toBe(trips.length);
        for (const symbol of ['EURUSD', 'XAUUSD']) {
          const own = deals.filter((deal) => deal.symbol === symbol && deal.kind !== 'balance');
          const left = own.reduce(
            (lots, { kind, volumeLots }) =>
              lots + (kind === 'buy' ? 1 : -1) * Math.round(volumeLots * 100),
            0,
          );
          const open = trips.filter((trip) => trip.symbol === symbol && trip.closedMs === null);
          expect(open.length).toBe(left === 0 ? 0 : 1);
          const [last] = open;
          if (last) {
            expect(Math.round(last.openLots * 100) * (last.side === 'buy' ? 1 : -1)).toBe(left);
          }
        }
        expect(trips.every(({ isWhole }) => isWhole)).toBe(true);
      }),
    );
  });

  it('are the same ones however far a statement reaches', () => {
    fc.assert(
      fc.property(account, fc.nat(60), (deals, until) => {
        const early = roundTripsOf(deals.slice(0, until)).trips.filter(
          ({ closedMs }) => closedMs !== null,
        );
        const all = new Map(roundTripsOf(deals).trips.map((trip) => [trip.id, trip]));
        for (const trip of early) {
          const later = all.get(trip.id);
          // A deal that turns a position has its costs parted between the two.
          expect(later && { ...later, commission: 0, fee: 0, net: 0 }).toEqual({
            ...trip,
            ...{ commission: 0, fee: 0, net: 0 },
          });
        }
      }),
    );
  });
});
