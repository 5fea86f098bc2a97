/** Each code of the paper broker by an example worked by hand. */
import { describe, expect, test } from 'vitest';
import type { TerminalTrade } from '../../sync/terminals/paper/terminal-trade.ts';
import { madeBroker, noonMs, price, request, type MadeBroker } from './paper-play.ts';

/** What one request is answered by a broker that holds what `before` brought. */
function codeOf(
  asked: Partial<TerminalTrade>,
  made: MadeBroker = {},
  before: readonly Partial<TerminalTrade>[] = [],
): number {
  const broker = madeBroker(made);
  for (const each of before) broker.trade(request(each));
  return broker.trade(request(asked)).retcode;
}

const limit = { action: 'pending', type: 'buy-limit', price: 1.095 } as const;

// Bid 1.10000, ask 1.10010; stops level 10 points, freeze level 5; 10,000 USD, 1:100.
type Example = readonly [
  code: number,
  name: string,
  asked: Partial<TerminalTrade>,
  made?: MadeBroker,
  before?: readonly Partial<TerminalTrade>[],
];
const answers: readonly Example[] = [
  [10009, 'buys at the ask', {}],
  [10013, 'does not know the symbol', { symbol: 'NOPE' }],
  [10013, 'is asked for a pending kind at the market', { type: 'buy-limit' }],
  [10013, 'is to change an order that there is not', { action: 'modify', order: '9' }],
  [10013, 'is to remove an order that there is not', { action: 'remove', order: '9' }],
  [10014, 'is below the least volume', { volumeLots: 0.001 }],
  [10014, 'is off the volume grid', { volumeLots: 0.015 }],
  [10014, 'is above the most volume', { volumeLots: 101 }],
  [10014, 'is no number', { volumeLots: NaN }],
  [10014, 'is negative', { volumeLots: -1 }],
  [10015, 'a buy limit above the ask', { ...limit, price: 1.1002 }],
  [10015, 'a buy limit nearer than the stops level', { ...limit, price: 1.10001 }],
  [10015, 'a price off the grid', { ...limit, price: 1.095001 }],
  [10015, 'an infinite price', { ...limit, price: Infinity }],
  [10015, 'a buy stop below the ask', { ...limit, type: 'buy-stop' }],
  [10016, 'a stop above the bid of a buy', { sl: 1.101 }],
  [10016, 'a stop nearer than the stops level', { sl: 1.09995 }],
  [10016, 'a target below the price', { tp: 1.09 }],
  [10016, 'a stop of no number', { sl: NaN }],
  [10017, 'is disabled', {}, { symbol: { tradeMode: 'disabled' } }],
  [10019, 'needs 11,001 of margin and has 10,000', { volumeLots: 10 }],
  [10022, 'lasts until it is past', { ...limit, expirationServerMs: noonMs - 1 }],
  [10030, 'offers no such filling', { filling: 'fok' }, { symbol: { fillings: ['ioc'] } }],
  [10035, 'is no pending kind', { action: 'pending', type: 'buy', price: 1.09 }],
  [10036, 'is closed already', { type: 'sell', position: '404' }],
  [10036, 'has no such position to give levels', { action: 'sltp', position: '404', sl: 1.09 }],
  [10042, 'may only be bought', { type: 'sell' }, { symbol: { tradeMode: 'long-only' } }],
  [10043, 'may only be sold', {}, { symbol: { tradeMode: 'short-only' } }],
  [10044, 'may only be closed', {}, { symbol: { tradeMode: 'close-only' } }],
  [10046, 'may not be hedged', { type: 'sell' }, { terms: { mayHedge: false } }, [{}]],
  [10040, 'is one position too many', {}, { terms: { mostPositions: 1 } }, [{}]],
  [10034, 'is too much of one side', {}, { terms: { mostLots: 0.15 } }, [{}]],
  [10033, 'is one order too many', limit, { terms: { mostOrders: 1 } }, [limit]],
  [10006, 'cannot be filled whole', { filling: 'fok' }, { symbol: { liquidityLots: 0.05 } }],
  [10010, 'is filled in part', {}, { symbol: { liquidityLots: 0.05 } }],
  [10004, 'went on beyond the deviation', { price: 1.0998 }, { symbol: { execution: 'instant' } }],
  [10009, 'is within the deviation', { price: 1.1 }, { symbol: { execution: 'instant' } }],
];

test.each(answers.map((example) => ({ example, title: `${example[0]}: ${example[1]}` })))(
  '$title',
  ({ example: [code, , asked, made, before] }) => {
    expect(codeOf(asked, made, before)).toBe(code);
  },
);

