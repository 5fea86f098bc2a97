/** A desk over memory: an order is executed at most once, and what became of it is found out. */
import { describe, expect, test } from 'vitest';
import { accountId, deskWorld, market, place, someId } from './desk-world.ts';

describe('an order', () => {
  test('is sent once it is admitted, and filled as the terminal says', async () => {
    const world = await deskWorld();
    const { intents } = await world.admitted(place());
    expect(intents).toMatchObject([{ state: 'created', attempt: 1 }]);
    await world.settle();
    const intent = world.intent(intents[0]!.id);
    expect(intent).toMatchObject({ state: 'filled', filledLots: 0.1, averagePrice: 1.1 });
    const [held] = world.kept().positions.values();
    expect(held).toMatchObject({ intentId: intent.id, volumeLots: 0.1 });
    expect(world.terminal.commands).toHaveLength(1);
  });

  test('of a request that comes again is the same one', async () => {
    const world = await deskWorld();
    const request = place();
    const first = await world.admitted(request);
    await world.settle();
    const again = await world.admitted(request);
    expect(again.intentIds).toEqual(first.intentIds);
    expect(again.intents[0]!.state).toBe('filled');
    await world.pass(60_000);
    expect(world.terminal.commands).toHaveLength(1);
    const other = await world.submit({
      ...request,
      t: 'place',
      ticket: market({ volumeLots: 0.2 }),
    } as typeof request);
    expect(other).toMatchObject({ ok: false, error: { code: 'trade.request-differs' } });
  });

  test('is not sent before the connector’s clock was heard, and expires', async () => {
    const world = await deskWorld();
    world.terminal.isConnected = false;
    world.terminal.beat();
    const { intents } = await world.admitted(place());
    await world.settle();
    expect(world.terminal.commands).toEqual([]);
    await world.pass(6_000);
    expect(world.intent(intents[0]!.id).state).toBe('expired');
    world.terminal.isConnected = true;
    await world.pass(10_000);
    expect(world.terminal.commands).toEqual([]);
  });

  test('is worth sending on the connector’s own clock for as long as it has left', async () => {
    const world = await deskWorld();
    await world.pass(3_000);
    await world.admitted(place());
    await world.settle();
    const [command] = world.terminal.commands;
    expect(command!.untilMs).toBe(world.nowMs() - 1_000_000 + 5_000);
  });
});

describe('an order whose link broke', () => {
  test('and that was executed is found, and not sent again', async () => {
    const world = await deskWorld();
    world.terminal.behaviour = 'execute-silently';
    const { intents } = await world.admitted(place());
    await world.settle();
    await world.cut();
    expect(world.intent(intents[0]!.id).state).toBe('executing');
    world.terminal.behaviour = 'execute';
    await world.connect();
    expect(world.intent(intents[0]!.id)).toMatchObject({ state: 'filled', filledLots: 0.1 });
    await world.pass(400_000);
    expect(world.terminal.commands).toHaveLength(1);
  });

  test('and that never arrived expires, and is not sent again', async () => {
    const world = await deskWorld();
    world.terminal.behaviour = 'ignore';
    const { intents } = await world.admitted(place());
    await world.settle();
    await world.cut();
    world.terminal.behaviour = 'execute';
    await world.connect();
    expect(world.intent(intents[0]!.id).state).toBe('expired');
    expect(world.terminal.commands).toHaveLength(1);
  });
});

