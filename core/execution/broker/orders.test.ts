/** Orders: when each kind fills, at which price, and when it is no more. */
import { describe, expect, test } from 'vitest';
import type { OrderRequest, PositionCare, Side } from '../order-desk.ts';
import type { RunSettings } from '../settings.ts';
import { defaultSettings } from '../settings.ts';
import { calm, marketOf, play, ten, tripsOf, type Row } from './made-play.ts';

/** The position that is open after an order placed on bar 0 had the rows to fill in. */
function opened(rows: readonly Row[], order: Partial<OrderRequest>, settings = {}) {
  const market = marketOf([calm, ...rows]);
  return play(market, { 0: (desk) => desk.place(ten(order)) }, settings).open;
}

/** What the desk answers to an order placed on bar 0. */
function refusalOf(order: Partial<OrderRequest>): unknown {
  let answer: unknown;
  play(marketOf([calm, calm]), { 0: (desk) => (answer = desk.place(ten(order))) });
  return answer;
}

describe('a limit order', () => {
  const limit = { kind: 'limit', price: 95 } as const;

  test('fills at its price when the bar moves down to it', () => {
    expect(opened([calm, [100, 101, 94, 96]], limit)).toMatchObject({
      entryBar: 2,
      entryPrice: 95,
    });
  });

  test('fills at the open when the bar opens below it', () => {
    expect(opened([[93, 94, 92, 93]], limit)).toMatchObject({ entryPrice: 93 });
  });

  test('to sell fills at its price on the way up, and at an open above it', () => {
    const sell = { kind: 'limit', side: -1, price: 105 } as const;
    expect(opened([[100, 106, 99, 100]], sell)).toMatchObject({ entryPrice: 105, units: -10 });
    expect(opened([[107, 108, 104, 106]], sell)).toMatchObject({ entryPrice: 107 });
  });

  test('does not fill when the bar stays above it', () => {
    expect(opened([[100, 101, 95.01, 96]], limit)).toBeNull();
  });

  test('waits until price pays for the spread as well', () => {
    const settings = { spread: { ...defaultSettings.spread, rate: 0.01 } };
    expect(opened([[100, 101, 94.5, 96]], limit, settings)).toBeNull();
    expect(opened([[100, 101, 94, 96]], limit, settings)).toMatchObject({ entryPrice: 95 });
  });
});

describe('a stop order', () => {
  const stop = { kind: 'stop', price: 105 } as const;

  test('fills at its price when the bar moves up to it', () => {
    expect(opened([[100, 106, 99, 104]], stop)).toMatchObject({ entryPrice: 105 });
  });

  test('fills at the open when the bar gaps over it', () => {
    expect(opened([[108, 109, 107, 108]], stop)).toMatchObject({ entryPrice: 108 });
  });

  test('to sell fills below, at the open after a gap', () => {
    const sell = { kind: 'stop', side: -1, price: 95 } as const;
    expect(opened([[100, 101, 94, 96]], sell)).toMatchObject({ entryPrice: 95 });
    expect(opened([[92, 93, 91, 92]], sell)).toMatchObject({ entryPrice: 92 });
  });

  test('is followed by its own stop on the way that is left of the bar', () => {
    const market = marketOf([calm, [100, 106, 99, 100], calm]);
    const outcome = play(market, { 0: (desk) => desk.place(ten({ ...stop, stop: 103 })) });
    expect(tripsOf(outcome)).toMatchObject([
      { entryBar: 1, entryPrice: 105, exitBar: 1, exitPrice: 103, reason: 'stop' },
    ]);
  });
});

describe('a stop-limit order', () => {
  const order = { kind: 'stopLimit', price: 105, limit: 104 } as const;

  test('waits for its trigger, then fills at its limit', () => {
    expect(opened([[100, 103, 99, 100]], order)).toBeNull();
    expect(opened([[100, 106, 99, 105]], order)).toMatchObject({ entryPrice: 104 });
  });

  test('does not fill while price stays beyond the limit', () => {
    const rows: Row[] = [
      [106, 109, 105.5, 108],
      [108, 109, 104.5, 105],
    ];
    expect(opened(rows, order)).toBeNull();
    expect(opened([...rows, [105, 106, 103, 105]], order)).toMatchObject({
      entryBar: 3,
      entryPrice: 104,
    });
  });
});

