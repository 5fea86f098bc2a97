/** What a terminal shows is taken over, compared and followed by a desk over memory. */
import { describe, expect, test } from 'vitest';
import { finalStates } from '../../core/broker/intent.ts';
import type { TradeRequest } from '../../core/broker/request.ts';
import { accountId, deskWorld, place, someId } from './desk-world.ts';

describe('what the terminal shows', () => {
  test('and nobody here asked for is adopted, and counts', async () => {
    const world = await deskWorld();
    await world.admitted(place());
    await world.settle();
    const [own] = world.terminal.positions.values();
    const foreign = { ...own!, position: '5', ticket: '5', magic: '0', comment: 'by hand' };
    world.terminal.positions.set('5', foreign);
    world.terminal.tell();
    await world.settle();
    expect(world.kept().positions.get('5')).toMatchObject({ intentId: null });
  });

  test('no more, without a deal, is lost after a second look, and halts the account', async () => {
    const world = await deskWorld();
    await world.admitted(place());
    await world.settle();
    const [own] = world.terminal.positions.values();
    world.terminal.positions.delete(own!.position);
    world.terminal.tell();
    await world.settle();
    await world.pass(5_000);
    expect(world.kept().account.state).toBe('paired');
    await world.pass(330_000);
    expect(world.kept().alerts.map(({ name }) => name)).toContain('position-lost');
    expect(world.kept().account).toMatchObject({ state: 'halted', haltReason: 'position-lost' });
    expect(world.kept().positions.size).toBe(0);
    const answer = await world.submit(place());
    expect(answer).toMatchObject({ ok: false, error: { code: 'trade.account-halted' } });
  });

  test('is nothing while it is not connected to its broker', async () => {
    const world = await deskWorld();
    await world.admitted(place());
    await world.settle();
    await world.cut();
    const kept = new Map(world.terminal.positions);
    world.terminal.isConnected = false;
    world.terminal.positions.clear();
    await world.connect();
    await world.pass(600_000);
    expect(world.kept().positions.size).toBe(1);
    for (const [id, held] of kept) world.terminal.positions.set(id, held);
    world.terminal.isConnected = true;
    await world.pass(10_000);
    expect(world.kept().positions.size).toBe(1);
    expect(world.kept().account.state).toBe('paired');
  });

  test('of another account halts this one, and none of it is taken', async () => {
    const world = await deskWorld();
    world.desk.hear({ t: 'account', account: { ...world.terminal.account, login: '8' } });
    await world.settle();
    expect(world.closed).toEqual(['other-account']);
    expect(world.kept().account).toMatchObject({ state: 'halted', haltReason: 'other-account' });
    expect(world.kept().account.broker?.login).toBe('7');
  });
});

describe('a session', () => {
  test('that is not the account’s any more hears and sends nothing', async () => {
    const world = await deskWorld();
    const old = world.desk;
    const before = world.terminal.commands.length;
    await world.connect();
    await world.admitted(place());
    old.wake();
    await world.settle();
    expect(world.closed).toContain('fenced');
    expect(world.terminal.commands.length).toBe(before + 1);
  });
});

describe('a trailing stop', () => {
  const trail = (position: string): TradeRequest => ({
    ...{ id: someId(), accountId, position },
    t: 'trail',
    trail: { activationPips: 20, distancePips: 10, lockPips: 0 },
  });

  test('follows the price once it is active, is never taken back, and survives a restart', async () => {
    const world = await deskWorld();
    await world.admitted(place());
    await world.settle();
    const [held] = world.kept().positions.values();
    const stop = () => world.terminal.positions.get(held!.position)!.sl;
    await world.admitted(trail(held!.position));
    await world.settle();
    const moves = async (bid: number) => {
      world.quote(bid);
      await world.settle();
      await world.pass(1_000);
    };
    await moves(1.1015);
    expect(stop()).toBe(1.09);
    await moves(1.103);
    expect(stop()).toBeCloseTo(1.102, 9);
    await moves(1.1005);
    expect(stop()).toBeCloseTo(1.102, 9);
    await world.cut();
    await world.connect();
    await moves(1.1025);
    expect(stop()).toBeCloseTo(1.102, 9);
    await moves(1.104);
    expect(stop()).toBeCloseTo(1.103, 9);
  });

  test('is asked for at most once a second', async () => {
    const world = await deskWorld();
    await world.admitted(place());
    await world.settle();
    const [held] = world.kept().positions.values();
    await world.admitted(trail(held!.position));
    await world.settle();
    const before = world.terminal.commands.length;
    for (let n = 0; n < 20; n++) {
      world.quote(1.103 + n * 0.0001);
      await world.settle();
    }
    expect(world.terminal.commands.length - before).toBe(1);
    expect([...world.kept().intents.values()].every(({ state }) => finalStates.has(state))).toBe(
      true,
    );
  });
});
