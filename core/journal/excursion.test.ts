import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBars } from '../market/made-bars.ts';
import type { Bars } from '../market/bars.ts';
import { excursionFigures } from './excursion-figures.ts';
import { excursionOf, isClosed, laterExits, type ClosedTrip } from './excursion.ts';
import { madeDeal } from './made-deals.ts';
import { roundTripsOf } from './round-trips.ts';
import { efficiency, moneyPerPrice, pips, plannedRatio, rMultiple } from './trip-figures.ts';

const minute = 60_000;
const base = Date.UTC(2024, 4, 6, 10);

/** Low and high of each minute from ten o'clock on, in points; the ask two points above. */
function minutes(...spans: readonly (readonly [number, number])[]): Bars {
  const bars = makeBars({ count: spans.length, seed: 1, firstMs: base, stepMs: minute, ask: true });
  spans.forEach(([low, high], i) => {
    for (const [columns, more] of [
      [bars.bid, 0],
      [bars.ask!, 2],
    ] as const) {
      columns.low[i] = low + more;
      columns.high[i] = high + more;
      columns.open[i] = columns.close[i] = low + more;
    }
  });
  return bars;
}

interface Trade {
  readonly kind: 'buy' | 'sell';
  readonly fromMs: number;
  readonly toMs: number;
  readonly entry: number;
  readonly exit: number;
  readonly profit: number;
  readonly commission?: number;
}
function trade({ kind, fromMs, toMs, entry, exit, profit, commission = 0 }: Trade): ClosedTrip {
  const [trip] = roundTripsOf([
    madeDeal({ deal: '1', position: '1', kind, atMs: base + fromMs, price: entry, commission }),
    madeDeal({
      ...{ deal: '2', position: '1', kind: kind === 'buy' ? 'sell' : 'buy', entry: 'out' },
      ...{ atMs: base + toMs, price: exit, profit },
    }),
  ]).trips;
  if (!trip || !isClosed(trip)) throw new Error('A closed round trip was wanted.');
  return trip;
}

const market = minutes(
  [109_000, 113_000],
  [109_900, 110_300],
  [109_700, 110_900],
  [110_000, 110_500],
  [108_000, 115_000],
);
const long = { kind: 'buy', entry: 1.1, exit: 1.103, profit: 30 } as const;

describe('the excursion of a round trip', () => {
  it('is of the bars that lie whole within it, and of its exit', () => {
    const trip = trade({ ...long, fromMs: 0.5 * minute, toMs: 4.5 * minute });
    const seen = excursionOf(trip, market, minute);
    expect(seen).toMatchObject({ bars: 3, bestPrice: 1.109, bestMs: base + 2 * minute });
    expect(seen!.mae).toBeCloseTo(0.003, 10);
    expect(seen!.mfe).toBeCloseTo(0.009, 10);
    expect(efficiency(trip, seen!)).toBeCloseTo(1 / 3, 10);
  });

  it('of a short is by the ask', () => {
    const trip = trade({ ...long, kind: 'sell', fromMs: minute, toMs: 4 * minute, profit: -30 });
    const seen = excursionOf(trip, market, minute)!;
    expect(seen.mae).toBeCloseTo(0.009_02, 10);
    expect(seen.mfe).toBeCloseTo(0.002_98, 10);
  });

  it('within one bar is that of its exit alone', () => {
    const trip = trade({ ...long, fromMs: 2.2 * minute, toMs: 2.4 * minute });
    expect(excursionOf(trip, market, minute)).toMatchObject({ bars: 0, mae: 0, bestPrice: 1.103 });
  });

  it.each([
    ['begins', -1, 2],
    ['ends', 1, 6],
  ])('is not known where it %s beyond the bars', (_, from, to) => {
    const trip = trade({ ...long, fromMs: from * minute, toMs: to * minute });
    expect(excursionOf(trip, market, minute)).toBeNull();
  });
});