describe('what is held', () => {
  const opened = (made: MadeBroker = {}, more: Partial<TerminalTrade> = {}) => {
    const broker = madeBroker(made);
    broker.trade(request(more));
    const [held] = broker.positions();
    return { broker, held: held! };
  };

  test('10018: the market is closed on Saturday', () => {
    const broker = madeBroker();
    broker.at(noonMs, Date.UTC(2026, 10, 28, 12));
    expect(broker.trade(request()).retcode).toBe(10018);
  });

  test('10018: and in the first five minutes of Monday', () => {
    const broker = madeBroker();
    broker.at(noonMs, Date.UTC(2026, 10, 30, 0, 4, 59));
    expect(broker.trade(request()).retcode).toBe(10018);
    broker.at(noonMs, Date.UTC(2026, 10, 30, 0, 5));
    expect(broker.trade(request()).retcode).toBe(10009);
  });

  test('10021: no quote was ever heard of it', () => {
    const { broker } = opened();
    const [first] = broker.symbols();
    broker.offer([{ ...first!, symbol: 'EURUSD.m' }]);
    expect(broker.trade(request({ symbol: 'EURUSD.m' })).retcode).toBe(10021);
  });

  test('10025: levels are as they are asked to be', () => {
    const { broker, held } = opened({}, { sl: 1.09 });
    const same = request({ action: 'sltp', position: held.ticket, sl: 1.09 });
    expect(broker.trade(same).retcode).toBe(10025);
  });

  test('10029: price is so near to the stop that nothing may be changed', () => {
    const { broker, held } = opened({}, { sl: 1.09 });
    price(broker, 1.09004);
    const away = request({ action: 'sltp', position: held.ticket, sl: 1.08 });
    expect(broker.trade(away).retcode).toBe(10029);
    const close = request({ type: 'sell', position: held.ticket });
    expect(broker.trade(close).retcode).toBe(10029);
  });

  test('10038: more is to be closed than is held', () => {
    const { broker, held } = opened();
    const more = request({ type: 'sell', volumeLots: 0.2, position: held.ticket });
    expect(broker.trade(more).retcode).toBe(10038);
  });

  test('10039: what could not be had at once is still being closed', () => {
    const broker = madeBroker({ symbol: { liquidityLots: 0.04 } });
    const opening = request({ filling: 'return', volumeLots: 0.08 });
    broker.trade(opening);
    price(broker, 1.1);
    price(broker, 1.1);
    const [held] = broker.positions();
    const close = { ...opening, type: 'sell', position: held!.ticket } as const;
    expect(broker.trade(close).retcode).toBe(10010);
    expect(broker.trade({ ...close, volumeLots: 0.04 }).retcode).toBe(10039);
    price(broker, 1.1);
    expect(broker.positions()).toEqual([]);
  });

  test('10045: the oldest has to go first', () => {
    const { broker } = opened({ terms: { isFifo: true } });
    broker.trade(request());
    const [oldest, second] = broker.positions();
    const close = (ticket: string) =>
      broker.trade(request({ type: 'sell', position: ticket })).retcode;
    expect(close(second!.ticket)).toBe(10045);
    expect(close(oldest!.ticket)).toBe(10009);
  });
});

