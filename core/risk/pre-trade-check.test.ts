/** Each limit, just within it and just beyond. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { madeBodies, madeIntent } from '../broker/made-intent.ts';
import type { BrokerAccount } from '../broker/book.ts';
import type { OrderTicket } from '../broker/request.ts';
import type { Opening } from './exposure.ts';
import { usualLimits, type RiskLimits } from './limits.ts';
import {
  madeBroker,
  madeInstrument,
  madeOpening,
  madeOrder,
  madePosition,
  madeTicket,
} from './made-account.ts';
import { checkOpening } from './pre-trade-check.ts';

const check = (change: Partial<Opening>) => checkOpening(madeOpening(change));
const codeOf = (change: Partial<Opening>): string => {
  const checked = check(change);
  return checked.ok ? 'fine' : checked.error.code;
};
const figuresOf = (change: Partial<Opening>) => {
  const checked = check(change);
  return checked.ok ? {} : checked.error.figures;
};
const ticket = (change: Partial<OrderTicket>) => ({ ticket: { ...madeTicket, ...change } });
const limits = (change: Partial<RiskLimits>) => ({ limits: { ...usualLimits, ...change } });
const broker = (change: Partial<BrokerAccount>) => ({ broker: { ...madeBroker, ...change } });
const netting = { ...madeBroker, mode: 'netting' } as const;

describe('a trade', () => {
  test('may lose at its stop what the limit says, and answers what it takes', () => {
    const within = check(ticket({ volumeLots: 0.2, tp: null }));
    expect(within).toEqual({
      ok: true,
      value: { margin: 200, risk: expect.closeTo(200, 6) as number, positions: 1 },
    });
    expect(codeOf(ticket({ volumeLots: 0.21 }))).toBe('risk.trade');
    expect(figuresOf(ticket({ volumeLots: 0.31 }))).toMatchObject({
      ...{ value: expect.closeTo(0.031, 9) as number, limit: 0.02, money: 310 },
    });
  });

  test('without a stop is taken to lose on the way to the default one', () => {
    const open = ticket({ sl: null, tp: null, volumeLots: 0.09 });
    expect(check(open)).toMatchObject({ value: { risk: expect.closeTo(198.018, 6) as number } });
    expect(codeOf(ticket({ sl: null, tp: null, volumeLots: 0.1 }))).toBe('risk.trade');
    expect(codeOf({ ...open, ...limits({ needsStop: true }) })).toBe('risk.stop-missing');
  });

  test('has its target as far from the stop as the limit says', () => {
    expect(codeOf(ticket({ tp: 1.1151 }))).toBe('fine');
    expect(codeOf(ticket({ tp: 1.11509 }))).toBe('risk.reward');
    expect(figuresOf(ticket({ tp: 1.1101 }))).toMatchObject({
      ...{ value: expect.closeTo(1, 9) as number, limit: 1.5 },
    });
    expect(codeOf(ticket({ tp: null }))).toBe('fine');
    const short = { side: 'sell', sl: 1.11, tp: 1.0851 } as const;
    expect(codeOf(ticket(short))).toBe('risk.reward');
  });

  test('that waits is measured from its own price', () => {
    const waiting = { kind: 'limit', price: 1.05, sl: 1.04, tp: 1.07 } as const;
    expect(check({ ...ticket(waiting), quote: null })).toMatchObject({
      value: { risk: expect.closeTo(100, 6) as number },
    });
    expect(codeOf({ ...ticket({}), quote: null })).toBe('trade.quote-missing');
  });
});

describe('a position', () => {
  const near = { sl: 1.1, tp: null };

  test('may take as much margin as the limit says', () => {
    expect(codeOf(ticket({ ...near, volumeLots: 1 }))).toBe('fine');
    expect(codeOf(ticket({ ...near, volumeLots: 1.01 }))).toBe('risk.position');
  });

  test('counts whole on a netting account, with what may still join it', () => {
    const intents = [
      madeIntent({ state: 'unknown', reserved: { margin: 100, risk: 0, positions: 0 } }),
    ];
    const at = (volumeLots: number, change: Partial<Opening> = {}) =>
      codeOf({
        broker: netting,
        positions: [madePosition],
        ...ticket({ ...near, volumeLots }),
        ...change,
      });
    expect([at(0.5), at(0.51)]).toEqual(['fine', 'risk.position']);
    const orders = [{ ...madeOrder, volumeLots: 0.2 }];
    expect([at(0.3, { orders }), at(0.31, { orders })]).toEqual(['fine', 'risk.position']);
    // The intent's body is a buy of one lot whose fate is open.
    expect(at(0.01, { intents })).toBe('risk.position');
  });

  test('that is only closed by a netting order is not asked about', () => {
    const sell = ticket({ side: 'sell', sl: null, tp: null, volumeLots: 0.5 });
    const held = { broker: { ...netting, equity: 7_000 }, positions: [madePosition] };
    expect(check({ ...held, ...sell })).toEqual({
      ...{ ok: true, value: { margin: 0, risk: 0, positions: 0 } },
    });
    expect(codeOf({ ...held, ...ticket({ side: 'sell', sl: null, volumeLots: 0.51 }) })).not.toBe(
      'fine',
    );
    const close = { ...madeBodies['close']!, volumeLots: 0.2 } as typeof madeBodies.close & object;
    const intents = [madeIntent({ body: close as never, state: 'unknown' })];
    expect(codeOf({ ...held, intents, ...sell })).not.toBe('fine');
  });
});

describe('an account', () => {
  const small = ticket({ volumeLots: 0.01 });

  test('may have as many positions and orders as the limit says, counting what may come', () => {
    const positions = (count: number) => Array.from({ length: count }, () => madePosition);
    const roomy = { ...limits({ positionRatio: 1 }), ...small };
    expect(codeOf({ ...roomy, positions: positions(9) })).toBe('fine');
    expect(codeOf({ ...roomy, positions: positions(10) })).toBe('risk.positions');
    expect(codeOf({ ...roomy, positions: positions(9), orders: [madeOrder] })).toBe(
      'risk.positions',
    );
    const unknown = madeIntent({
      state: 'unknown',
      reserved: { margin: 1, risk: 1, positions: 1 },
    });
    expect(codeOf({ ...roomy, positions: positions(9), intents: [unknown] })).toBe(
      'risk.positions',
    );
    expect(figuresOf({ ...roomy, positions: positions(10) })).toEqual({ value: 11, limit: 10 });
  });

  test('does not count an order twice whose intent keeps room for it', () => {
    const reserved = { margin: 500, risk: 1, positions: 1 };
    const intents = [madeIntent({ state: 'working', order: '5', reserved })];
    const positions = Array.from({ length: 8 }, () => madePosition);
    expect(codeOf({ ...small, positions, orders: [madeOrder], intents })).toBe('fine');
  });

  test('may take as much margin in all as the limit says, counting what may come', () => {
    const at = (margin: number, reservedMargin: number) => {
      const reserved = { margin: reservedMargin, risk: 0, positions: 0 };
      const intents = [madeIntent({ state: 'unknown', reserved })];
      return codeOf({ ...broker({ margin, freeMargin: 10_000 }), ...small, intents });
    };
    expect([at(9_490, 0), at(9_491, 0)]).toEqual(['fine', 'risk.exposure']);
    expect([at(4_000, 5_490), at(4_000, 5_491)]).toEqual(['fine', 'risk.exposure']);
  });

  test('counts a position that is newer than the figures of the broker, both ways only once', () => {
    const held = { ...madePosition, volumeLots: 9.49 };
    expect(codeOf({ ...small, positions: [held] })).toBe('fine');
    expect(codeOf({ ...small, positions: [{ ...held, volumeLots: 9.5 }] })).toBe('risk.exposure');
    expect(codeOf({ ...small, positions: [held, { ...held, side: 'sell' }] })).toBe('fine');
  });

  test('has the free margin that the order takes, less what is kept free', () => {
    const at = (freeMargin: number, margin = 0) => {
      const intents = [madeIntent({ reserved: { margin, risk: 0, positions: 0 } })];
      return codeOf({ ...broker({ freeMargin }), ...small, intents });
    };
    expect([at(10), at(9.99)]).toEqual(['fine', 'risk.margin']);
    expect([at(60, 50), at(59, 50), at(-5)]).toEqual(['fine', 'risk.margin', 'risk.margin']);
  });

  test('opens nothing beyond its drawdown', () => {
    expect(codeOf({ ...broker({ equity: 8_000 }), ...small })).toBe('fine');
    expect(codeOf({ ...broker({ equity: 7_999 }), ...small })).toBe('risk.drawdown');
    expect(figuresOf({ ...broker({ equity: 7_500 }), ...small })).toMatchObject({
      ...{ value: 0.25, limit: 0.2 },
    });
    expect(codeOf({ ...broker({ equity: 12_000 }), ...small })).toBe('fine');
  });

  test('opens nothing without equity, or where no program may trade', () => {
    for (const equity of [0, -1, Number.NaN, Infinity, -Infinity]) {
      expect(codeOf(broker({ equity }))).toBe('risk.equity');
    }
    expect(codeOf(broker({ margin: Number.NaN }))).toBe('risk.equity');
    expect(codeOf(broker({ isTradeAllowed: false }))).toBe('trade.programs-off');
  });
});

test('figures that are no numbers refuse, whichever limit they are of', () => {
  const fields = ['positionRatio', 'riskRatio', 'exposureRatio', 'drawdownRatio'] as const;
  for (const field of [...fields, 'rewardRatio'] as const) {
    expect(codeOf(limits({ [field]: Number.NaN }))).not.toBe('fine');
  }
  const unpriced = { ...madeInstrument, marginPerLot: Number.NaN };
  expect(codeOf({ instrument: unpriced })).not.toBe('fine');
});

test('any run of openings, filled or not, stays within every limit', () => {
  const tickets = fc.array(
    fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      volumeLots: fc.integer({ min: 1, max: 120 }).map((steps) => steps / 100),
      stopPoints: fc.integer({ min: 20, max: 3_000 }),
      isFilled: fc.boolean(),
    }),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(tickets, (wishes) => {
      let opening = madeOpening();
      for (const [k, { side, volumeLots, stopPoints, isFilled }] of wishes.entries()) {
        const sl = side === 'buy' ? 1.1001 - stopPoints / 1e5 : 1.1 + stopPoints / 1e5;
        const asked = { ...opening, ...ticket({ side, volumeLots, sl, tp: null }) };
        const checked = checkOpening(asked);
        if (!checked.ok) continue;
        expect(checked.value.risk).toBeLessThanOrEqual(200.001);
        expect(checked.value.margin).toBeLessThanOrEqual(1_000.001);
        const { positions, intents } = opening;
        const held = { ...madePosition, position: String(k), side, volumeLots };
        opening = isFilled
          ? { ...opening, positions: [...positions, held] }
          : { ...opening, intents: [...intents, madeIntent({ reserved: checked.value })] };
      }
      const taken = opening.intents.reduce((sum, { reserved }) => sum + reserved.margin, 0);
      const lots = (side: string) =>
        opening.positions.reduce(
          (sum, each) => sum + (each.side === side ? each.volumeLots : 0),
          0,
        );
      expect(taken + 1_000 * Math.max(lots('buy'), lots('sell'))).toBeLessThanOrEqual(9_500.001);
      expect(opening.positions.length + opening.intents.length).toBeLessThanOrEqual(10);
    }),
  );
});
