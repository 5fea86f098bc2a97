/** What a fill does where a position is open, and what the account allows. */
import { describe, expect, test } from 'vitest';
import type { OrderDesk } from '../order-desk.ts';
import { defaultSettings, type RunSettings } from '../settings.ts';
import { calm, marketOf, play, ten, tripsOf, type Row } from './made-play.ts';

const rows: readonly Row[] = [
  calm,
  calm,
  [110, 111, 109, 110],
  [120, 121, 119, 120],
  [130, 131, 129, 130],
];
const buy = (units: number) => (desk: OrderDesk) => desk.place(ten({ units }));
const sell = (units: number) => (desk: OrderDesk) => desk.place(ten({ units, side: -1 }));

describe('a single position', () => {
  test('turns round on an order against it', () => {
    const outcome = play(marketOf(rows), { 0: buy(10), 1: sell(5) });
    expect(tripsOf(outcome)).toMatchObject([{ units: 10, exitPrice: 110, reason: 'reverse' }]);
    expect(outcome.open).toMatchObject({ units: -5, entryPrice: 110 });
  });

  test('is not added to', () => {
    expect(play(marketOf(rows), { 0: buy(10), 1: buy(5) }).open).toMatchObject({ units: 10 });
  });

  test('turns round at the price of the pending order that does it', () => {
    const order = ten({ side: -1, kind: 'stop', price: 95.3 });
    const market = marketOf([calm, calm, [100, 101, 90.1, 92]]);
    const outcome = play(market, {
      0: (desk) => {
        buy(10)(desk);
        desk.place(order);
      },
    });
    expect(tripsOf(outcome)).toMatchObject([{ exitPrice: 95.3, reason: 'reverse' }]);
    expect(outcome.open).toMatchObject({ entryPrice: 95.3, units: -10 });
  });
});

describe('netting', () => {
  const netting = { positions: 'netting' } as const;

  test('is flat after what was bought in parts is sold at once, and the other way round', () => {
    const settings = { ...netting, units: 'fractional' } as const;
    const inParts = play(marketOf(rows), { 0: buy(0.1), 1: buy(0.2), 2: sell(0.3) }, settings);
    expect(inParts.open).toBeNull();
    expect(tripsOf(inParts)).toHaveLength(1);
    const atOnce = play(marketOf(rows), { 0: buy(0.3), 1: sell(0.1), 2: sell(0.2) }, settings);
    expect(atOnce.open).toBeNull();
    const more = play(marketOf(rows), { 0: buy(0.3), 1: sell(0.1 + 0.2) }, settings);
    expect(more.open).toBeNull();
  });

  test('adds at the mean price', () => {
    const outcome = play(marketOf(rows), { 0: buy(10), 1: buy(30) }, netting);
    expect(outcome.open).toEqual({ entryBar: 1, entryPrice: 107.5, units: 40 });
  });

  test('reduces by an order against it', () => {
    const outcome = play(marketOf(rows), { 0: buy(10), 1: sell(4) }, netting);
    expect(tripsOf(outcome)).toMatchObject([{ units: 4, profit: 40, reason: 'reverse' }]);
    expect(outcome.open).toMatchObject({ units: 6, entryPrice: 100 });
  });

  test('goes flat, or over to the other side with what is left', () => {
    const flat = play(marketOf(rows), { 0: buy(10), 1: sell(10) }, netting);
    expect(flat.open).toBeNull();
    const over = play(marketOf(rows), { 0: buy(10), 1: sell(15) }, netting);
    expect(tripsOf(over)).toMatchObject([{ units: 10, profit: 100 }]);
    expect(over.open).toMatchObject({ units: -5, entryPrice: 110 });
  });

  test('reduces without margin, though what is left over needs it', () => {
    const fallen = marketOf([calm, calm, [55, 56, 54, 55], [55, 56, 54, 55]]);
    const poor = { ...netting, margin: 0.5, cash: 1000 };
    const reduced = play(fallen, { 0: buy(19), 1: sell(15) }, poor);
    expect(tripsOf(reduced)).toMatchObject([{ units: 15, exitPrice: 55 }]);
    const turned = play(fallen, { 0: buy(19), 1: sell(40) }, poor);
    expect(tripsOf(turned)).toMatchObject([{ units: 19, exitPrice: 55 }]);
    expect(turned).toMatchObject({ open: null, droppedEntries: 1 });
  });

  test('takes the levels of the last order that states any', () => {
    const market = marketOf([calm, calm, calm, [100, 101, 94, 100]]);
    const outcome = play(
      market,
      {
        0: (desk) => desk.place(ten({ stop: 90 })),
        1: (desk) => desk.place(ten({ stop: 95 })),
      },
      netting,
    );
    expect(tripsOf(outcome)).toMatchObject([{ units: 20, exitPrice: 95 }]);
  });
});