describe('an order that timed out', () => {
  test('is not executed only after three clean looks over a minute', async () => {
    const world = await deskWorld();
    world.terminal.behaviour = 'time-out';
    const { intents } = await world.admitted(place());
    const { id } = intents[0]!;
    await world.pass(55_000);
    expect(world.intent(id)).toMatchObject({ state: 'unknown' });
    expect(world.intent(id).reserved.margin).toBeGreaterThan(0);
    await world.pass(60_000);
    expect(world.intent(id)).toMatchObject({ state: 'not-executed', reserved: { margin: 0 } });
    expect(world.terminal.commands).toHaveLength(1);
  });

  test('stays unknown while the terminal’s history is not whole', async () => {
    const world = await deskWorld();
    world.terminal.behaviour = 'time-out';
    const { intents } = await world.admitted(place());
    await world.settle();
    world.terminal.isWhole = false;
    await world.pass(300_000);
    expect(world.intent(intents[0]!.id).state).toBe('unknown');
    world.terminal.isWhole = true;
    await world.pass(120_000);
    expect(world.intent(intents[0]!.id).state).toBe('not-executed');
  });

  test('but was executed is found by its magic number', async () => {
    const world = await deskWorld();
    world.terminal.behaviour = 'time-out-executed';
    const { intents } = await world.admitted(place());
    await world.pass(20_000);
    expect(world.intent(intents[0]!.id)).toMatchObject({ state: 'filled', filledLots: 0.1 });
    expect(world.terminal.commands).toHaveLength(1);
  });

  test('and is filled long after it was given up is believed, with an alert', async () => {
    const world = await deskWorld();
    world.terminal.behaviour = 'time-out';
    const { intents } = await world.admitted(place());
    const { id } = intents[0]!;
    await world.pass(150_000);
    expect(world.intent(id).state).toBe('not-executed');
    const { magic } = world.intent(id);
    const late = { magic, deal: '900', order: '899', position: '899', volumeLots: 0.1 };
    world.terminal.deals.push({
      ...{ symbol: 'EURUSD', kind: 'buy', entry: 'in', price: 1.2, commission: 0, swap: 0 },
      ...{ profit: 0, comment: '', reason: 'program', serverMs: world.nowMs() },
      ...late,
    });
    world.terminal.tell();
    await world.settle();
    expect(world.intent(id)).toMatchObject({ state: 'filled', filledLots: 0.1 });
    expect(world.kept().alerts.map(({ name }) => name)).toContain('order.late-evidence');
  });
});

describe('an order that the broker would not take', () => {
  test('is tried again with another magic number while its time lasts', async () => {
    const world = await deskWorld();
    world.terminal.behaviour = 'requote';
    const { intents } = await world.admitted(place());
    await world.settle();
    expect(world.intent(intents[0]!.id).state).toBe('retry-wait');
    world.terminal.behaviour = 'execute';
    await world.pass(1_000);
    expect(world.intent(intents[0]!.id)).toMatchObject({ state: 'filled', attempt: 2 });
    const magics = world.terminal.commands.map(({ magic }) => magic);
    expect(new Set(magics).size).toBe(2);
  });

  test.each([
    ['reject', 'rejected'],
    ['refuse', 'refused'],
  ] as const)('for good (%s) is over, and keeps nothing free', async (behaviour, state) => {
    const world = await deskWorld();
    world.terminal.behaviour = behaviour;
    const { intents } = await world.admitted(place());
    await world.pass(10_000);
    expect(world.intent(intents[0]!.id)).toMatchObject({ state, reserved: { margin: 0 } });
    expect(world.terminal.commands).toHaveLength(1);
  });
});

test('what only deals tell of counts before the terminal shows its position', async () => {
  const world = await deskWorld();
  const { intents } = await world.admitted(place());
  world.terminal.tell();
  world.terminal.behaviour = 'execute-silently';
  await world.settle();
  expect(world.intent(intents[0]!.id).state).toBe('filled');
  expect([...world.kept().positions.values()]).toMatchObject([{ volumeLots: 0.1 }]);
});

