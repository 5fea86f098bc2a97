/** Orders at an exchange through the real desk: each at most once, whatever becomes of the answers. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OrderTicket, TradeRequest } from '#core/broker/request.ts';
import { exchangeWorld, accountId, patience, type ExchangeWorld } from './exchange-world.ts';
import { fakeExchange, fakeSymbol, type FakeExchange, type Fault } from './fake-exchange.ts';

let fake: FakeExchange;
let world: ExchangeWorld;

beforeEach(async () => {
  fake = await fakeExchange();
  world = await exchangeWorld(fake);
});

afterEach(async () => {
  await world.close();
  await fake.close();
});

let count = 0;
const id = () => `00000000-0000-4000-8000-${`${++count}`.padStart(12, '0')}`;

const ticket: OrderTicket = {
  ...{ symbol: fakeSymbol, side: 'buy', kind: 'market', volumeLots: 0.01, price: null },
  ...{ limitPrice: null, sl: null, tp: null, deviationPoints: 10, worstPrice: null },
  lastsUntilMs: null,
};
const place = (change: Partial<OrderTicket> = {}): TradeRequest => ({
  ...{ id: id(), accountId, t: 'place', ticket: { ...ticket, ...change } },
});

const soon = (check: () => void) => vi.waitFor(check, patience);
const state = (expected: string) => soon(() => expect(world.intent().state).toBe(expected));
const held = () => [...world.kept().positions.values()];
const created = () => fake.posts.filter(({ path }) => path === 'v5/order/create');
const fail = (path: string, fault: Fault) => fake.faults.push({ path, fault });

test('an order is filled, its position shown and closed, and its deals come to the balance', async () => {
  await world.submit(place({ sl: 49_000 }));
  await state('filled');
  await soon(() => expect(held()).toMatchObject([{ side: 'buy', volumeLots: 0.01, sl: 49_000 }]));
  expect(held()[0]).toMatchObject({ intentId: world.intent().id, openPrice: 50_001 });
  fake.move(50_400);
  const { position } = held()[0]!;
  await world.submit({ id: id(), accountId, t: 'close', position, volumeLots: null });
  await soon(() => expect(world.kept().positions.size).toBe(0));
  await soon(() => expect(world.kept().deals.size).toBe(2));
  expect(fake.signedLots).toBe(0);
  expect(created()).toHaveLength(2);
  const deals = [...world.kept().deals.values()];
  expect(deals.map(({ entry }) => entry)).toEqual(['in', 'out']);
  const made = deals.reduce(
    (sum, { profit, commission, swap }) => sum + profit + commission + swap,
    0,
  );
  const balance = () => world.kept().account.broker?.balance ?? NaN;
  await soon(() => expect(balance()).toBeCloseTo(10_000 + made, 6));
  expect(world.kept().alerts).toEqual([]);
});

test('a limit order waits, is moved, and canceled', async () => {
  await world.submit(place({ kind: 'limit', price: 49_500 }));
  await state('working');
  const order = () => [...world.kept().orders.values()][0];
  await soon(() => expect(order()).toMatchObject({ kind: 'limit', price: 49_500 }));
  const change = { sl: null, tp: null, limitPrice: null, lastsUntilMs: null, price: 49_600 };
  await world.submit({ id: id(), accountId, t: 'modify-order', order: order()!.order, ...change });
  await soon(() => expect(order()).toMatchObject({ price: 49_600 }));
  await world.submit({ id: id(), accountId, t: 'cancel', order: order()!.order });
  await soon(() => expect(world.kept().orders.size).toBe(0));
  const [placed] = world.kept().intents.values();
  await soon(() => expect(world.kept().intents.get(placed!.id)?.state).toBe('canceled'));
  expect(fake.orders).toMatchObject([{ orderStatus: 'Cancelled', price: '49600' }]);
});

describe('at most once:', () => {
  test('what was executed though its answer was lost is found, and never sent again', async () => {
    fail('v5/order/create', 'reply-lost');
    // It cannot be looked up at once either.
    fake.onPost = () =>
      fake.faults.push({ path: 'v5/order/realtime', fault: 'failed', isLookUp: true });
    await world.submit(place());
    await soon(() => expect(world.said.some(isUnknownResult)).toBe(true));
    await state('filled');
    await soon(() => expect(held()).toHaveLength(1));
    expect(created()).toHaveLength(1);
    expect(fake.signedLots).toBe(0.01);
  });

  test('what was lost on the way there is unknown, and stays unsent after a new start', async () => {
    fail('v5/order/create', 'request-lost');
    await world.submit(place());
    await state('unknown');
    await world.restart();
    await soon(() => expect(world.intent().cleanScans).toBeGreaterThan(0));
    expect(world.intent().state).toBe('unknown');
    expect(created()).toHaveLength(1);
    expect(fake.signedLots).toBe(0);
  });

  test('an answer that is no answer leaves the order unknown, until it is looked up', async () => {
    fail('v5/order/create', 'noise');
    await world.submit(place());
    await state('unknown');
    expect(created()).toHaveLength(1);
  });

  test('what the exchange was too busy for is sent again, under an id of its own', async () => {
    fail('v5/order/create', 'too-many');
    await world.submit(place());
    await state('filled');
    const links = created().map(({ body }) => body['orderLinkId']);
    expect(new Set(links).size).toBe(2);
    expect(world.intent().attempt).toBe(2);
    expect(fake.signedLots).toBe(0.01);
  });

  test('what the exchange refuses is refused', async () => {
    const { broker } = world;
    await world.submit(place({ kind: 'limit', price: 49_500, volumeLots: 0.02 }));
    await state('working');
    const { magic, attempt } = world.intent();
    const again = { ...ticket, t: 'place', id: id(), attempt, magic, untilMs: 0 } as const;
    // The same client id twice: the exchange has it once.
    expect(await broker.execute({ ...again, comment: '' })).toMatchObject({ order: 'order-1' });
    const other = { ...again, magic: '12345', comment: '', volumeLots: 11 };
    expect(await broker.execute(other)).toMatchObject({ retcode: 10019, order: null });
    expect(fake.orders).toHaveLength(1);
  });
});

function isUnknownResult(message: ExchangeWorld['said'][number]): boolean {
  return message.t === 'result' && message.result.outcome === 'unknown';
}