describe('hedging', () => {
  const hedging = { positions: 'hedging' } as const;

  test('opens a position for each fill, of both sides', () => {
    const outcome = play(marketOf(rows), { 0: buy(10), 1: sell(4), 2: buy(3) }, hedging);
    expect(outcome.allOpen).toMatchObject([
      { units: 10, entryPrice: 100 },
      { units: -4, entryPrice: 110 },
      { units: 3, entryPrice: 120 },
    ]);
    expect(outcome.equity.at(-1)).toBe(10_000 + 300 - 80 + 30);
  });

  test('closes each by its own', () => {
    const outcome = play(
      marketOf(rows),
      {
        0: buy(10),
        1: sell(4),
        2: (desk) => desk.close(desk.positions()[1]!.id),
      },
      hedging,
    );
    expect(tripsOf(outcome)).toMatchObject([{ units: -4, profit: -40 }]);
    expect(outcome.open).toMatchObject({ units: 10 });
  });

  test('opens no more positions than the order allows', () => {
    const capped = (desk: OrderDesk) => desk.place(ten({ maxPositions: 2 }));
    const outcome = play(marketOf(rows), { 0: capped, 1: capped, 2: capped }, hedging);
    expect(outcome.allOpen).toHaveLength(2);
  });
});

describe('a side that may not be entered', () => {
  test('still closes what is open against it', () => {
    const outcome = play(marketOf(rows), { 0: buy(10), 1: sell(4) }, { sides: 'long' });
    expect(tripsOf(outcome)).toMatchObject([{ units: 10, reason: 'reverse' }]);
    expect(outcome.open).toBeNull();
    expect(play(marketOf(rows), { 0: buy(10) }, { sides: 'short' }).open).toBeNull();
  });

  test('is not reached by what is left over of an order that nets', () => {
    const settings = { sides: 'long', positions: 'netting' } as const;
    const outcome = play(marketOf(rows), { 0: buy(10), 1: sell(15) }, settings);
    expect(tripsOf(outcome)).toMatchObject([{ units: 10 }]);
    expect(outcome.open).toBeNull();
  });
});

describe('the grid of volumes', () => {
  const volume = { step: 4, min: 8, max: 20 };

  test('rounds down to a step, drops what is too little, caps what is too much', () => {
    const open = (units: number) => play(marketOf(rows), { 0: buy(units) }, { volume });
    expect(open(11).open).toMatchObject({ units: 8 });
    expect(open(7)).toMatchObject({ open: null, droppedEntries: 1 });
    expect(open(70).open).toMatchObject({ units: 20 });
  });

  test('takes a step that binary cannot write', () => {
    const settings = { units: 'fractional', volume: { step: 0.1, min: 0, max: 0 } } as const;
    expect(play(marketOf(rows), { 0: buy(0.3) }, settings).open?.units).toBeCloseTo(0.3, 12);
  });
});

describe('margin', () => {
  const leveraged: Partial<RunSettings> = { positions: 'hedging', margin: 0.1, cash: 1000 };

  test('that is pledged cannot be used again', () => {
    const outcome = play(marketOf(rows), { 0: buy(60), 1: buy(60) }, leveraged);
    expect(outcome).toMatchObject({ droppedEntries: 0 });
    expect(outcome.allOpen).toMatchObject([{ units: 60 }, { units: 60 }]);
    const poorer = play(marketOf([calm, calm, calm]), { 0: buy(60), 1: buy(60) }, leveraged);
    expect(poorer).toMatchObject({ droppedEntries: 1, open: { units: 60 } });
  });

  test('is told at the desk', () => {
    const seen: number[] = [];
    play(
      marketOf(rows),
      {
        0: buy(60),
        2: (desk) => seen.push(desk.cash, desk.equity, desk.usedMargin),
      },
      leveraged,
    );
    expect(seen).toEqual([1000, 1600, 600]);
  });
});

describe('a stop-out', () => {
  const settings: Partial<RunSettings> = {
    positions: 'hedging',
    margin: 0.1,
    cash: 1000,
    stopOut: 0.5,
  };

  test('closes at the price at which equity meets the level', () => {
    const market = marketOf([calm, calm, [100, 101, 80, 95]]);
    const outcome = play(market, { 0: buy(90) }, settings);
    // 900 are pledged; equity is 450 where 90 units have lost 550.
    const [trip] = tripsOf(outcome);
    expect(trip).toMatchObject({ reason: 'stopOut', exitBar: 2 });
    expect(trip!.exitPrice).toBeCloseTo(100 - 550 / 90, 9);
    expect(outcome.equity.at(-1)).toBeCloseTo(450, 9);
  });

  test('closes at the open that gaps below it', () => {
    const market = marketOf([calm, calm, [92, 93, 91, 92]]);
    expect(tripsOf(play(market, { 0: buy(90) }, settings))).toMatchObject([
      { reason: 'stopOut', exitPrice: 92 },
    ]);
  });

  test('takes the worst first and leaves the rest when that is enough', () => {
    const market = marketOf([calm, calm, [110, 111, 109, 110], [110, 110, 100.5, 101], calm]);
    const outcome = play(market, { 0: buy(40), 1: buy(50) }, { ...settings, stopOut: 1 });
    expect(tripsOf(outcome)).toMatchObject([{ units: 50, entryPrice: 110, reason: 'stopOut' }]);
    expect(outcome.open).toMatchObject({ units: 40 });
  });

  test('reaches over to another market of the account', () => {
    const steady = marketOf(rows.map(() => calm));
    const falling = marketOf([calm, calm, [95, 95, 90, 90], [90, 91, 80, 85], calm]);
    const outcome = play(
      [steady, falling],
      {
        0: (desk) => {
          desk.place(ten({ units: 20 }));
          desk.place(ten({ market: 1, units: 60 }));
        },
      },
      settings,
    );
    expect(tripsOf(outcome)).toMatchObject([{ units: 60, reason: 'stopOut' }]);
    expect([...outcome.roundTrips.market!]).toEqual([1]);
    expect(outcome.open).toMatchObject({ units: 20 });
  });
});

