/** The care of a position: stops that move, exits in part, exits by time. */
import { describe, expect, test } from 'vitest';
import type { PositionCare, Reach } from '../order-desk.ts';
import type { RunSettings } from '../settings.ts';
import { calm, marketOf, play, ten, tripsOf, type Row } from './made-play.ts';

const price = (distance: number): Reach => ({ kind: 'price', distance });
const r = (multiple: number): Reach => ({ kind: 'r', multiple });

/** The round trips of ten units bought at 100 on bar 1, with a stop at 90. */
function tripsWith(
  care: PositionCare,
  later: readonly Row[],
  order = {},
  settings: Partial<RunSettings> = {},
) {
  const market = marketOf([calm, calm, ...later]);
  const asked = ten({ stop: 90, care, ...order });
  return tripsOf(play(market, { 0: (desk) => desk.place(asked) }, settings));
}

const short = { side: -1, stop: 110 } as const;

describe('a trailing stop', () => {
  test('follows the high at its distance, for a short the low', () => {
    const care = { trailing: { distance: price(5) } };
    expect(
      tripsWith(care, [
        [100, 120, 100, 116],
        [116, 117, 110, 112],
      ]),
    ).toMatchObject([{ exitBar: 3, exitPrice: 115, reason: 'trail' }]);
    expect(
      tripsWith(
        care,
        [
          [100, 100, 80, 84],
          [84, 90, 83, 88],
        ],
        short,
      ),
    ).toMatchObject([{ exitPrice: 85, reason: 'trail' }]);
  });

  test('meets the rest of the bar that moved it', () => {
    const care = { trailing: { distance: price(5) } };
    expect(tripsWith(care, [[100, 120, 100, 110]])).toMatchObject([
      { exitBar: 2, exitPrice: 115, reason: 'trail' },
    ]);
  });

  test('never falls back', () => {
    const care = { trailing: { distance: price(5) } };
    const rows: Row[] = [
      [100, 110, 100, 109],
      [109, 109, 106, 107],
      [107, 108, 104, 106],
    ];
    expect(tripsWith(care, rows)).toMatchObject([{ exitBar: 4, exitPrice: 105 }]);
  });

  test('waits for the profit that it is to begin at', () => {
    const care = { trailing: { distance: price(5), activation: r(2) } };
    const below: Row[] = [
      [100, 119, 100, 118],
      [118, 118, 95, 96],
    ];
    expect(tripsWith(care, below)).toEqual([]);
    const reached: Row[] = [
      [100, 120, 100, 118],
      [118, 118, 95, 96],
    ];
    expect(tripsWith(care, reached)).toMatchObject([{ exitPrice: 115, reason: 'trail' }]);
  });

  test('keeps the profit that is locked', () => {
    const care = { trailing: { distance: price(15), activation: price(10), lock: price(4) } };
    const rows: Row[] = [
      [100, 110, 100, 109],
      [109, 109, 95, 96],
    ];
    expect(tripsWith(care, rows)).toMatchObject([{ exitPrice: 104, reason: 'trail' }]);
  });
});

describe('break-even', () => {
  const care = { breakEven: { activation: r(1) } };

  test('moves the stop onto the entry once there is so much profit', () => {
    const rows: Row[] = [
      [101, 110, 101, 108],
      [108, 108, 95, 96],
    ];
    expect(tripsWith(care, rows)).toMatchObject([
      { exitPrice: 100, profit: 0, reason: 'breakEven' },
    ]);
  });

  test('leaves the stop where there is less', () => {
    const rows: Row[] = [
      [101, 109.9, 101, 108],
      [108, 108, 89, 92],
    ];
    expect(tripsWith(care, rows)).toMatchObject([{ exitPrice: 90, reason: 'stop' }]);
  });

  test('can lock a profit', () => {
    const locking = { breakEven: { activation: price(10), lock: price(2) } };
    const rows: Row[] = [
      [100, 110, 100, 108],
      [108, 108, 95, 96],
    ];
    expect(tripsWith(locking, rows)).toMatchObject([{ exitPrice: 102, reason: 'breakEven' }]);
  });
});

test('a profit that has come just so far has come so far', () => {
  // 101.3 − 100 is a little less than 1.3.
  const rows: Row[] = [[100, 101.3, 100, 101.2], calm];
  const after = { activation: price(1.3), lock: price(0.1) };
  expect(tripsWith({ breakEven: after }, rows)).toMatchObject([
    { exitPrice: 100, exitBar: 3, reason: 'breakEven' },
  ]);
  expect(tripsWith({ trailing: { ...after, distance: price(0.1) } }, rows)).toMatchObject([
    { reason: 'trail' },
  ]);
});

