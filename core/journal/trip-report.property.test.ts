import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findZone } from '../market/zone.ts';
import { leastTelling } from './group-figures.ts';
import { groupKind, groupKinds } from './group-kinds.ts';
import { madeTrips } from './made-trips.ts';
import { tripReport, type ReportAsk } from './trip-report.ts';
import {
  baseOf,
  pipSize,
  startBalancesOf,
  valueIn,
  type ReportedTrip,
  type TripUnit,
} from './trip-units.ts';

const zone = 'Europe/Berlin';
const startBalances = new Map([['1@Demo', 2_000]]);
const unit = fc.constantFrom<TripUnit>('money', 'r', 'percent', 'pips');
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('a report', () => {
  it('parts the whole into groups: nothing is lost, nothing counts twice', () => {
    fc.assert(
      fc.property(madeTrips, unit, (trips, asked) => {
        const ask: ReportAsk = { unit: asked, zone, startBalances };
        const { whole, groups } = tripReport(trips, ask);
        for (const kind of groupKinds) {
          const counted = sum(groups[kind].map((group) => group.trips));
          if (groupKind(kind).overlaps) {
            expect(counted).toBeGreaterThanOrEqual(whole.trips);
            continue;
          }
          expect(counted).toBe(whole.trips);
          expect(sum(groups[kind].map(({ won }) => won))).toBe(whole.won);
          expect(sum(groups[kind].map(({ net }) => net))).toBeCloseTo(whole.net, 6);
        }
      }),
    );
  });

  it('tells of a group what a report of that group alone tells', () => {
    fc.assert(
      fc.property(madeTrips, unit, (trips, asked) => {
        const ask: ReportAsk = { unit: asked, currency: 'USD', zone, startBalances };
        const { groups } = tripReport(trips, ask);
        for (const { key, ...figures } of groups.tag) {
          const own = trips.filter(({ tags }) =>
            key === '' ? tags.length === 0 : tags.includes(key),
          );
          const alone = tripReport(own, ask).whole;
          expect(alone.trips).toBe(figures.trips);
          expect(alone.net).toBeCloseTo(figures.net, 6);
          expect(alone.expectancyBand?.low ?? 0).toBeCloseTo(figures.expectancyBand?.low ?? 0, 6);
          expect(alone.expectancyR).toEqual(figures.expectancyR);
        }
      }),
    );
  });

  it('has figures that the plain formulas give', () => {
    fc.assert(
      fc.property(madeTrips, unit, (trips, asked) => {
        const ask: ReportAsk = { unit: asked, zone, startBalances };
        const { whole, currency, untold, curve } = tripReport(trips, ask);
        const isTold = ({ account }: ReportedTrip) =>
          asked !== 'percent' || startBalances.has(account);
        const isOfMoney = asked === 'money' || asked === 'percent';
        const own = trips.filter(
          (trip) =>
            trip.closedMs !== null && (!isOfMoney || !isTold(trip) || trip.currency === currency),
        );
        const valueOf = valueIn(asked, baseOf(own.filter(isTold), startBalances));
        const values = own
          .filter(isTold)
          .map(valueOf)
          .filter((value) => value !== null);
        expect([whole.trips, untold]).toEqual([values.length, own.length - values.length]);
        expect(whole.net).toBeCloseTo(sum(values), 6);
        expect(curve.sums.at(-1) ?? 0).toBeCloseTo(whole.net, 6);
        if (values.length < leastTelling || new Set(values).size === 1) {
          expect(whole.expectancyBand).toBeNull();
          return;
        }
        const mean = sum(values) / values.length;
        const variance = sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
        const { low, high } = whole.expectancyBand!;
        expect((low + high) / 2).toBeCloseTo(mean, 6);
        // Between the normal distribution and four degrees of freedom.
        const half = (high - low) / 2;
        const error = Math.sqrt(variance / values.length);
        expect(half).toBeGreaterThanOrEqual(1.95 * error);
        expect(half).toBeLessThanOrEqual(2.78 * error);
      }),
    );
  });

  it('counts days and hours by the clock that is asked for, also where it changes', () => {
    const found = findZone(zone);
    const offsetMsAt = found.ok ? found.value.offsetMsAt : () => NaN;
    fc.assert(
      fc.property(madeTrips, (trips) => {
        const one = trips
          .slice(0, 1)
          .filter(({ closedMs, isWhole }) => closedMs !== null && isWhole);
        const { groups } = tripReport(one, { unit: 'money', zone, startBalances });
        for (const { openedMs } of one) {
          const wall = new Date(openedMs + offsetMsAt(openedMs));
          expect(groups.hour[0]?.key).toBe(String(wall.getUTCHours()));
          expect(groups.weekday[0]?.key).toBe(String(((wall.getUTCDay() + 6) % 7) + 1));
        }
      }),
    );
  });

  it('never adds up two currencies, but counts R of all', () => {
    fc.assert(
      fc.property(madeTrips, (trips) => {
        const closed = trips.filter(({ closedMs }) => closedMs !== null);
        const ask = { unit: 'money', zone, startBalances } as const;
        const { currencies } = tripReport(trips, ask);
        const each = currencies.map((currency) => tripReport(trips, { ...ask, currency }).whole);
        expect(sum(each.map((whole) => whole.trips))).toBe(closed.length);
        const { whole, untold } = tripReport(trips, { ...ask, unit: 'r' });
        expect(whole.trips + untold).toBe(closed.length);
      }),
    );
  });
});