describe('money, worked by hand', () => {
  test('0.1 lots bought at 1.10010 and sold at 1.10110 earn 10.00, less 0.35 a side', () => {
    const broker = madeBroker({ terms: { commissionPerLot: 3.5 } });
    broker.trade(request());
    price(broker, 1.1011);
    const [held] = broker.positions();
    broker.trade(request({ type: 'sell', position: held!.ticket }));
    expect(broker.account()).toMatchObject({ balance: 10_009.3, equity: 10_009.3, margin: 0 });
  });

  test('yen are turned into dollars at the middle of the quote', () => {
    const broker = madeBroker();
    broker.trade(request({ symbol: 'USDJPY' }));
    broker.tick([{ symbol: 'USDJPY', bid: 150.5, ask: 150.51 }], noonMs + 1_000);
    // 10,000 × 0.49 yen ÷ 150.505
    expect(broker.positions()[0]?.profit).toBe(32.56);
  });

  test('Wednesday’s midnight counts three nights, and Saturday’s none', () => {
    const broker = madeBroker();
    broker.trade(request());
    const midnight = Date.UTC(2026, 10, 26);
    broker.at(midnight, midnight);
    // 8 points × 0.1 × 3
    expect(broker.positions()[0]?.swap).toBe(-2.4);
    const friday = Date.UTC(2026, 10, 28);
    broker.at(friday, friday);
    expect(broker.positions()[0]?.swap).toBe(-4);
    const monday = Date.UTC(2026, 10, 30);
    broker.at(monday, monday);
    expect(broker.positions()[0]?.swap).toBe(-4);
  });

  test('a swap can change the ticket, never the identifier', () => {
    const broker = madeBroker({ terms: { swapChangesTicket: true } });
    broker.trade(request());
    const [before] = broker.positions();
    broker.at(Date.UTC(2026, 10, 26), Date.UTC(2026, 10, 26));
    const [after] = broker.positions();
    expect(after!.position).toBe(before!.position);
    expect(after!.ticket).not.toBe(before!.ticket);
  });

  test('a stop fills where a weekend’s gap lands, a target never slips', () => {
    const broker = madeBroker({ terms: { slippagePoints: 3 } });
    broker.trade(request({ sl: 1.095 }));
    price(broker, 1.09);
    const out = broker.deals().at(-1)!;
    expect(out).toMatchObject({ reason: 'sl', entry: 'out' });
    expect(out.price).toBeLessThanOrEqual(1.09);
    expect(out.price).toBeGreaterThan(1.08996);
  });

  test('one position closes by the other at its price, and pays once', () => {
    const broker = madeBroker();
    broker.trade(request({ volumeLots: 0.3 }));
    price(broker, 1.1021);
    broker.trade(request({ type: 'sell', volumeLots: 0.1 }));
    const [long, short] = broker.positions();
    const both = { position: long!.ticket, positionBy: short!.ticket };
    expect(broker.trade(request({ action: 'close-by', ...both })).retcode).toBe(10009);
    // 0.1 lots from 1.10010 to 1.10210
    expect(broker.account().balance).toBe(10_020);
    expect(broker.positions().map(({ volumeLots }) => volumeLots)).toEqual([0.2]);
    expect(
      broker
        .deals()
        .slice(-2)
        .map(({ entry, profit }) => [entry, profit]),
    ).toEqual([
      ['out-by', 20],
      ['out-by', 0],
    ]);
  });

  test('the worst position is closed first where equity falls to half of the margin', () => {
    const broker = madeBroker({ balance: 300 });
    broker.trade(request({ volumeLots: 0.15, magic: '1' }));
    price(broker, 1.1002);
    broker.trade(request({ volumeLots: 0.1, magic: '2' }));
    // Margin 275.05; at 1.0936 the two have lost 97.50 and 67.00, which leaves 135.50.
    price(broker, 1.0936);
    expect(broker.positions().map(({ magic }) => magic)).toEqual(['2']);
    expect(broker.deals().at(-1)).toMatchObject({ reason: 'stop-out' });
  });

  test('a netted deal beyond what is held turns it round in one deal', () => {
    const broker = madeBroker({ mode: 'netting' });
    broker.trade(request());
    price(broker, 1.1011);
    broker.trade(request({ type: 'sell', volumeLots: 0.25 }));
    expect(broker.deals().at(-1)).toMatchObject({ entry: 'inout', volumeLots: 0.25, profit: 10 });
    expect(broker.positions()).toMatchObject([{ side: 'sell', volumeLots: 0.15 }]);
  });

  test('a stop-limit order waits for its trigger, then for its limit', () => {
    const broker = madeBroker();
    const order = { type: 'buy-stop-limit', price: 1.102, limitPrice: 1.1015 } as const;
    broker.trade(request({ action: 'pending', ...order }));
    price(broker, 1.1025);
    expect(broker.positions()).toEqual([]);
    price(broker, 1.1013);
    expect(broker.positions()).toMatchObject([{ openPrice: 1.1014 }]);
  });

  test('an order that lasts until a time is over then', () => {
    const broker = madeBroker();
    broker.trade(request({ ...limit, expirationServerMs: noonMs + 60_000, magic: '9' }));
    broker.at(noonMs + 59_999);
    expect(broker.find('9')?.state).toBe('working');
    broker.at(noonMs + 60_000);
    expect(broker.find('9')?.state).toBe('expired');
  });

  test('what was not offered at once is filled by the next quotes', () => {
    const broker = madeBroker({ symbol: { liquidityLots: 0.04 } });
    broker.trade(request({ filling: 'return', magic: '5' }));
    expect(broker.find('5')).toMatchObject({ state: 'working', filledLots: 0.04 });
    price(broker, 1.1);
    price(broker, 1.1);
    expect(broker.find('5')).toMatchObject({ state: 'filled', filledLots: 0.1 });
    expect(broker.positions()).toMatchObject([{ volumeLots: 0.1 }]);
  });

  test('a broker that writes over comments leaves the magic number', () => {
    const broker = madeBroker({ terms: { comments: 'rewritten' } });
    broker.trade(request({ comment: 'o:abc', magic: '5' }));
    expect(broker.positions()[0]).toMatchObject({ magic: '5', comment: 'offing EURUSD' });
  });

  test('what is let go of the past leaves balance and what is found as they were', () => {
    const broker = madeBroker();
    for (let k = 1; k <= 5; k++) {
      broker.trade(request({ magic: String(k) }));
      price(broker, 1.1 + k / 10_000);
      broker.trade(request({ type: 'sell', position: broker.positions()[0]!.ticket }));
    }
    const { balance } = broker.account();
    broker.forget(broker.serverMs + 1, 4);
    expect(broker.deals()).toHaveLength(4);
    expect(broker.account().balance).toBe(balance);
    const { forgotten, deals } = broker.save();
    const left = deals.reduce((sum, { profit }) => sum + Math.round(profit * 100), 0);
    expect(forgotten.minor + left).toBe(Math.round(balance * 100));
    expect(broker.find('1')).toBeNull();
    expect(broker.find('5')?.state).toBe('filled');
  });
});
