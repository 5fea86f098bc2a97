/** What trading costs: spread, slippage, commission, swap. */
import { describe, expect, test } from 'vitest';
import type { InnerPrices, OrderDesk, OrderRequest } from '../order-desk.ts';
import { defaultSettings, type RunSettings } from '../settings.ts';
import {
  barsOf,
  calm,
  innerBarsOf,
  marketOf,
  play,
  ten,
  ticksOf,
  tripsOf,
  type MarketWishes,
  type Row,
} from './made-play.ts';

const { spread, slippage, commission, swap } = defaultSettings;

/** Ten units bought at the open of bar 1 and sold at the open of bar 2. */
function roundTrip(
  settings: Partial<RunSettings>,
  wishes: MarketWishes = {},
  order: Partial<OrderRequest> = {},
) {
  const outcome = play(
    marketOf([calm, calm, calm], wishes),
    {
      0: (desk) => desk.place(ten(order)),
      1: (desk) => desk.positions().forEach(({ id }) => desk.close(id)),
    },
    settings,
  );
  return { outcome, ...tripsOf(outcome)[0]! };
}

describe('the spread', () => {
  test('in points raises what is bought, at the entry of a long and the exit of a short', () => {
    const settings = { spread: { ...spread, points: 50 } };
    expect(roundTrip(settings)).toMatchObject({ entryPrice: 100.5, exitPrice: 100 });
    expect(roundTrip(settings, {}, { side: -1 })).toMatchObject({
      entryPrice: 100,
      exitPrice: 100.5,
    });
  });

  test('is taken from the column of the bars when asked for', () => {
    const wishes = { spreadPoints: [10, 20, 30] };
    const settings = { spread: { ...spread, column: true } };
    expect(roundTrip(settings, wishes).entryPrice).toBeCloseTo(100.2, 9);
    expect(roundTrip({}, wishes).entryPrice).toBe(100);
  });

  test('in points leaves the ask on the grid of prices', () => {
    // 21.9 + 0.2 is a little less than 22.1, where the stop stands.
    const bars = { ...barsOf([calm, [219, 219, 219, 219]]), scale: 10, digits: 1 };
    const order = ten({ side: -1, stop: 22.1 });
    const market = { symbol: 'MADE', bars, inner: null };
    const settings = { spread: { ...spread, points: 2 }, cash: 1e6 };
    const outcome = play(market, { 0: (desk) => desk.place(order) }, settings);
    expect(tripsOf(outcome)).toMatchObject([{ exitPrice: 22.1, reason: 'stop' }]);
  });

  test('of a bar is that of the bars and ticks inside it, which may know their own', () => {
    const settings = { spread: { ...spread, column: true } };
    const wishes = { spreadPoints: [10, 20, 30] };
    const inner = innerBarsOf([[calm], [calm], [calm]]);
    const byBars = { ...settings, path: 'lowerTimeframe' } as const;
    expect(roundTrip(byBars, { ...wishes, inner }).entryPrice).toBeCloseTo(100.2, 9);
    const ticks = ticksOf([[100], [100, 99], [100]]);
    const byTicks = { ...settings, path: 'ticks' } as const;
    expect(roundTrip(byTicks, { ...wishes, inner: ticks }).entryPrice).toBeCloseTo(100.2, 9);
    const knowing = { ...inner, bars: barsOf([calm, calm, calm], { spreadPoints: [1, 2, 3] }) };
    const own = { ...wishes, inner: knowing as InnerPrices };
    expect(roundTrip(byBars, own).entryPrice).toBeCloseTo(100.02, 9);
  });

  test('comes on top of ask prices', () => {
    const ask: Row = [101, 102, 100, 101];
    const settings = { spread: { ...spread, points: 50 } };
    expect(roundTrip(settings, { ask: [ask, ask, ask] }).entryPrice).toBe(101.5);
  });

  test('in points lets the stop of a short be hit by the ask', () => {
    const market = marketOf([calm, calm, [100, 109, 99, 100]]);
    const script = { 0: (desk: OrderDesk) => desk.place(ten({ side: -1, stop: 110 })) };
    expect(play(market, script).roundTrips.count).toBe(0);
    const outcome = play(market, script, { spread: { ...spread, points: 100 } });
    expect(tripsOf(outcome)).toMatchObject([{ exitPrice: 110, reason: 'stop' }]);
  });
});