describe('in percent', () => {
  const two = new Map([
    ['1@Demo', 1_000],
    ['2@Demo', 3_000],
  ]);

  it('all of several accounts is the mean of what each brought, by what was paid into it', () => {
    fc.assert(
      fc.property(madeTrips, (trips) => {
        const of = (own: typeof trips) =>
          tripReport(own, { unit: 'percent', currency: 'USD', zone, startBalances: two });
        const together = of(trips);
        const parts = [...two].map(([account, paid]) => ({
          paid,
          report: of(trips.filter((trip) => trip.account === account)),
        }));
        const there = parts.filter(({ report }) => report.whole.trips > 0);
        const money = sum(there.map(({ paid }) => paid));
        const base = there.length === 0 ? null : { money, accounts: there.length };
        expect(together.base).toEqual(base);
        const weighed = sum(there.map(({ paid, report }) => (paid / money) * report.whole.net));
        expect(together.whole.net).toBeCloseTo(weighed, 6);
      }),
    );
  });

  it('what two accounts lost of all that was paid into them is all of it, not twice', () => {
    fc.assert(
      fc.property(madeTrips, (trips) => {
        const lost = [...two].flatMap(([account, paid]) => {
          const first = trips.find((trip) => trip.account === account && trip.closedMs !== null);
          return first ? [{ ...first, net: -paid, currency: 'USD' }] : [];
        });
        const { curve } = tripReport(lost, { unit: 'percent', zone, startBalances: two });
        expect(curve.deepestFall).toBeCloseTo(lost.length === 0 ? 0 : 100, 9);
      }),
    );
  });
});

it('a pip is that of a pair, whatever the broker adds to its name', () => {
  const sizes = ['EURUSD', 'EURUSD.r', 'usdjpym', 'XAUUSD', 'US500', 'EUR', 'BTCUSD'].map(pipSize);
  expect(sizes).toEqual([0.0001, 0.0001, 0.01, null, null, null, null]);
});

it('the start of an account is what was paid in before its first trade', () => {
  const paid = (account: string, atMs: number, profit: number) =>
    ({ account, kind: 'balance', atMs, profit }) as const;
  const starts = startBalancesOf(
    [
      { account: 'a', openedMs: 10 },
      { account: 'a', openedMs: 5 },
      { account: 'b', openedMs: 1 },
    ],
    [paid('a', 1, 500), paid('a', 5, 200), paid('a', 6, 900), paid('b', 2, 100), paid('c', 0, 7)],
  );
  expect([...starts]).toEqual([
    ['a', 700],
    ['c', 7],
  ]);
});
