/** What rules with a plan make of their signals at the order desk. */
import { describe, expect, test } from 'vitest';
import { calm, marketOf, play, tripsOf, type Row } from './broker/made-play.ts';
import type { EntryOrder, OrderPlan } from './order-plan.ts';
import { ruleTrader } from './rule-trader.ts';
import { defaultSettings, type RunSettings } from './settings.ts';
import { EXIT_LONG, type Signals } from './signals.ts';

interface PlannedRule {
  readonly side: 1 | -1;
  readonly order?: EntryOrder;
  readonly stop?: Float64Array;
  /** Bars on which it signals. */
  readonly on: readonly number[];
}

function planOf(
  length: number,
  rules: readonly PlannedRule[],
  more: Partial<OrderPlan> = {},
): OrderPlan {
  return {
    rules: rules.map(({ side, order = { kind: 'market' }, stop }) => ({
      side,
      order,
      ...(stop && { stop }),
    })),
    holds: rules.map(({ on }) => Uint8Array.from({ length }, (_, i) => (on.includes(i) ? 1 : 0))),
    oneCancelsOther: false,
    targetR: null,
    trailing: null,
    breakEven: null,
    partials: [],
    exitAfterBars: null,
    maxPositions: 1,
    sizing: { kind: 'units', units: 10 },
    ...more,
  };
}

function run(
  rows: readonly Row[],
  plan: OrderPlan,
  {
    settings = {},
    signals = {},
  }: { readonly settings?: Partial<RunSettings>; readonly signals?: Partial<Signals> } = {},
) {
  const { length } = rows;
  const own: Signals = {
    length,
    warmupBars: 0,
    entry: new Int8Array(length),
    exit: new Uint8Array(length),
    stop: null,
    target: null,
    sizing: { kind: 'units', units: 1 },
    plan,
    ...signals,
  };
  const whole = { ...defaultSettings, ...settings };
  return play(marketOf(rows), ruleTrader([own], whole), whole);
}

const column = (length: number, price: number) => new Float64Array(length).fill(price);
const limitAt = (length: number, price: number, expiryBars = 100): EntryOrder => ({
  kind: 'limit',
  price: column(length, price),
  expiryBars,
});
const dip: Row = [100, 101, 94, 100];

describe('a planned rule', () => {
  test('places the order it states, for as many bars as it states', () => {
    const rows = [calm, calm, calm, dip];
    const planned = (expiryBars: number) =>
      planOf(4, [{ side: 1, order: limitAt(4, 95, expiryBars), on: [1] }]);
    expect(run(rows, planned(2)).open).toMatchObject({ entryBar: 3, entryPrice: 95, units: 10 });
    expect(run(rows, planned(1)).open).toBeNull();
  });

  test('replaces its order of before when it signals again', () => {
    const price = Float64Array.of(0, 95, 94, 0, 0);
    const order: EntryOrder = { kind: 'limit', price, expiryBars: 100 };
    const plan = planOf(5, [{ side: 1, order, on: [1, 2] }], { maxPositions: 3 });
    const outcome = run([calm, calm, calm, dip, dip], plan, { settings: { positions: 'hedging' } });
    expect(outcome.allOpen).toBeUndefined();
    expect(outcome.open).toMatchObject({ entryPrice: 94 });
  });

  test('is silent during warm-up', () => {
    const plan = planOf(4, [{ side: 1, on: [1, 2] }]);
    expect(run([calm, calm, calm, calm], plan, { signals: { warmupBars: 2 } }).open).toBeNull();
  });

  test('goes behind an earlier one where both ask for a market order', () => {
    const plan = planOf(3, [
      { side: -1, on: [1] },
      { side: 1, on: [1] },
    ]);
    expect(run([calm, calm, calm], plan).open).toMatchObject({ units: -10 });
  });

  test('takes stop and target from the signals, and R from the stop', () => {
    const rows: Row[] = [calm, calm, calm, [100, 121, 100, 119]];
    const stop = { long: column(4, 90), short: column(4, 110) };
    const plan = planOf(4, [{ side: 1, on: [1] }], { targetR: 2 });
    expect(tripsOf(run(rows, plan, { signals: { stop } }))).toMatchObject([
      { exitPrice: 120, reason: 'target' },
    ]);
  });

  test('has levels of its own where several rules share a side', () => {
    const rows: Row[] = [calm, calm, dip, [100, 101, 85, 90]];
    const stop = { long: column(4, 92), short: column(4, 110) };
    const plan = planOf(
      4,
      [
        { side: 1, order: limitAt(4, 98), on: [1] },
        { side: 1, order: limitAt(4, 95), on: [1], stop: column(4, 89) },
      ],
      { maxPositions: 2 },
    );
    const outcome = run(rows, plan, { settings: { positions: 'hedging' }, signals: { stop } });
    expect(tripsOf(outcome)).toMatchObject([
      { entryPrice: 98, exitPrice: 92 },
      { entryPrice: 95, exitPrice: 89 },
    ]);
  });
});