describe('a later exit', () => {
  it('is at the open of the first bar from then on, and missing beyond the bars', () => {
    const trip = trade({ ...long, fromMs: 0, toMs: 1.5 * minute });
    const [after, far] = [2 * minute, 60 * minute];
    expect(laterExits(trip, market, minute, [after, far])).toEqual({
      exits: [{ afterMs: after, price: 1.08, gain: expect.closeTo(-0.023, 10), waited: false }],
      tooCoarse: [],
    });
  });

  it('is not told by bars that are too coarse for it, but named', () => {
    const hours = makeBars({ count: 100, seed: 1, firstMs: base, stepMs: 60 * minute, ask: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 5, max: 1_440 }),
        (out, after) => {
          const trip = trade({ ...long, fromMs: 0, toMs: out * minute });
          const { exits, tooCoarse } = laterExits(trip, hours, 60 * minute, [after * minute]);
          const lateMinutes = (6_000 - out - after) % 60;
          expect(exits.length).toBe(lateMinutes <= after / 4 ? 1 : 0);
          expect(tooCoarse.length).toBe(1 - exits.length);
        },
      ),
    );
  });

  it('that falls on closed markets is the next open, and says that it waited', () => {
    const friday = makeBars({ count: 10, seed: 1, firstMs: base, stepMs: minute, ask: true });
    const bars = {
      ...friday,
      timesMs: friday.timesMs.map((ms, i) => (i < 5 ? ms : ms + 49 * 60 * minute)),
    };
    const trip = trade({ ...long, fromMs: 0, toMs: 4.5 * minute });
    const { exits } = laterExits(trip, bars, minute, [10 * minute, 15 * minute]);
    expect(exits.map(({ waited }) => waited)).toEqual([true, true]);
    expect(exits[0]!.price).toBe(bars.bid.open[5]! / bars.scale);
  });
});

describe('figures of a round trip', () => {
  const trip = trade({ ...long, fromMs: 0, toMs: minute, commission: -3 });

  it('count the net profit in units of what the stop would have lost', () => {
    expect(moneyPerPrice(trip)).toBeCloseTo(10_000, 6);
    expect(rMultiple(trip, { sl: 1.098, tp: null })).toBeCloseTo(27 / 20, 10);
    expect(plannedRatio(trip, { sl: 1.098, tp: 1.106 })).toBeCloseTo(3, 10);
    expect(pips(trip, 5)).toBeCloseTo(30, 8);
    expect(pips(trip, 4)).toBeCloseTo(30, 8);
  });

  it('are not made up without a stop, or with one on the wrong side', () => {
    expect(rMultiple(trip, { sl: null, tp: 1.2 })).toBeNull();
    expect(rMultiple(trip, { sl: 1.101, tp: 1.2 })).toBeNull();
    expect(plannedRatio(trip, { sl: 1.098, tp: 1.05 })).toBeNull();
  });
});

describe('excursions of several round trips', () => {
  it("are LEAN's of its three winners and its three losers", () => {
    const winners = [
      { gross: 20, mae: 5, mfe: 30 },
      { gross: 20, mae: 30, mfe: 40 },
      { gross: 10, mae: 15, mfe: 30 },
    ];
    expect(excursionFigures(winners)).toEqual({
      averageMae: expect.closeTo(50 / 3, 12),
      averageMfe: expect.closeTo(100 / 3, 12),
      ...{ largestMae: 30, largestMfe: 40, largestGivenBack: 20 },
      averageGivenBack: expect.closeTo(50 / 3, 12),
      intraTradeDrawdown: 70,
    });
    const losers = [
      { gross: -20, mae: 30, mfe: 5 },
      { gross: -20, mae: 40, mfe: 30 },
      { gross: -10, mae: 30, mfe: 15 },
    ];
    expect(excursionFigures(losers)).toMatchObject({
      intraTradeDrawdown: 80,
      largestGivenBack: 50,
    });
    expect(excursionFigures([])).toBeNull();
  });
});