describe('several markets', () => {
  const HOUR_MS = 3_600_000;

  test('share one timeline, and one account', () => {
    const first = marketOf([calm, calm, [110, 111, 109, 110]], { timesMs: [0, 1, 2] });
    const second = marketOf([calm, calm, [90, 91, 89, 90]], { timesMs: [1, 2, 3] });
    const outcome = play([first, second], {
      0: (desk) => {
        desk.place(ten({}));
        desk.place(ten({ market: 1, side: -1 }));
      },
    });
    expect([...outcome.timelineMs!]).toEqual([0, 1, 2, 3]);
    expect([...outcome.equity]).toEqual([10_000, 10_000, 10_100, 10_200]);
    expect(outcome.allOpen).toMatchObject([
      { market: 0, entryBar: 1 },
      { market: 1, entryBar: 1 },
    ]);
  });

  const hours = Array.from({ length: 72 }, () => calm);
  const fast = marketOf(hours, { timesMs: hours.map((_, i) => i * HOUR_MS) });
  const daily = (days: readonly Row[]) =>
    marketOf(days, { timesMs: days.map((_, i) => i * 24 * HOUR_MS) });

  test('show a bar no sooner than it closes', () => {
    const slow = daily([calm, calm, calm]);
    const seen: string[] = [];
    play([slow, fast], { onBar: (market, bar) => seen.push(`${market}:${bar}`) });
    expect(seen.indexOf('0:0')).toBe(seen.indexOf('1:23') - 1);
    expect(seen.indexOf('0:1')).toBe(seen.indexOf('1:47') - 1);
  });

  test('let a month last as long as it does', () => {
    const months = [0, 1, 2, 3].map((month) => Date.UTC(2024, month, 1));
    const slow = marketOf([calm, calm, calm, calm], { timesMs: months });
    const days = Array.from({ length: 91 }, (_, i) => Date.UTC(2024, 0, 1 + i));
    const daysMarket = marketOf(
      days.map(() => calm),
      { timesMs: days },
    );
    const seen: string[] = [];
    play([slow, daysMarket], { onBar: (market, bar) => seen.push(`${market}:${bar}`) });
    expect(seen.indexOf('0:0')).toBe(seen.indexOf('1:30') - 1);
    expect(seen.indexOf('0:1')).toBe(seen.indexOf('1:59') - 1);
  });

  test('leave a bar that is under way as it is: what is asked for acts on the next', () => {
    const dip: Row = [100, 101, 90, 100];
    const slow = daily([calm, dip, dip]);
    const script = {
      // Ten o'clock on the second day.
      34: (desk: OrderDesk) =>
        desk.place(ten({ market: 1, kind: 'limit', price: 95, expiryBars: 1 })),
    };
    const outcome = play([fast, slow], script);
    expect(outcome.open).toMatchObject({ entryPrice: 95 });
    expect(outcome.open!.entryBar).toBeGreaterThan(48);
  });

  test('move the levels of a bar under way no sooner than the next', () => {
    const dip: Row = [100, 101, 90, 100];
    const slow = daily([calm, dip, dip]);
    const script = {
      23: (desk: OrderDesk) => desk.place(ten({ market: 1 })),
      34: (desk: OrderDesk) => desk.move(desk.positions()[0]!.id, { stop: 95 }),
    };
    const [trip] = tripsOf(play([fast, slow], script));
    expect(trip).toMatchObject({ exitPrice: 95, reason: 'stop' });
    expect(trip!.exitBar).toBeGreaterThan(48);
  });
});

test('a run reports rising shares and does not depend on its slices', () => {
  const script = { 0: buy(10), 1: sell(4), 2: buy(3) };
  const outcome = play(marketOf(rows), script, defaultSettings);
  const sliced = play(marketOf(rows), script, defaultSettings, { stepsPerSlice: 1 });
  expect(sliced).toStrictEqual(outcome);
});