describe('closing', () => {
  const close = (position: string, volumeLots: number | null = null) =>
    ({ id: someId(), accountId, t: 'close', position, volumeLots }) as const;

  test('closes what is left, and no more than that', async () => {
    const world = await deskWorld({ mode: 'netting' });
    await world.admitted(place());
    await world.settle();
    const [held] = world.kept().positions.values();
    world.terminal.behaviour = 'ignore';
    await world.admitted(close(held!.position, 0.04));
    const rest = await world.admitted(close(held!.position, 9));
    expect(rest.intents[0]!.body).toMatchObject({ volumeLots: 0.06 });
    const more = await world.submit(close(held!.position));
    expect(more).toMatchObject({ ok: false, error: { code: 'trade.closing-already' } });
  });

  test('of a whole position takes it away once its deals are there', async () => {
    const world = await deskWorld();
    await world.admitted(place());
    await world.settle();
    const [held] = world.kept().positions.values();
    const { intents } = await world.admitted(close(held!.position));
    await world.settle();
    expect(world.intent(intents[0]!.id)).toMatchObject({ state: 'filled' });
    expect(world.kept().positions.size).toBe(0);
    expect(world.kept().account.state).toBe('paired');
  });

  test('everything tells of each position and each order', async () => {
    const world = await deskWorld();
    for (const volumeLots of [0.05, 0.06, 0.07]) await world.admitted(place({ volumeLots }));
    await world.admitted(place({ kind: 'limit', price: 1.05, sl: 1.04, volumeLots: 0.05 }));
    await world.settle();
    const [first] = world.kept().positions.values();
    world.terminal.behaviour = 'ignore';
    await world.admitted(close(first!.position));
    await world.settle();
    world.terminal.behaviour = 'execute';
    const all = { id: someId(), accountId, t: 'close-all', symbol: null, ordersToo: true } as const;
    const { intents } = await world.admitted(all);
    expect(intents.map(({ state }) => state).sort()).toEqual([
      'created',
      'created',
      'created',
      'refused',
    ]);
    await world.settle();
    expect(world.kept().orders.size).toBe(0);
    expect([...world.kept().positions.keys()]).toEqual([first!.position]);
  });
});

describe('orders that hang together', () => {
  const pending = (kind: 'limit' | 'stop', price: number) =>
    market({ kind, price, sl: price - 0.01, volumeLots: 0.05 });

  test('of a pair: what fills of one cancels the other', async () => {
    const world = await deskWorld();
    const tickets = [pending('limit', 1.09), pending('stop', 1.12)] as const;
    const { intents } = await world.admitted({ id: someId(), accountId, t: 'oco', tickets });
    await world.settle();
    expect(intents.map(({ id }) => world.intent(id).state)).toEqual(['working', 'working']);
    world.terminal.trigger(world.intent(intents[0]!.id).order!);
    world.terminal.tell();
    await world.settle();
    await world.pass(1_000);
    expect(intents.map(({ id }) => world.intent(id).state)).toEqual(['filled', 'canceled']);
    expect(world.terminal.orders.size).toBe(0);
  });

  test('to reverse: the opening waits for the close', async () => {
    const world = await deskWorld();
    await world.admitted(place({ volumeLots: 0.05 }));
    await world.settle();
    const [held] = world.kept().positions.values();
    const request = { id: someId(), accountId, t: 'reverse', position: held!.position } as const;
    const { intents } = await world.admitted(request);
    expect(intents.map(({ state }) => state)).toEqual(['created', 'held']);
    await world.settle();
    expect(intents.map(({ id }) => world.intent(id).state)).toEqual(['filled', 'filled']);
    expect([...world.kept().positions.values()]).toMatchObject([
      { side: 'sell', volumeLots: 0.05 },
    ]);
  });

  test('to reverse: what was not closed is not opened the other way', async () => {
    const world = await deskWorld();
    await world.admitted(place({ volumeLots: 0.05 }));
    await world.settle();
    const [held] = world.kept().positions.values();
    world.terminal.behaviour = 'reject';
    const request = { id: someId(), accountId, t: 'reverse', position: held!.position } as const;
    const { intents } = await world.admitted(request);
    await world.settle();
    expect(intents.map(({ id }) => world.intent(id).state)).toEqual(['rejected', 'canceled']);
  });
});
