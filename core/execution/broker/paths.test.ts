/** How price moves inside a bar, and what follows of it. */
import { describe, expect, test } from 'vitest';
import type { OrderDesk } from '../order-desk.ts';
import type { RunSettings } from '../settings.ts';
import {
  barsOf,
  calm,
  innerBarsOf,
  marketOf,
  play,
  ten,
  ticksOf,
  tripsOf,
  type Row,
} from './made-play.ts';

type Path = RunSettings['path'];

/** The first round trip of an order placed on bar 0, entered at 100 on bar 1. */
function trip(rows: readonly Row[], path: Path, order = {}, wishes = {}) {
  const market = marketOf([calm, ...rows], wishes);
  const levels = { stop: 90, target: 110, ...order };
  return tripsOf(play(market, { 0: (desk) => desk.place(ten(levels)) }, { path }))[0];
}

const short = { side: -1, stop: 110, target: 90 } as const;

describe('a bar that holds both stop and target', () => {
  const both: Row = [100, 112, 85, 100];

  test('takes the stop when pessimistic, for a long and for a short', () => {
    const stopped = { exitPrice: 90, reason: 'stop', ambiguous: 1 };
    expect(trip([both], 'pessimistic')).toMatchObject(stopped);
    expect(trip([both], 'pessimistic', short)).toMatchObject({ ...stopped, exitPrice: 110 });
  });

  test('takes the target when optimistic, for a long and for a short', () => {
    const reached = { exitPrice: 110, reason: 'target', ambiguous: 1 };
    expect(trip([both], 'optimistic')).toMatchObject(reached);
    expect(trip([both], 'optimistic', short)).toMatchObject({ ...reached, exitPrice: 90 });
  });

  test('takes what lies towards the extreme nearer the open when adaptive', () => {
    expect(trip([both], 'adaptive')).toMatchObject({ reason: 'target', ambiguous: 1 });
    expect(trip([[100, 115, 88, 100]], 'adaptive')).toMatchObject({ reason: 'stop' });
  });

  test('takes the low first when both extremes are as near', () => {
    const even: Row = [100, 112, 88, 100];
    expect(trip([even], 'adaptive')).toMatchObject({ reason: 'stop' });
    expect(trip([even], 'adaptive', short)).toMatchObject({ reason: 'target', exitPrice: 90 });
  });

  test('knows that both are as near where the prices have decimals', () => {
    // 23.1 − 22.3 and 23.9 − 23.1 are not the same double.
    const inPoints: Row[] = [
      [231, 231, 231, 231],
      [231, 231, 231, 231],
      [231, 239, 223, 231],
    ];
    const bars = { ...barsOf(inPoints), scale: 10, digits: 1 };
    const order = ten({ stop: 22.5, target: 23.7 });
    const market = { symbol: 'MADE', bars, inner: null };
    const outcome = play(market, { 0: (desk) => desk.place(order) }, { path: 'adaptive' });
    expect(tripsOf(outcome)).toMatchObject([{ reason: 'stop' }]);
  });
});

describe('an open beyond a level', () => {
  test('fills the stop at the open, which leaves no doubt', () => {
    const rows: Row[] = [calm, [85, 112, 80, 100]];
    for (const path of ['pessimistic', 'optimistic', 'adaptive'] as const) {
      expect(trip(rows, path)).toMatchObject({ exitPrice: 85, reason: 'stop', ambiguous: 0 });
    }
  });

  test('fills the target at the open', () => {
    const rows: Row[] = [calm, [115, 118, 112, 116]];
    for (const path of ['pessimistic', 'optimistic', 'adaptive'] as const) {
      expect(trip(rows, path)).toMatchObject({ exitPrice: 115, reason: 'target' });
    }
  });

  test('lets a pessimistic stop come before the target that was opened beyond', () => {
    const rows: Row[] = [calm, [115, 118, 85, 100]];
    expect(trip(rows, 'pessimistic')).toMatchObject({ exitPrice: 90, ambiguous: 1 });
    expect(trip(rows, 'optimistic')).toMatchObject({ exitPrice: 115, ambiguous: 0 });
  });
});

