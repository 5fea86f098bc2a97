/** How far a round trip went that was merged by hand: what lies between its parts does not count. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bars } from '../market/bars.ts';
import { makeBars } from '../market/made-bars.ts';
import { editedTrips, type EditedTrip } from './edited-trips.ts';
import { excursionOf, isClosed, laterExits, type ClosedTrip } from './excursion.ts';
import { dealKey } from './journal-deal.ts';
import { madeDeal } from './made-deals.ts';
import { roundTripsOf } from './round-trips.ts';
import { moneyPerPrice } from './trip-figures.ts';

const minute = 60_000;
const base = Date.UTC(2024, 4, 6, 10);
const count = 200;
/** Money that one unit of price is worth of one lot. */
const worth = 100_000;
const market = () => makeBars({ count, seed: 1, firstMs: base, stepMs: minute });

interface Part {
  /** Minutes. */
  readonly from: number;
  readonly to: number;
  readonly lots: number;
  readonly entry: number;
  readonly exit: number;
}

/** All of them as one. */
function merged(side: 'buy' | 'sell', parts: readonly Part[]): ClosedTrip {
  const way = side === 'buy' ? 1 : -1;
  const deals = parts.flatMap(({ from, to, lots, entry, exit }, n) => {
    const shared = { position: String(n), volumeLots: lots };
    const at = (minutes: number) => base + minutes * minute;
    const out = { kind: side === 'buy' ? 'sell' : 'buy', entry: 'out' } as const;
    const profit = (exit - entry) * way * lots * worth;
    return [
      madeDeal({ ...shared, deal: `${2 * n + 1}`, kind: side, atMs: at(from), price: entry }),
      madeDeal({ ...shared, ...out, deal: `${2 * n + 2}`, atMs: at(to), price: exit, profit }),
    ];
  });
  const { trips } = roundTripsOf(deals);
  const named = trips.map((trip) => ({ deal: trip.deals[0]!, cut: null }));
  const using = {
    deals: (keys: ReadonlySet<string>) => deals.filter((deal) => keys.has(dealKey(deal))),
    currencyOf: () => 'USD',
  };
  const edit = { id: 'm', kind: 'merge', trips: named, at: null, updatedMs: 1 } as const;
  const [one] = editedTrips<EditedTrip>(trips, [edit], using, (trip) => trip);
  if (!one || !isClosed(one)) throw new Error('A closed round trip was wanted.');
  return one;
}

const points = fc.integer({ min: -300, max: 300 }).map((each) => 1.1 + each / 1e5);
const sides = fc.constantFrom('buy' as const, 'sell' as const);
/** One after another, each some minutes after the one before was closed. */
const apart = fc
  .array(
    fc.record({
      ...{ wait: fc.integer({ min: 3, max: 20 }), held: fc.integer({ min: 1, max: 20 }) },
      ...{ lots: fc.integer({ min: 1, max: 9 }).map((n) => n / 10), entry: points, exit: points },
    }),
    { minLength: 2, maxLength: 4 },
  )
  .map((all) => {
    let at = 0;
    return all.map(({ wait, held, ...part }): Part => {
      const from = at + wait;
      at = from + held;
      return { ...part, from, to: at };
    });
  });

/** All bars that are open at a minute that no part holds, as wide as can be. */
function withNoiseBetween(bars: Bars, parts: readonly Part[]): Bars {
  const isHeld = (at: number) => parts.some(({ from, to }) => at >= from && at < to);
  for (let i = 0; i < count; i++) {
    if (isHeld(i)) continue;
    bars.bid.high[i] = 900_000;
    bars.bid.low[i] = 1;
  }
  return bars;
}

describe('a round trip merged from such as were open one after another', () => {
  it('goes as far as if nothing had happened while none was open', () => {
    fc.assert(
      fc.property(sides, apart, (side, parts) => {
        const trip = merged(side, parts);
        const seen = excursionOf(trip, market(), minute);
        expect(excursionOf(trip, withNoiseBetween(market(), parts), minute)).toEqual(seen);
        expect(seen!.bars).toBe(parts.reduce((sum, { from, to }) => sum + to - from, 0));
      }),
    );
  });

  it('stands at each moment at what was closed so far with what is open, in money', () => {
    fc.assert(
      fc.property(sides, apart, (side, parts) => {
        const trip = merged(side, parts);
        const perPrice = moneyPerPrice(trip);
        fc.pre(perPrice !== null && Math.abs(trip.exitPrice - trip.entryPrice) > 1e-6);
        const [way, bars] = [side === 'buy' ? 1 : -1, market()];
        let [earned, worst, best] = [0, 0, 0];
        for (const { from, to, lots, entry, exit } of parts) {
          const at = (price: number) => earned + (price - entry) * way * lots * worth;
          const prices = [exit];
          for (let i = from; i < to; i++) {
            for (const price of [bars.bid.high[i]!, bars.bid.low[i]!]) {
              prices.push(price / bars.scale);
            }
          }
          worst = Math.min(worst, ...prices.map(at));
          best = Math.max(best, ...prices.map(at));
          earned = at(exit);
        }
        const { mae, mfe } = excursionOf(trip, bars, minute)!;
        expect(mae * perPrice!).toBeCloseTo(-worst, 3);
        expect(mfe * perPrice!).toBeCloseTo(best, 3);
      }),
    );
  });

  it('is left later by each part so long after its own exit', () => {
    const parts = [
      { from: 10, to: 20, lots: 0.1, entry: 1.1, exit: 1.101 },
      { from: 60, to: 70, lots: 0.3, entry: 1.12, exit: 1.119 },
    ];
    const bars = market();
    bars.bid.open[25] = 110_500;
    bars.bid.open[75] = 112_300;
    const afters = [5 * minute, 200 * minute];
    const [later, ...others] = laterExits(merged('buy', parts), bars, minute, afters).exits;
    expect(later!.gain).toBeCloseTo((0.1 * 0.004 + 0.3 * 0.004) / 0.4, 10);
    expect(others).toEqual([]);
  });
});

describe('a round trip merged from such as were open at once', () => {
  it('goes as far as one of their volume and mean prices', () => {
    fc.assert(
      fc.property(sides, apart, (side, parts) => {
        const together = parts.map((part) => ({ ...part, from: 5, to: 40 }));
        const trip = merged(side, together);
        const { edited: _, ...plain } = trip;
        const [seen, bars] = [excursionOf(trip, market(), minute), market()];
        expect(seen).toEqual(excursionOf(plain, bars, minute));
      }),
    );
  });
});
