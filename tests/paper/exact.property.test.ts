/** The profile `exact`: the paper terminal fills on replayed bars as the reference broker does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runBroker } from '#core/execution/broker/broker.ts';
import type { OrderDesk, OrderRequest, Trader } from '#core/execution/order-desk.ts';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import type { Bars } from '#core/market/bars.ts';
import { hurtsLow } from '../../sync/terminals/paper/hurts-low.ts';
import type { PaperBroker } from '../../sync/terminals/paper/paper-broker.ts';
import { openReplay } from '../../sync/terminals/paper/price-replay.ts';
import { cents, madeBroker, noonMs, request } from './paper-play.ts';

const scale = 100_000;
const hourMs = 3_600_000;
/** Margin for all that is ever asked for. */
const ample = 100_000;

interface Wish {
  readonly bar: number;
  readonly kind: 'market' | 'limit' | 'stop';
  readonly side: 1 | -1;
  readonly lots: number;
  /** Points: of the order from the close, of its stop and target from the order. */
  readonly far: number;
  readonly stop: number;
  readonly target: number;
}

interface Play {
  readonly bars: Bars;
  readonly wishes: readonly Wish[];
  readonly cash: number;
}

const anyPlay: fc.Arbitrary<Play> = fc
  .record({
    rows: fc.array(
      fc.record({
        gap: fc.integer({ min: -30, max: 30 }),
        body: fc.integer({ min: -150, max: 150 }),
        up: fc.nat(120),
        down: fc.nat(120),
      }),
      { minLength: 4, maxLength: 40 },
    ),
    wishes: fc.array(
      fc.record({
        bar: fc.nat(30),
        kind: fc.constantFrom('market' as const, 'limit' as const, 'stop' as const),
        side: fc.constantFrom(1 as const, -1 as const),
        lots: fc.integer({ min: 1, max: 30 }).map((steps) => steps / 100),
        far: fc.integer({ min: 1, max: 150 }),
        stop: fc.integer({ min: 60, max: 300 }),
        target: fc.integer({ min: 60, max: 300 }),
      }),
      { maxLength: 20 },
    ),
    cash: fc.constantFrom(400, 2_000, ample),
  })
  .map(({ rows, wishes, cash }) => ({
    bars: barsOf(rows),
    cash,
    // A backtest fills market orders before the pending ones that the same open meets, a terminal
    // as they come: where money is short, that decides which of them is still afforded.
    wishes: cash === ample ? wishes : wishes.map(pendingOnly),
  }));

function pendingOnly(wish: Wish): Wish {
  return wish.kind === 'market' ? { ...wish, kind: 'stop' } : wish;
}

function barsOf(rows: readonly Record<'gap' | 'body' | 'up' | 'down', number>[]): Bars {
  const columns = { open: [], high: [], low: [], close: [] } as Record<
    'open' | 'high' | 'low' | 'close',
    number[]
  >;
  let last = 110_000;
  for (const { gap, body, up, down } of rows) {
    const open = last + gap;
    const close = open + body;
    columns.open.push(open);
    columns.close.push(close);
    columns.high.push(Math.max(open, close) + up);
    columns.low.push(Math.min(open, close) - down);
    last = close;
  }
  const int = (values: readonly number[]) => Int32Array.from(values);
  const { open, high, low, close } = columns;
  return {
    length: rows.length,
    timesMs: Float64Array.from(rows, (_, i) => noonMs + (i + 1) * hourMs),
    scale,
    digits: 5,
    bid: { open: int(open), high: int(high), low: int(low), close: int(close) },
    ask: null,
    volume: null,
    spreadPoints: null,
  };
}

/** In points, so that both sides read the same numbers. */
function levels({ kind, side, far, stop, target }: Wish, close: number) {
  const from = kind === 'market' ? close : close + (kind === 'limit' ? -side : side) * far;
  return {
    price: from / scale,
    sl: (from - side * stop) / scale,
    tp: (from + side * target) / scale,
  };
}

function inBacktest({ bars, wishes, cash }: Play) {
  const settings: RunSettings = {
    ...defaultSettings,
    cash,
    margin: 0.01,
    positions: 'hedging',
    rounding: 'account',
    stopOut: 0.5,
  };
  const trader: Trader = {
    onBar(_market: number, bar: number, desk: OrderDesk) {
      for (const wish of wishes.filter((each) => each.bar === bar)) {
        const { price, sl, tp } = levels(wish, bars.bid.close[bar]!);
        const { kind, side, lots } = wish;
        const units = Math.round(lots * 100) * 1_000;
        const order: OrderRequest = { market: 0, kind, side, units, price, stop: sl, target: tp };
        desk.place(order);
      }
    },
  };
  const run = runBroker([{ symbol: 'EURUSD', bars, inner: null }], trader, settings);
  let next = run.next();
  while (!next.done) next = run.next();
  const { roundTrips, equity } = next.value;
  return {
    trips: Array.from(roundTrips.profit, (profit, i) => ({
      entry: roundTrips.entryPrice[i]!,
      exit: roundTrips.exitPrice[i]!,
      units: Math.abs(roundTrips.units[i]!),
      cents: cents(profit),
    })),
    equity: equity[equity.length - 1]!,
  };
}

function onPaper({ bars, wishes, cash }: Play) {
  const broker = madeBroker({ profile: 'exact', balance: cash });
  const replay = openReplay([{ symbol: 'EURUSD', kind: 'bars', bars }], 0, () => 0);
  for (let bar = 0; bar < bars.length; bar++) {
    const close = bar > 0 ? bars.bid.close[bar - 1]! : 0;
    const due = wishes.filter((wish) => wish.bar === bar - 1);
    for (const wish of due) if (wish.kind !== 'market') ask(broker, wish, close);
    for (let leg = 0; leg < 4; leg++) {
      broker.at(replay.nextMs()!);
      broker.step(replay.take((symbol) => hurtsLow(broker, symbol)));
      if (leg > 0) continue;
      for (const wish of due) if (wish.kind === 'market') ask(broker, wish, close);
    }
  }
  const entries = new Map(broker.deals().map((deal) => [deal.position, deal.price]));
  for (const { entry, position, price } of broker.deals()) {
    if (entry === 'in') entries.set(position, price);
  }
  return {
    trips: broker
      .deals()
      .filter(({ entry }) => entry === 'out')
      .map(({ position, price, volumeLots, profit }) => ({
        entry: entries.get(position)!,
        exit: price,
        units: Math.round(volumeLots * 100) * 1_000,
        cents: cents(profit),
      })),
    equity: broker.account().equity,
  };
}

function ask(broker: PaperBroker, wish: Wish, close: number): void {
  const { price, sl, tp } = levels(wish, close);
  const { kind, side, lots } = wish;
  const word = side === 1 ? ('buy' as const) : ('sell' as const);
  const base = { volumeLots: lots, sl, tp };
  if (kind === 'market') broker.trade(request({ ...base, type: word }));
  else broker.trade(request({ ...base, action: 'pending', type: `${word}-${kind}`, price }));
}

test('every round trip has the same prices and profit, and equity ends the same', () => {
  fc.assert(
    fc.property(anyPlay, (play) => {
      const backtest = inBacktest(play);
      const paper = onPaper(play);
      expect(paper.trips).toEqual(backtest.trips);
      expect(Math.abs(paper.equity - backtest.equity)).toBeLessThan(0.011);
    }),
    { numRuns: 300 },
  );
});