describe('an open beyond what a pessimistic walk lets wait', () => {
  const half = { fraction: 0.5, at: { kind: 'price', distance: 10 } } as const;

  function tripsOn(path: Path, bar: Row, order = {}) {
    const script = { 0: (desk: OrderDesk) => desk.place(ten({ stop: 90, ...order })) };
    return tripsOf(play(marketOf([calm, calm, bar]), script, { path }));
  }

  test('lets the stop come before a partial exit', () => {
    const order = { care: { partials: [half] } };
    const bar: Row = [115, 118, 85, 100];
    expect(tripsOn('pessimistic', bar, order)).toMatchObject([{ units: 10, exitPrice: 90 }]);
    expect(tripsOn('optimistic', bar, order)).toMatchObject([
      { units: 5, exitPrice: 115, reason: 'partial' },
      { units: 5, exitPrice: 90, reason: 'stop' },
    ]);
  });

  test('fills partial exits and the target at the open once the path has turned', () => {
    const further = { fraction: 0.2, at: { kind: 'price', distance: 12 } } as const;
    const order = { target: 114, care: { partials: [further, half] } };
    expect(tripsOn('pessimistic', [115, 118, 95, 100], order)).toMatchObject([
      { units: 5, exitPrice: 115, reason: 'partial' },
      { units: 2, exitPrice: 115, reason: 'partial' },
      { units: 3, exitPrice: 115, reason: 'target' },
    ]);
  });

  test('holds of a position that an order opens there', () => {
    const order = { kind: 'stop', price: 105, stop: 95, target: 108, expiryBars: 9 };
    const stopped: Row = [110, 112, 94, 100];
    expect(tripsOn('pessimistic', stopped, order)).toMatchObject([
      { entryPrice: 110, exitPrice: 95, reason: 'stop', ambiguous: 1 },
    ]);
    expect(tripsOn('optimistic', stopped, order)).toMatchObject([
      { entryPrice: 110, exitPrice: 110, reason: 'target', ambiguous: 0 },
    ]);
    expect(tripsOn('pessimistic', [110, 112, 99, 100], order)).toMatchObject([
      { entryPrice: 110, exitPrice: 110, reason: 'target' },
    ]);
  });
});

describe('bars of a lower timeframe', () => {
  const outer: Row = [100, 112, 85, 100];
  const up: Row = [100, 112, 99, 111];
  const down: Row = [111, 111, 85, 100];

  test('say which level came first', () => {
    const inner = innerBarsOf([[calm], [up, down]]);
    expect(trip([outer], 'lowerTimeframe', {}, { inner })).toMatchObject({
      reason: 'target',
      ambiguous: 0,
    });
  });

  test('are themselves walked pessimistically, and flagged where one holds both', () => {
    const inner = innerBarsOf([[calm], [outer]]);
    expect(trip([outer], 'lowerTimeframe', {}, { inner })).toMatchObject({
      reason: 'stop',
      ambiguous: 1,
    });
  });

  test('gap between one another', () => {
    const inner = innerBarsOf([[calm], [calm, [88, 89, 85, 87]]]);
    expect(trip([outer], 'lowerTimeframe', {}, { inner })).toMatchObject({ exitPrice: 88 });
  });

  test('that are missing leave the bar to the pessimistic walk', () => {
    const inner = innerBarsOf([[calm], []]);
    expect(trip([outer], 'lowerTimeframe', {}, { inner })).toMatchObject({ reason: 'stop' });
  });
});

describe('ticks', () => {
  const outer: Row = [100, 112, 85, 100];

  test('fill the stop at the first tick at or below it', () => {
    const inner = ticksOf([[100], [100, 95, 89.5, 85, 112, 100]]);
    expect(trip([outer], 'ticks', {}, { inner })).toMatchObject({
      exitPrice: 89.5,
      reason: 'stop',
      ambiguous: 0,
    });
  });

  test('fill the target at the tick, which is never worse', () => {
    const inner = ticksOf([[100], [100, 112, 85, 100]]);
    expect(trip([outer], 'ticks', {}, { inner })).toMatchObject({
      exitPrice: 112,
      reason: 'target',
    });
  });

  test('fill a market order at the first of the bar', () => {
    const inner = ticksOf([[100], [101, 112, 85, 100]]);
    expect(trip([outer], 'ticks', {}, { inner })).toMatchObject({ entryPrice: 101 });
  });

  test('that are missing leave the bar to the pessimistic walk', () => {
    const inner = ticksOf([[100], []]);
    expect(trip([outer], 'ticks', {}, { inner })).toMatchObject({ exitPrice: 90, ambiguous: 1 });
  });

  test('at the four prices of a bar are the walk through it', () => {
    const rows: Row[] = [calm, [100, 108, 95, 102], [102, 110, 90, 100]];
    const inner = ticksOf([[100], ...rows.map(([o, h, l, c]) => [o, l, h, c])]);
    const levels = { stop: 90, target: 110 };
    expect(trip(rows, 'ticks', levels, { inner })).toEqual({
      ...trip(rows, 'pessimistic', levels),
      ambiguous: 0,
    });
  });
});

describe('a flat market on a pessimistic walk', () => {
  test('meets its high first when orders to buy wait, so that the high cannot help them', () => {
    const market = marketOf([calm, [100, 112, 94, 100]]);
    const limit = ten({ kind: 'limit', price: 95, target: 110 });
    const script = { 0: (desk: { place(o: typeof limit): unknown }) => desk.place(limit) };
    expect(play(market, script).open).toMatchObject({ entryPrice: 95 });
    expect(tripsOf(play(market, script, { path: 'optimistic' }))).toMatchObject([
      { entryPrice: 95, exitPrice: 110, reason: 'target' },
    ]);
  });
});
