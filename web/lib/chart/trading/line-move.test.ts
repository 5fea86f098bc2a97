import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { OrderView, PositionView } from '#core/broker/views.ts';
import { figuresAt, longLineName } from './line-figures.ts';
import { lineMove, type MoveContext } from './line-move.ts';
import { bookLines, pulledLine } from './trade-line.ts';

const instrument: Instrument = {
  ...{ symbol: 'EURUSD', description: 'Euro', digits: 5, pointSize: 1e-5, tickSize: 1e-5 },
  ...{ tickValue: 1, contractSize: 100_000, volumeMinLots: 0.01, volumeMaxLots: 100 },
  ...{ volumeStepLots: 0.01, stopsLevelPoints: 10, freezeLevelPoints: 0, marginPerLot: 1_000 },
  ...{ swapLongPoints: -8, swapShortPoints: 3, tradeMode: 'full', fillings: ['fok'] },
};
const quote: Quote = { symbol: 'EURUSD', bid: 1.1, ask: 1.1001, timeMs: 1_000 };
const position: PositionView = {
  ...{ position: '17', ticket: '17', symbol: 'EURUSD', side: 'buy', volumeLots: 0.5 },
  ...{ openPrice: 1.1, openedServerMs: 0, sl: 1.095, tp: 1.11, swap: 0, profit: 0 },
  ...{ magic: '0', comment: '', intentId: null, missingSinceMs: null },
};
const order: OrderView = {
  ...{ order: '5', symbol: 'EURUSD', side: 'sell', kind: 'limit', volumeLots: 0.1, price: 1.105 },
  ...{ limitPrice: null, sl: 1.108, tp: null, lastsUntilServerMs: 7_200_000, placedServerMs: 0 },
  ...{ magic: '0', comment: '', intentId: null },
};
const trail = {
  ...{ position: '17', bestPrice: null, askedSl: null },
  trail: { activationPips: 20, distancePips: 10, lockPips: 2 },
};
const book = { positions: [position], orders: [order], trails: [trail] };
const context: MoveContext = {
  ...{ book, instrument, quote, serverOffsetMs: 3_600_000, nowMs: 1_000 },
};
const lines = bookLines(book, 'EURUSD', instrument);
const lineOf = (id: string) => lines.find((line) => line.id === id)!;

describe('moving a line', () => {
  test('there is one for each thing at the broker, and none of another symbol', () => {
    expect(lines.map((line) => [line.id, line.price, line.isMovable])).toEqual([
      ['position 17 open', 1.1, false],
      ['position 17 sl', 1.095, true],
      ['position 17 tp', 1.11, true],
      ['position 17 trail', expect.closeTo(1.102, 9), true],
      ['order 5 entry', 1.105, true],
      ['order 5 sl', 1.108, true],
    ]);
    expect(lineOf('order 5 entry').pulls).toEqual(['tp']);
    expect(bookLines(book, 'GBPUSD', instrument)).toEqual([]);
  });

  test('asks for the level moved, and leaves the other as it is by then', () => {
    const later = { ...context, book: { ...book, positions: [{ ...position, tp: 1.12 }] } };
    expect(lineMove(lineOf('position 17 sl'), 1.097, later)).toEqual({
      ...{ title: 'Trailing stop of buy 0.50 EURUSD', action: 'Modify', refusal: null },
      wish: { t: 'modify-position', position: '17', sl: 1.097, tp: 1.12 },
    });
  });

  test('of an order keeps its levels and its end, told by the clock of the device', () => {
    const move = lineMove(lineOf('order 5 entry'), 1.106, context);
    expect(move?.wish).toEqual({
      ...{ t: 'modify-order', order: '5', price: 1.106, limitPrice: null, sl: 1.108, tp: null },
      lastsUntilMs: 3_600_000,
    });
    expect(move?.refusal).toBeNull();
  });

  test('pulls a level out, takes one away, and cancels an order', () => {
    const pulled = pulledLine(lineOf('order 5 entry'), 'tp');
    expect(lineMove(pulled, 1.1, context)?.wish).toMatchObject({ sl: 1.108, tp: 1.1 });
    const away = lineMove(lineOf('position 17 tp'), null, context);
    expect(away).toMatchObject({ action: 'Take away', wish: { sl: 1.095, tp: null } });
    const gone = lineMove(lineOf('order 5 entry'), null, context);
    expect(gone?.wish).toEqual({ t: 'cancel', order: '5' });
  });

  test('of where a trailing stop begins changes that alone, in pips', () => {
    const move = lineMove(lineOf('position 17 trail'), 1.1035, context);
    expect(move?.wish).toEqual({
      ...{ t: 'trail', position: '17' },
      trail: { activationPips: 35, distancePips: 10, lockPips: 2 },
    });
    expect(lineMove(lineOf('position 17 trail'), 1.1002, context)?.refusal?.code).toBe(
      'trade.trail-invalid',
    );
  });

  test('knows what the broker would refuse, but does not judge by an old price', () => {
    const stop = lineOf('position 17 sl');
    expect(lineMove(stop, 1.1005, context)?.refusal?.code).toBe('trade.stop-side');
    expect(lineMove(stop, 1.09995, context)?.refusal?.code).toBe('trade.level-too-near');
    expect(lineMove(stop, 1.1005, { ...context, quote: null })?.refusal).toBeNull();
  });

  test('asks for nothing where what it belongs to is gone', () => {
    const empty = { ...context, book: { positions: [], orders: [], trails: [] } };
    for (const line of lines) expect(lineMove(line, 1.2, empty)).toBeNull();
  });
});

test('the figures at a price are those of the position closed there', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('buy' as const, 'sell' as const),
      fc.integer({ min: 100_000, max: 120_000 }),
      fc.integer({ min: 1, max: 500 }),
      (side, ticks, hundredths) => {
        const volumeLots = hundredths / 100;
        const way = (ticks - 110_000) * (side === 'buy' ? 1 : -1);
        const line = { side, from: 1.1, volumeLots };
        const { money, pips } = figuresAt(line, ticks * 1e-5, { instrument, equity: 1_000 });
        expect(money).toBeCloseTo(way * volumeLots, 6);
        expect(pips).toBeCloseTo(way / 10, 6);
      },
    ),
  );
});

test('a line says what it belongs to', () => {
  expect(longLineName(lineOf('order 5 sl'))).toBe('Stop of sell limit 0.10');
  expect(longLineName({ ...lineOf('position 17 tp'), owner: 'draft' })).toBe(
    'Target of the order form',
  );
});