describe('slippage', () => {
  const fixed = { slippage: { ...slippage, kind: 'fixed', points: 25 } } as const;

  test('that is fixed worsens market orders both ways, and is told as money', () => {
    const { outcome, ...trip } = roundTrip(fixed);
    expect(trip).toMatchObject({ entryPrice: 100.25, exitPrice: 99.75, profit: -5 });
    expect([...outcome.roundTrips.slippage!]).toEqual([5]);
  });

  test('worsens stops and leaves limits and targets alone', () => {
    const script = (order: Partial<OrderRequest>) => ({
      0: (desk: OrderDesk) => desk.place(ten(order)),
    });
    const at = (row: Row, order: Partial<OrderRequest>) =>
      play(marketOf([calm, row, row]), script(order), fixed);
    const wide: Row = [100, 112, 88, 100];
    expect(at(wide, { kind: 'limit', price: 95 }).open?.entryPrice).toBe(95);
    expect(at(wide, { kind: 'stop', price: 105 }).open?.entryPrice).toBe(105.25);
    expect(tripsOf(at(wide, { stop: 90 }))[0]!.exitPrice).toBe(89.75);
    expect(tripsOf(at(wide, { target: 110 }))[0]!.exitPrice).toBe(110);
  });

  test('at random lies between nothing and its points, and its seed tells it again', () => {
    const rows = Array.from({ length: 200 }, () => calm);
    const buyAndSell = Object.fromEntries(
      rows.map((_, i) => [
        i,
        (desk: OrderDesk) => {
          desk.positions().forEach(({ id }) => desk.close(id));
          desk.place(ten({}));
        },
      ]),
    );
    const prices = (seed: number) => {
      const random = { kind: 'random', points: 100, seed } as const;
      const settings = { slippage: random, positions: 'hedging', margin: 0.01 } as const;
      return tripsOf(play(marketOf(rows), buyAndSell, settings)).map((trip) => trip.entryPrice);
    };
    const drawn = prices(1);
    expect(drawn.length).toBeGreaterThan(150);
    expect(drawn.every((price) => price >= 100 && price < 101)).toBe(true);
    expect(new Set(drawn).size).toBeGreaterThan(150);
    const mean = drawn.reduce((sum, price) => sum + price, 0) / drawn.length;
    expect(Math.abs(mean - 100.5)).toBeLessThan(0.1);
    expect(prices(1)).toEqual(drawn);
    expect(prices(2)).not.toEqual(drawn);
  });

  test('sells nothing below zero', () => {
    const cheap: Row = [0.1, 0.1, 0.1, 0.1];
    const market = marketOf([cheap, cheap, cheap]);
    const outcome = play(
      market,
      {
        0: (desk) => desk.place(ten({})),
        1: (desk) => desk.positions().forEach(({ id }) => desk.close(id)),
      },
      fixed,
    );
    expect(tripsOf(outcome)).toMatchObject([{ entryPrice: 0.35, exitPrice: 0 }]);
  });

  test('by volume grows with the part of the bar that is traded, up to its points', () => {
    const settings = { slippage: { ...slippage, kind: 'volume', points: 100 } } as const;
    expect(roundTrip(settings, { volume: [40, 40, 5] })).toMatchObject({
      entryPrice: 100.25,
      exitPrice: 99,
    });
    expect(roundTrip(settings).entryPrice).toBe(101);
  });
});

describe('commission', () => {
  test('counts lots', () => {
    const settings = { commission: { ...commission, perLot: 3.5 }, contractSize: 5 };
    expect(roundTrip(settings).commission).toBe(14);
  });

  test('is at least its minimum a side', () => {
    const settings = { commission: { ...commission, rate: 0.001, minimum: 4 } };
    expect(roundTrip(settings).commission).toBe(8);
    expect(roundTrip({ commission: { ...commission, rate: 0.01, minimum: 4 } }).commission).toBe(
      20,
    );
  });

  test('is not forgotten by the size of an entry', () => {
    const sizing = { kind: 'equity', fraction: 1 } as const;
    const settings = { commission: { ...commission, perLot: 100 }, contractSize: 1, cash: 1000 };
    expect(roundTrip(settings, {}, { sizing })).toMatchObject({ units: 4, commission: 800 });
  });
});