describe('an order', () => {
  test('lapses when the bars it was given are over', () => {
    const order = { kind: 'limit', price: 95, expiryBars: 2 } as const;
    const dip: Row = [100, 101, 94, 100];
    expect(opened([calm, dip], order)).toMatchObject({ entryBar: 2 });
    expect(opened([calm, calm, dip], order)).toBeNull();
  });

  test('can be cancelled', () => {
    const market = marketOf([calm, calm, [100, 101, 94, 96]]);
    const outcome = play(market, {
      0: (desk) => desk.place(ten({ kind: 'limit', price: 95 })),
      1: (desk) => desk.workingOrders().forEach(({ id }) => desk.cancel(id)),
    });
    expect(outcome.open).toBeNull();
  });

  test('that fills cancels the others of its group, in the same bar as well', () => {
    const market = marketOf([calm, [100, 106, 94, 100], [100, 106, 94, 100]]);
    const outcome = play(
      market,
      {
        0: (desk) => {
          desk.place(ten({ kind: 'stop', price: 105, ocoGroup: 1 }));
          desk.place(ten({ kind: 'stop', side: -1, price: 95, ocoGroup: 1 }));
        },
      },
      { positions: 'hedging' },
    );
    expect(outcome.roundTrips.count).toBe(0);
    expect(outcome.allOpen).toBeUndefined();
    expect(outcome.open).toMatchObject({ entryPrice: 95, units: -10 });
  });

  test('to be filled at the open cancels the others of its group there as well', () => {
    const outcome = play(
      marketOf([calm, calm]),
      {
        0: (desk) => {
          desk.place(ten({ ocoGroup: 1 }));
          desk.place(ten({ ocoGroup: 1 }));
        },
      },
      { positions: 'hedging' },
    );
    expect(outcome.allOpen).toBeUndefined();
  });

  test('that makes no sense is refused with a word', () => {
    const words: unknown[] = [];
    const ask = (order: Partial<OrderRequest>) => (desk: { place(o: OrderRequest): unknown }) =>
      words.push(desk.place(ten(order)));
    play(marketOf([calm, calm, calm, calm, calm, calm, calm]), {
      0: ask({ units: 0 }),
      1: ask({ market: 3 }),
      2: ask({ kind: 'limit' }),
      3: ask({ kind: 'limit', price: 95, stop: 96 }),
      4: ask({ kind: 'limit', price: 95, target: 90 }),
      5: ask({ kind: 'stopLimit', price: 105, limit: NaN }),
    });
    expect(words).toEqual(
      [
        'volume-invalid',
        'market-unknown',
        'price-invalid',
        'stop-invalid',
        'target-invalid',
        'price-invalid',
      ].map((refused) => ({ refused })),
    );
  });

  test('that is refused counts as an entry that was dropped', () => {
    const refused = ten({ kind: 'limit', price: 95, stop: 96 });
    const outcome = play(marketOf([calm, calm]), { 0: (desk) => desk.place(refused) });
    expect(outcome).toMatchObject({ open: null, droppedEntries: 1 });
  });

  test.each([0, 2, 0.5, NaN])('on side %s is refused', (side) => {
    expect(refusalOf({ side: side as Side })).toEqual({ refused: 'side-invalid' });
  });

  test.each<PositionCare>([
    { exitAfterBars: 0 },
    { exitAfterBars: 1.5 },
    { targetR: -1 },
    { trailing: { distance: { kind: 'price', distance: -1 } } },
    {
      trailing: {
        distance: { kind: 'price', distance: 1 },
        activation: { kind: 'r', multiple: -1 },
      },
    },
    {
      breakEven: {
        activation: { kind: 'price', distance: 1 },
        lock: { kind: 'price', distance: -1 },
      },
    },
    { partials: [{ fraction: 0.5, at: { kind: 'price', distance: -1 } }] },
    { partials: [{ fraction: 1.5, at: { kind: 'r', multiple: 1 } }] },
  ])('with care that no position can be given is refused: %j', (care) => {
    expect(refusalOf({ care })).toEqual({ refused: 'care-invalid' });
  });

  test('whose care has no distance on its bar is taken', () => {
    const none = { kind: 'price', distance: NaN } as const;
    const care = { trailing: { distance: none }, breakEven: { activation: none }, partials: [] };
    expect(opened([calm], { care })).toMatchObject({ units: 10 });
  });

  test('on a last bar that closes everything opens nothing', () => {
    expect(
      opened([[100, 106, 94, 100]], { kind: 'stop', price: 105 }, { closeAtEnd: true }),
    ).toBeNull();
  });
});

describe('a position', () => {
  const open: Partial<OrderRequest> = { stop: 90, target: 120 };

  test('can be given other levels, and have them taken away', () => {
    const market = marketOf([calm, calm, [100, 111, 89, 100], [100, 101, 98, 100]]);
    const outcome = play(market, {
      0: (desk) => desk.place(ten(open)),
      1: (desk) => desk.move(desk.positions()[0]!.id, { stop: NaN, target: 110 }),
    });
    expect(tripsOf(outcome)).toMatchObject([{ exitBar: 2, exitPrice: 110, reason: 'target' }]);
  });

  test('closes in part at the next open, each part a round trip', () => {
    const market = marketOf([calm, calm, [104, 105, 103, 104], [106, 107, 105, 106]]);
    const settings: Partial<RunSettings> = {
      commission: { ...defaultSettings.commission, fixed: 1, rate: 0.001 },
    };
    const outcome = play(
      market,
      {
        0: (desk) => desk.place(ten(open)),
        1: (desk) => desk.close(desk.positions()[0]!.id, 4),
        2: (desk) => desk.close(desk.positions()[0]!.id),
      },
      settings,
    );
    const trips = tripsOf(outcome);
    expect(trips).toMatchObject([
      { exitBar: 2, exitPrice: 104, units: 4, reason: 'rule' },
      { exitBar: 3, exitPrice: 106, units: 6, reason: 'rule' },
    ]);
    // Two units of entry commission are split four to six.
    expect(trips[0]!.commission).toBeCloseTo(0.8 + 1 + 0.416, 9);
    expect(trips[1]!.commission).toBeCloseTo(1.2 + 1 + 0.636, 9);
    expect(outcome.equity.at(-1)).toBeCloseTo(10_000 + 16 + 36 - 2.216 - 2.836, 9);
  });
});
