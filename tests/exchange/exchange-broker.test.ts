/** What is read from an exchange counts as a whole or not at all. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PlaceCommand } from '#core/broker/messages.ts';
import { freshMemory, openBroker, type Memory } from './exchange-world.ts';
import { fakeExchange, fakeSymbol, type FakeExchange, type Fault } from './fake-exchange.ts';

let fake: FakeExchange;
let memory: Memory;
const trouble: string[] = [];
const open = async () => (await openBroker(fake, memory, trouble)).broker;

beforeEach(async () => {
  fake = await fakeExchange();
  memory = freshMemory();
  trouble.length = 0;
});

afterEach(() => fake.close());

const all = { serverMs: 0, deal: '0' };
let count = 0;
const place = (change: Partial<PlaceCommand> = {}): PlaceCommand => ({
  ...{ t: 'place', id: 'x', attempt: 1, magic: `${++count}`, untilMs: 0, comment: '' },
  ...{ symbol: fakeSymbol, side: 'buy', kind: 'market', volumeLots: 0.01, price: null },
  ...{ limitPrice: null, sl: null, tp: null, deviationPoints: 0, worstPrice: null },
  lastsUntilMs: null,
  ...change,
});

const faults: readonly Fault[] = ['failed', 'too-many', 'noise', 'nonsense', 'silent'];
const read = ['v5/order/realtime', 'v5/position/list', 'v5/account/wallet-balance'];

test('an answer that fails, or cannot be true, changes nothing and says that nothing is known', async () => {
  const broker = await open();
  fake.trade('Buy', 0.02);
  await broker.look();
  const before = await broker.book();
  expect(before.positions).toMatchObject([{ volumeLots: 0.02, side: 'buy' }]);
  const kept = memory.book;
  for (const [n, fault] of faults.entries()) {
    fake.faults.push({ path: read[n % read.length]!, fault });
    await broker.look();
    expect([fault, broker.status().isConnected]).toEqual([fault, false]);
    fake.faults.push({ path: 'v5/execution/list', fault });
    const { isConnected, ...book } = await broker.book();
    expect([fault, isConnected]).toEqual([fault, false]);
    expect(book).toEqual({
      ...before,
      isConnected: undefined,
      ...book,
      positions: before.positions,
    });
  }
  expect(memory.book).toBe(kept);
  expect(await broker.book()).toMatchObject({ isConnected: true, positions: before.positions });
});

test('positions whose executions are not shown yet are told once they are', async () => {
  const broker = await open();
  fake.isLate = true;
  fake.trade('Sell', 0.02);
  await broker.look();
  expect(broker.status().isConnected).toBe(false);
  expect((await broker.deals(all, 10)).isWhole).toBe(false);
  fake.isLate = false;
  await broker.look();
  expect(await broker.book()).toMatchObject({ isConnected: true, positions: [{ side: 'sell' }] });
});

test('from flat to flat each position has a name of its own, which a new start keeps', async () => {
  const broker = await open();
  for (const [side, qty] of [
    ['Buy', 2],
    ['Buy', 1],
    ['Sell', 3],
    ['Sell', 1],
    ['Buy', 2],
  ] as const) {
    fake.trade(side, qty);
    fake.move(fake.bid + 10);
  }
  await broker.look();
  const { deals } = await broker.deals(all, 100);
  const told = deals.map(({ position, entry }) => `${position} ${entry}`);
  const first = ['order-1 in', 'order-1 in', 'order-1 out'];
  expect(told).toEqual([...first, 'order-4 in', 'order-4 inout']);
  expect(deals.map(({ profit }) => profit)[2]).toBeCloseTo(2 * 19 + 9, 6);
  const again = await open();
  expect((await again.book()).positions).toEqual((await broker.book()).positions);
  expect((await again.deals(all, 100)).deals).toEqual(deals);
  // Page by page it is the same.
  const { deals: page, hasMore } = await again.deals(all, 2);
  expect(hasMore).toBe(true);
  const rest = await again.deals(page.at(-1)!, 100);
  expect([...page, ...rest.deals]).toEqual(deals);
});

test('what was held before is taken as it is, and closed under the name it got', async () => {
  fake.signedLots = 0.5;
  const broker = await open();
  const { positions } = await broker.book();
  expect(positions).toMatchObject([{ volumeLots: 0.5, magic: '0' }]);
  fake.trade('Sell', 0.5);
  await broker.look();
  const { deals } = await broker.deals(all, 10);
  expect(deals).toMatchObject([{ position: positions[0]!.position, entry: 'out' }]);
  expect((await broker.book()).positions).toEqual([]);
});

test('a bound on the price goes with the order: beyond it nothing is had', async () => {
  const broker = await open();
  expect(await broker.execute(place({ worstPrice: 49_999 }))).toMatchObject({ retcode: 10020 });
  expect(fake.signedLots).toBe(0);
  expect(await broker.execute(place({ worstPrice: 50_001 }))).toMatchObject({ retcode: 10009 });
  expect(fake.posts.map(({ body }) => body['timeInForce'])).toEqual(['IOC', 'IOC']);
});

test('a close never opens the other way, and one that is too late is satisfied', async () => {
  const broker = await open();
  await broker.execute(place());
  const [held] = (await broker.book()).positions;
  const { position } = held!;
  const close = { ...place({ volumeLots: 5 }), t: 'close', position } as const;
  expect(await broker.execute(close)).toMatchObject({ retcode: 10009, volumeLots: 0.01 });
  expect(fake.signedLots).toBe(0);
  // The broker has not looked since, as if both had been under way.
  expect(await broker.execute({ ...close, magic: '77' })).toMatchObject({ retcode: 10036 });
  expect(fake.signedLots).toBe(0);
});

test('a key that may withdraw is not traded with', async () => {
  fake.canWithdraw = true;
  const broker = await open();
  expect((await broker.book()).account.isTradeAllowed).toBe(false);
  expect(await broker.execute(place())).toMatchObject({ retcode: 10027 });
  expect(fake.posts).toEqual([]);
});

test('looks an order up by its magic number, and never takes silence for none', async () => {
  const broker = await open();
  const command = place({ magic: '9223372036854775807' });
  const question = { id: command.id, magic: command.magic };
  expect(await broker.find(question)).toBe(null);
  await broker.execute(command);
  expect(await broker.find(question)).toMatchObject({ state: 'filled', filledLots: 0.01 });
  for (const fault of ['failed', 'noise', 'nonsense', 'silent'] as const) {
    fake.faults.push({ path: 'v5/order/history', fault });
    await expect(broker.find(question)).rejects.toThrow('the exchange');
  }
  fake.faults.push({ path: 'v5/order/history', fault: 'too-many' });
  expect(await broker.find(question)).toMatchObject({ state: 'filled' });
});