describe('orders of one bar', () => {
  const bracket = (oneCancelsOther: boolean) =>
    planOf(
      4,
      [
        { side: 1, order: { kind: 'stop', price: column(4, 105), expiryBars: 100 }, on: [1] },
        { side: -1, order: { kind: 'stop', price: column(4, 95), expiryBars: 100 }, on: [1] },
      ],
      { oneCancelsOther },
    );
  const rows: Row[] = [calm, calm, [100, 106, 99, 104], [104, 105, 90, 92]];

  test('cancel each other when they are to', () => {
    expect(run(rows, bracket(true)).open).toMatchObject({ units: 10, entryPrice: 105 });
  });

  test('are not cancelled by a market order, which waits for no price', () => {
    const plan = planOf(
      4,
      [
        { side: 1, on: [1] },
        { side: 1, order: limitAt(4, 95), on: [1] },
      ],
      { oneCancelsOther: true, maxPositions: 2 },
    );
    const settings = { positions: 'hedging' } as const;
    const outcome = run([calm, calm, calm, dip], plan, { settings });
    expect(outcome.allOpen).toMatchObject([{ entryPrice: 100 }, { entryPrice: 95 }]);
  });

  test('go on working when they are not', () => {
    expect(run(rows, bracket(false)).open).toMatchObject({ units: -10, entryPrice: 95 });
  });
});

describe('entries while a position is open', () => {
  const rows = Array.from({ length: 6 }, () => calm);
  const plan = (maxPositions: number) => planOf(6, [{ side: 1, on: [1, 2, 3] }], { maxPositions });

  test('are ignored on the same side', () => {
    const outcome = run(rows, plan(1));
    expect(outcome.open).toMatchObject({ entryBar: 2, units: 10 });
  });

  test('open up to so many on the same side, and all turn round on an entry against them', () => {
    const turning = planOf(
      6,
      [
        { side: 1, on: [1, 2, 3] },
        { side: -1, on: [4] },
      ],
      { maxPositions: 2 },
    );
    const outcome = run(rows, turning);
    expect(tripsOf(outcome)).toMatchObject([
      { entryBar: 2, exitBar: 5, reason: 'reverse' },
      { entryBar: 3, exitBar: 5, reason: 'reverse' },
    ]);
    expect(outcome.open).toMatchObject({ units: -10, entryBar: 5 });
  });

  test('open up to so many positions on a hedging account', () => {
    const settings = { positions: 'hedging' } as const;
    expect(run(rows, plan(2), { settings }).allOpen).toHaveLength(2);
  });

  test('add up to so many times on a netting account', () => {
    const settings = { positions: 'netting' } as const;
    expect(run(rows, plan(2), { settings }).open).toMatchObject({ units: 20 });
  });

  test('follow an exit on the same bar', () => {
    const exit = Uint8Array.of(0, 0, EXIT_LONG, 0, 0, 0);
    const outcome = run(rows, plan(1), { signals: { exit } });
    expect(tripsOf(outcome)).toMatchObject([{ exitBar: 3, reason: 'rule' }]);
    expect(outcome.open).toMatchObject({ entryBar: 3 });
  });
});

describe('the care of a plan', () => {
  test('reaches the position in the distances of its signal bar', () => {
    const distance = Float64Array.of(NaN, 5, 50, 50);
    const plan = planOf(4, [{ side: 1, on: [1] }], {
      trailing: { distance: { kind: 'price', distance }, activation: null, lock: null },
    });
    const rows: Row[] = [calm, calm, [100, 120, 100, 118], [118, 118, 100, 101]];
    expect(tripsOf(run(rows, plan))).toMatchObject([{ exitPrice: 115, reason: 'trail' }]);
  });

  test('holds partial exits and a time exit', () => {
    const plan = planOf(5, [{ side: 1, on: [1] }], {
      partials: [
        { fraction: 0.5, at: { kind: 'price', distance: Float64Array.of(0, 10, 0, 0, 0) } },
      ],
      exitAfterBars: 2,
    });
    const rows: Row[] = [calm, calm, [100, 110, 100, 108], calm, [103, 104, 102, 103]];
    expect(tripsOf(run(rows, plan))).toMatchObject([
      { exitPrice: 110, units: 5, reason: 'partial' },
      { exitBar: 4, exitPrice: 103, units: 5, reason: 'time' },
    ]);
  });
});

describe('sizes that vary', () => {
  test('take the part of equity of their signal bar', () => {
    const sizing = { kind: 'equityColumn', fraction: Float64Array.of(0, 0.25, 0.5) } as const;
    const plan = planOf(3, [{ side: 1, on: [1] }], { sizing });
    expect(run([calm, calm, calm], plan).open).toMatchObject({ units: 25 });
  });

  test('follow the Kelly fraction once there are round trips enough', () => {
    // Two wins of 10 % and a loss of 5 %: 2/3 − 1/3 ÷ 2 is a half.
    const up: Row = [110, 111, 109, 110];
    const rows: Row[] = [calm, calm, calm, up, calm, up, calm, [95, 96, 94, 95], calm, calm];
    const exit = new Uint8Array(rows.length);
    for (const bar of [2, 4, 6]) exit[bar] = EXIT_LONG;
    const sizing = { kind: 'kelly', part: 0.5, trips: 3, otherwise: 0.1 } as const;
    const plan = planOf(rows.length, [{ side: 1, on: [1, 3, 5, 8] }], { sizing });
    const outcome = run(rows, plan, { signals: { exit }, settings: { units: 'fractional' } });
    const [first, second, third] = tripsOf(outcome).map(({ profit }) => profit);
    expect(first).toBeCloseTo(100, 6);
    const averageWin = (first! + second!) / 2;
    const kelly = 2 / 3 - 1 / 3 / (averageWin / -third!);
    const equity = outcome.equity[8]!;
    expect(outcome.open!.units).toBeCloseTo((0.5 * kelly * equity) / 100, 9);
  });
});