describe('swap', () => {
  const HOUR_MS = 3_600_000;
  const costly = { swap: { ...swap, longPerLot: -1, shortPerLot: 0.5 }, contractSize: 10 };

  /** Money of swap for one lot, bought at the open of the second hour and sold at the last. */
  function swapOver(fromMs: number, hours: number, order = {}, settings = costly): number {
    const rows = Array.from({ length: hours }, () => calm);
    const timesMs = rows.map((_, i) => fromMs + i * HOUR_MS);
    const outcome = play(
      marketOf(rows, { timesMs }),
      {
        0: (desk) => desk.place(ten(order)),
        [hours - 2]: (desk) => desk.positions().forEach(({ id }) => desk.close(id)),
      },
      settings,
    );
    const { swap: column, profit, count } = outcome.roundTrips;
    expect(count).toBe(1);
    expect(profit[0]).toBe(column?.[0] ?? 0);
    expect(outcome.equity.at(-1)).toBe(10_000 + profit[0]!);
    return column?.[0] ?? 0;
  }

  test('is due once a night, at the rollover', () => {
    const tuesday = Date.UTC(2024, 0, 9, 12);
    expect(swapOver(tuesday, 24)).toBe(-1);
    expect(swapOver(tuesday, 24, { side: -1 })).toBe(0.5);
    expect(swapOver(tuesday, 10)).toBe(0);
  });

  test('is due three times on the triple day and not at weekends', () => {
    const monday = Date.UTC(2024, 0, 8, 12);
    expect(swapOver(monday, 7 * 24)).toBe(-7);
    expect(swapOver(Date.UTC(2024, 0, 10, 12), 24)).toBe(-3);
    expect(swapOver(Date.UTC(2024, 0, 13, 12), 24)).toBe(0);
  });

  test('follows summer time in the place of the rollover', () => {
    // 17:00 in New York is 22:00 UTC until 10 March 2024 and 21:00 after it.
    const upTo = (day: number, hour: number) => swapOver(Date.UTC(2024, 2, day, hour - 5), 6);
    expect(upTo(8, 21)).toBe(0);
    expect(upTo(8, 22)).toBe(-1);
    expect(upTo(11, 20)).toBe(0);
    expect(upTo(11, 21)).toBe(-1);
  });

  test('counts every night of a week with a change of clocks once', () => {
    for (const day of [4, 11]) expect(swapOver(Date.UTC(2024, 2, day, 12), 7 * 24)).toBe(-7);
  });

  test('of a position entered at a close is due for the gap that follows', () => {
    const friday = Date.UTC(2024, 0, 12, 20);
    const timesMs = [friday, friday + HOUR_MS, friday + 50 * HOUR_MS, friday + 51 * HOUR_MS];
    const outcome = play(
      marketOf([calm, calm, calm, calm], { timesMs }),
      {
        1: (desk) => desk.place(ten({})),
        2: (desk) => desk.positions().forEach(({ id }) => desk.close(id)),
      },
      { ...costly, fill: 'close', swap: { ...costly.swap, rolloverHour: 18 } },
    );
    expect([...outcome.roundTrips.swap!]).toEqual([-1]);
  });

  test('of a position entered at a close is not due for a rollover before that', () => {
    // Four-hour bars: the one of 20:00 holds the rollover at 22:00 and closes at midnight.
    const timesMs = [0, 1, 2, 3].map((i) => Date.UTC(2024, 0, 9, 16 + 4 * i));
    const outcome = play(
      marketOf([calm, calm, calm, calm], { timesMs }),
      {
        1: (desk) => desk.place(ten({})),
        2: (desk) => desk.positions().forEach(({ id }) => desk.close(id)),
      },
      { ...costly, fill: 'close' },
    );
    expect(outcome.roundTrips).toMatchObject({ count: 1 });
    expect(outcome.roundTrips.swap).toBeUndefined();
  });
});