describe('partial exits', () => {
  const care = {
    partials: [
      { fraction: 0.5, at: r(1) },
      { fraction: 0.3, at: r(2) },
    ],
  };

  test('take their part of the first units at each level', () => {
    const rows: Row[] = [
      [100, 111, 100, 110],
      [110, 121, 109, 120],
      [120, 120, 85, 90],
    ];
    expect(tripsWith(care, rows)).toMatchObject([
      { exitBar: 2, exitPrice: 110, units: 5, reason: 'partial' },
      { exitBar: 3, exitPrice: 120, units: 3, reason: 'partial' },
      { exitBar: 4, exitPrice: 90, units: 2, reason: 'stop' },
    ]);
  });

  test('both fill in a bar that holds both, in order', () => {
    expect(tripsWith(care, [[100, 121, 100, 120]])).toMatchObject([
      { exitPrice: 110, units: 5 },
      { exitPrice: 120, units: 3 },
    ]);
  });

  test('fill the nearest first, in whatever order they were asked for', () => {
    const farFirst = { partials: care.partials.toReversed() };
    expect(tripsWith(farFirst, [[100, 121, 100, 120]])).toMatchObject([
      { exitPrice: 110, units: 5 },
      { exitPrice: 120, units: 3 },
    ]);
    const shortRows: Row[] = [[100, 100, 79, 80]];
    expect(tripsWith(farFirst, shortRows, short)).toMatchObject([
      { exitPrice: 90, units: -5 },
      { exitPrice: 80, units: -3 },
    ]);
  });

  test('that have no level hold up none that have one', () => {
    const partials = [
      { fraction: 0.5, at: r(1) },
      { fraction: 0.3, at: price(20) },
    ];
    expect(tripsWith({ partials }, [[100, 121, 100, 120]], { stop: NaN })).toMatchObject([
      { exitPrice: 120, units: 3 },
    ]);
  });

  test('of the whole leave nothing', () => {
    const partials = [0.2, 0.7, 0.1].map((fraction, k) => ({ fraction, at: r(k + 1) }));
    const settings = { units: 'fractional' } as const;
    const rows: Row[] = [[100, 135, 100, 130]];
    const market = marketOf([calm, calm, ...rows]);
    const asked = ten({ stop: 90, care: { partials } });
    const outcome = play(market, { 0: (desk) => desk.place(asked) }, settings);
    expect(tripsOf(outcome)).toHaveLength(3);
    expect(outcome.open).toBeNull();
  });

  test('are of as many whole units as their percentage says', () => {
    // 0.29 × 100 is a little less than 29.
    const partials = [{ fraction: 0.29, at: r(1) }];
    const trips = tripsWith({ partials }, [[100, 111, 100, 110]], { units: 100 });
    expect(trips).toMatchObject([{ exitPrice: 110, units: 29 }]);
  });

  test('come after the stop on a pessimistic walk, and before it on an optimistic one', () => {
    const both: Row = [100, 111, 85, 100];
    expect(tripsWith(care, [both])).toMatchObject([{ units: 10, exitPrice: 90 }]);
    expect(tripsWith(care, [both], {}, { path: 'optimistic' })).toMatchObject([
      { units: 5, exitPrice: 110 },
      { units: 5, exitPrice: 90 },
    ]);
  });
});

describe('a target in R', () => {
  test('stands a multiple of the first risk away', () => {
    expect(tripsWith({ targetR: 1.5 }, [[100, 116, 100, 110]], { target: 105 })).toMatchObject([
      { exitPrice: 115, reason: 'target' },
    ]);
  });

  test('stands nowhere without a stop', () => {
    const rows: Row[] = [[100, 160, 100, 110]];
    expect(tripsWith({ targetR: 1.5 }, rows, { stop: NaN })).toEqual([]);
  });
});

test('a time exit closes at the open so many bars after the entry', () => {
  const rows: Row[] = [calm, [103, 104, 102, 103], calm];
  expect(tripsWith({ exitAfterBars: 2 }, rows)).toMatchObject([
    { entryBar: 1, exitBar: 3, exitPrice: 103, reason: 'time' },
  ]);
});
