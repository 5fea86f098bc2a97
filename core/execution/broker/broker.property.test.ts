/** What holds of every run, whatever the orders, prices and settings. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runCase, wholeSettingsArbitrary } from '../../../tests/fuzz/run-case.ts';
import { sliceBars, type Bars } from '../../market/bars.ts';
import type { InnerPrices, Market, OrderDesk, OrderRequest, Reach, Trader } from '../order-desk.ts';
import { exitReasonCode } from '../outcome.ts';
import type { RunSettings } from '../settings.ts';
import { play, tripsOf } from './made-play.ts';

interface Wish {
  readonly bar: number;
  readonly order: OrderRequest;
  /** Part of its units of which the oldest position is closed on the bar; 0 = none. */
  readonly close: number;
}

const reach: fc.Arbitrary<Reach> = fc.oneof(
  fc.record({ kind: fc.constant('price' as const), distance: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('r' as const), multiple: fc.constantFrom(0.5, 1, 2) }),
);

const care = fc.option(
  fc.record(
    {
      targetR: fc.constantFrom(1, 2),
      trailing: fc.record({ distance: reach, activation: reach }),
      breakEven: fc.record({ activation: reach }),
      partials: fc.array(fc.record({ fraction: fc.constantFrom(0.3, 0.5), at: reach }), {
        maxLength: 2,
      }),
      exitAfterBars: fc.integer({ min: 1, max: 6 }),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

const wish: fc.Arbitrary<Wish> = fc
  .record({
    bar: fc.nat(60),
    side: fc.constantFrom(1 as const, -1 as const),
    kind: fc.constantFrom('market', 'market', 'limit', 'stop', 'stopLimit'),
    units: fc.constantFrom(1, 2.5, 7, 20),
    price: fc.integer({ min: 8, max: 38 }),
    aside: fc.integer({ min: -3, max: 3 }),
    stop: fc.option(fc.integer({ min: 1, max: 9 }), { nil: NaN }),
    target: fc.option(fc.integer({ min: 1, max: 9 }), { nil: NaN }),
    expiryBars: fc.constantFrom(1, 3, 100),
    ocoGroup: fc.constantFrom(undefined, undefined, 1, 2),
    care,
    close: fc.constantFrom(0, 0, 0, 0.5, 1),
  })
  .map(({ bar, close, aside, stop, target, ocoGroup, care: asked, ...order }) => ({
    bar,
    close,
    order: {
      market: 0,
      ...order,
      limit: order.price + aside,
      stop: order.price - order.side * stop,
      target: order.price + order.side * target,
      ...(ocoGroup && { ocoGroup }),
      ...(asked && { care: asked }),
    } as OrderRequest,
  }));

interface Play {
  readonly market: Market;
  readonly wishes: readonly Wish[];
  readonly settings: RunSettings;
}

const anyPlay: fc.Arbitrary<Play> = fc
  .record({
    run: runCase,
    wishes: fc.array(wish, { maxLength: 25, size: 'max' }),
    settings: wholeSettingsArbitrary,
  })
  .map(({ run, wishes, settings }) => {
    const bars = { ...run.bars, digits: 1 };
    const scaled = wishes.map((each) => scaleDown(each, widestPrice(bars) / 40));
    return {
      market: { symbol: 'MADE', bars, inner: innerOf(bars, settings) },
      wishes: scaled,
      settings,
    };
  });

function widestPrice({ bid, scale }: Bars): number {
  return Math.max(...Array.from(bid.high, (points) => points / scale));
}

/** Prices of wishes are those of bars around 20; bars may be a tenth or a hundredth of that. */
function scaleDown({ order, ...rest }: Wish, by: number): Wish {
  const { price = NaN, limit = NaN, stop = NaN, target = NaN } = order;
  return {
    ...rest,
    order: { ...order, price: price * by, limit: limit * by, stop: stop * by, target: target * by },
  };
}

/** Each bar once more inside itself, or its four prices as ticks. */
function innerOf(bars: Bars, { path }: RunSettings): InnerPrices | null {
  const { length } = bars;
  if (path === 'lowerTimeframe') {
    return { kind: 'bars', bars, firstOf: Int32Array.from({ length: length + 1 }, (_, i) => i) };
  }
  if (path !== 'ticks') return null;
  const four = (columns: Bars['bid']) =>
    Float64Array.from({ length: length * 4 }, (_, i) => {
      const field = (['open', 'low', 'high', 'close'] as const)[i % 4]!;
      return columns[field][Math.floor(i / 4)]!;
    });
  return {
    kind: 'ticks',
    ticks: {
      length: length * 4,
      timesMs: Float64Array.from({ length: length * 4 }, (_, i) => i),
      scale: bars.scale,
      digits: bars.digits,
      bid: four(bars.bid),
      ask: bars.ask && four(bars.ask),
      volume: null,
    },
    firstOf: Int32Array.from({ length: length + 1 }, (_, i) => i * 4),
  };
}

/** Asks for each wish on its bar, and shows the desk to `look` on every bar. */
function wishing(wishes: readonly Wish[], look: (desk: OrderDesk, bar: number) => void): Trader {
  return {
    onBar(_, bar, desk) {
      look(desk, bar);
      for (const { bar: on, order, close } of wishes) {
        if (on !== bar) continue;
        const oldest = desk.positions()[0];
        if (close > 0 && oldest) desk.close(oldest.id, oldest.units * close);
        desk.place(order);
      }
    },
  };
}

const quiet = () => undefined;
const run = (
  { market, wishes, settings }: Play,
  look = quiet as (d: OrderDesk, b: number) => void,
) => play(market, wishing(wishes, look), settings);

const numRuns = 500;

describe('every run', { timeout: 120_000 }, () => {
  test('is tried with orders that end in every way', () => {
    const reasons = new Set<number>();
    for (const each of fc.sample(anyPlay, { numRuns: 1000, seed: 1 })) {
      run(each).roundTrips.exitReason.forEach((code) => reasons.add(code));
    }
    expect([...reasons].sort((a, b) => a - b)).toEqual(Object.values(exitReasonCode));
  });

  test('changes cash by the sum of its deals', () => {
    fc.assert(
      fc.property(anyPlay, (drawn) => {
        const settings = { ...drawn.settings, rounding: 'none' as const };
        let cash = settings.cash;
        const outcome = run({ ...drawn, settings }, (desk) => {
          cash = desk.cash;
        });
        const { profit, commission } = outcome.roundTrips;
        const last = outcome.equity.at(-1)!;
        if (last === 0 || settings.closeAtEnd) return;
        const paid = commission.reduce((sum, money) => sum + money, 0);
        const paidForOpen = outcome.commissions - paid;
        const earned = profit.reduce((sum, money) => sum + money, 0);
        const scale = Math.max(1, ...profit.map(Math.abs), settings.cash);
        expect(Math.abs(settings.cash + earned - paidForOpen - cash) / scale).toBeLessThan(1e-9);
      }),
      { numRuns },
    );
  });

  test('does not see the bars to come', () => {
    fc.assert(
      fc.property(anyPlay, fc.nat(), (drawn, cut) => {
        const settings = { ...drawn.settings, closeAtEnd: false };
        const { bars } = drawn.market;
        const length = 1 + (cut % bars.length);
        const part = sliceBars(bars, 0, length);
        const past = { ...drawn.market, bars: part, inner: innerOf(part, settings) };
        const whole = tripsOf(run({ ...drawn, settings }));
        const early = tripsOf(run({ ...drawn, market: past, settings }));
        expect(whole.slice(0, early.length)).toEqual(early);
        expect(whole.slice(early.length).every((trip) => trip.exitBar >= length - 1)).toBe(true);
      }),
      { numRuns },
    );
  });

  test('holds one side of a market at most unless it hedges', () => {
    fc.assert(
      fc.property(anyPlay, (drawn) => {
        if (drawn.settings.positions === 'hedging') return;
        run(drawn, (desk) => expect(desk.positions().length).toBeLessThanOrEqual(1));
      }),
      { numRuns },
    );
  });

  test('fills no limit worse than its price', () => {
    let fills = 0;
    fc.assert(
      fc.property(anyPlay, wish, (drawn, first) => {
        const order: OrderRequest = { ...first.order, kind: 'limit', care: {} };
        const limit = order.price!;
        const settings = { ...drawn.settings, cash: 99_999.99 };
        const outcome = run({ ...drawn, settings, wishes: [{ ...first, close: 0, order }] });
        const entries = [outcome.open, ...tripsOf(outcome)].filter((entry) => entry !== null);
        for (const { entryPrice } of entries) {
          fills++;
          expect(order.side * (entryPrice - limit)).toBeLessThanOrEqual(1e-9 * limit);
        }
      }),
      { numRuns },
    );
    expect(fills).toBeGreaterThan(numRuns / 20);
  });

  test('fills one order of a group at most', () => {
    fc.assert(
      fc.property(anyPlay, (drawn) => {
        const grouped = drawn.wishes.map((each) => ({
          ...each,
          bar: 0,
          close: 0,
          order: { ...each.order, ocoGroup: 1 },
        }));
        const settings = { ...drawn.settings, positions: 'hedging' as const, exclusive: false };
        const entries = new Set<number>();
        const outcome = run({ ...drawn, wishes: grouped, settings }, (desk) =>
          desk.positions().forEach(({ id }) => entries.add(id)),
        );
        tripsOf(outcome).forEach(({ entryBar, entryPrice }) =>
          expect([entryBar, entryPrice]).toEqual([
            outcome.roundTrips.entryBar[0],
            outcome.roundTrips.entryPrice[0],
          ]),
        );
        expect(entries.size).toBeLessThanOrEqual(1);
      }),
      { numRuns },
    );
  });

  test('with a stop-out ends every bar above its level, or flat', () => {
    fc.assert(
      fc.property(anyPlay, (drawn) => {
        const settings = { ...drawn.settings, stopOut: 0.8, margin: 0.3, cash: 1000 };
        run({ ...drawn, settings }, (desk) => {
          if (desk.usedMargin === 0) return;
          expect(desk.equity / desk.usedMargin).toBeGreaterThan(0.8 * (1 - 1e-9));
        });
      }),
      { numRuns },
    );
  });

  test('gives the same however it is sliced', () => {
    fc.assert(
      fc.property(anyPlay, fc.integer({ min: 1, max: 20 }), (drawn, stepsPerSlice) => {
        const { market, wishes, settings } = drawn;
        const sliced = play(market, wishing(wishes, quiet), settings, { stepsPerSlice });
        expect(sliced).toStrictEqual(run(drawn));
      }),
      { numRuns },
    );
  });

  test('of bars inside themselves is the pessimistic one', () => {
    fc.assert(
      fc.property(anyPlay, (drawn) => {
        const { bars } = drawn.market;
        const lower = { ...drawn.settings, path: 'lowerTimeframe' } as const;
        const inner = innerOf(bars, lower);
        const plain = { ...lower, path: 'pessimistic' } as const;
        expect(
          run({ ...drawn, market: { ...drawn.market, inner }, settings: lower }),
        ).toStrictEqual(run({ ...drawn, settings: plain }));
      }),
      { numRuns },
    );
  });
});

describe('one position with a stop and a target', { timeout: 120_000 }, () => {
  test('comes out no better on the pessimistic path than on the optimistic one', () => {
    fc.assert(
      fc.property(anyPlay, wish, (drawn, first) => {
        const { stop = NaN, target = NaN, side } = first.order;
        fc.pre(!Number.isNaN(stop + target));
        const order: OrderRequest = { market: 0, side, kind: 'market', units: 1, stop, target };
        const wishes = [{ bar: 0, close: 0, order }];
        const settings = { ...drawn.settings, stopOut: null };
        const end = (path: 'pessimistic' | 'optimistic') =>
          run({ ...drawn, wishes, settings: { ...settings, path } }).equity.at(-1)!;
        expect(end('pessimistic')).toBeLessThanOrEqual(end('optimistic'));
      }),
      { numRuns },
    );
  });
});
