/**
 * LEAN's excursions, as facts of its tests at commit 24863901 of QuantConnect/Lean:
 * `Tests/Common/Statistics/TradeBuilderTests.cs` (fills, the prices between them, MAE and MFE, each
 * fill a trade of its own) and `TradeStatisticsTests.cs`, `ThreeWinners`.
 *
 * LEAN counts in money of the account before fees, against the trade below zero; ours are ways in
 * price, ≥ 0. A way becomes money by what the round trip itself says a price is worth.
 */
import { expect, it } from 'vitest';
import { makeBars } from '../market/made-bars.ts';
import type { Bars } from '../market/bars.ts';
import { excursionFigures } from './excursion-figures.ts';
import { excursionOf, isClosed } from './excursion.ts';
import { madeDeal } from './made-deals.ts';
import { roundTripsOf } from './round-trips.ts';
import { moneyPerPrice } from './trip-figures.ts';

interface LeanTrade {
  readonly side: 'buy' | 'sell';
  readonly entry: number;
  readonly exit: number;
  readonly quantity: number;
  readonly profit: number;
  /** What LEAN was told between the fills, in order; a later fill of the same side is one too. */
  readonly prices: readonly number[];
  readonly mae: number;
  readonly mfe: number;
}

const minute = 60_000;
const base = Date.UTC(2024, 4, 6, 10);
/** Fees are no part of an excursion, in LEAN and here. */
const fee = -1;

/** A minute at each price, bid and ask alike. */
function barsOf(prices: readonly number[]): Bars {
  const bars = makeBars({ count: prices.length + 2, seed: 1, firstMs: base, stepMs: minute });
  const last = prices.at(-1)!;
  for (let at = 0; at < bars.length; at++) {
    const points = Math.round((prices[at] ?? last) * bars.scale);
    for (const column of ['open', 'high', 'low', 'close'] as const) bars.bid[column][at] = points;
  }
  return bars;
}

/** In money, as LEAN shows them. */
function measured({ side, entry, exit, quantity, profit, prices }: LeanTrade) {
  const shared = { position: '1', volumeLots: quantity / 100_000, commission: fee };
  const [trip] = roundTripsOf([
    madeDeal({ ...shared, deal: '1', kind: side, atMs: base, price: entry }),
    madeDeal({
      ...{ ...shared, deal: '2', kind: side === 'buy' ? 'sell' : 'buy', entry: 'out' },
      ...{ atMs: base + prices.length * minute, price: exit, profit },
    }),
  ]).trips;
  if (!trip || !isClosed(trip)) throw new Error('A closed round trip was wanted.');
  const excursion = excursionOf(trip, barsOf(prices), minute)!;
  const worth = moneyPerPrice(trip)!;
  return { gross: trip.gross, mae: excursion.mae * worth, mfe: excursion.mfe * worth };
}

const long = { side: 'buy', exit: 1.09, quantity: 1000 } as const;
const short = { side: 'sell', exit: 1.09, quantity: 1000 } as const;

it.each<[string, LeanTrade]>([
  ['AllInAllOutLong', { ...long, entry: 1.08, profit: 10, prices: [1.075, 1.1], mae: -5, mfe: 20 }],
  [
    'AllInAllOutShort',
    { ...short, entry: 1.08, profit: -10, prices: [1.075, 1.1], mae: -20, mfe: 5 },
  ],
  [
    'ScaleInAllOutLong, the first',
    { ...long, entry: 1.08, profit: 10, prices: [1.075, 1.07, 1.065, 1.1], mae: -15, mfe: 20 },
  ],
  [
    'ScaleInAllOutLong, the second',
    { ...long, entry: 1.07, profit: 20, prices: [1.065, 1.1], mae: -5, mfe: 30 },
  ],
  [
    'ScaleInAllOutShort, the first',
    { ...short, entry: 1.08, profit: -10, prices: [1.075, 1.07, 1.065, 1.1], mae: -20, mfe: 15 },
  ],
  [
    'ScaleInAllOutShort, the second',
    { ...short, entry: 1.07, profit: -20, prices: [1.065, 1.1], mae: -30, mfe: 5 },
  ],
])("are LEAN's of %s", (_, trade) => {
  const { mae, mfe } = measured(trade);
  expect(-mae).toBeCloseTo(trade.mae, 8);
  expect(mfe).toBeCloseTo(trade.mfe, 8);
});

/** It states the excursions alone: the prices are those at which such trades have them. */
const threeWinners: readonly LeanTrade[] = [
  { ...long, entry: 1.07, profit: 20, prices: [1.065, 1.1], mae: -5, mfe: 30 },
  { ...long, entry: 1.08, quantity: 2000, profit: 20, prices: [1.065, 1.1], mae: -30, mfe: 40 },
  { ...long, entry: 1.08, profit: 10, prices: [1.065, 1.11], mae: -15, mfe: 30 },
];

it("are LEAN's of its three winners, one by one and together", () => {
  const trips = threeWinners.map(measured);
  trips.forEach(({ mae, mfe }, at) => {
    expect(-mae).toBeCloseTo(threeWinners[at]!.mae, 8);
    expect(mfe).toBeCloseTo(threeWinners[at]!.mfe, 8);
  });
  // AverageMAE, AverageMFE, LargestMAE, LargestMFE, MaximumIntraTradeDrawdown,
  // MaximumEndTradeDrawdown and AverageEndTradeDrawdown, the losses there below zero.
  const figures = excursionFigures(trips)!;
  expect(-figures.averageMae).toBeCloseTo(-16.666666666666668, 8);
  expect(figures.averageMfe).toBeCloseTo(33.333333333333336, 8);
  expect(-figures.largestMae).toBeCloseTo(-30, 8);
  expect(figures.largestMfe).toBeCloseTo(40, 8);
  expect(-figures.intraTradeDrawdown).toBeCloseTo(-70, 8);
  expect(figures.largestGivenBack).toBeCloseTo(20, 8);
  expect(-figures.averageGivenBack).toBeCloseTo(-16.666666666666668, 8);
});
