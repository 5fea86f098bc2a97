/** What ended while nobody told of it is found out by the next look; found by the simulator of orders. */
import { expect, test } from 'vitest';
import { accountId, deskWorld, place, someId, type DeskWorld } from './desk-world.ts';

async function withOrder(): Promise<{ readonly world: DeskWorld; readonly id: string }> {
  const world = await deskWorld();
  const limit = place({ kind: 'limit', price: 1.05, sl: 1.04 });
  const { intents } = await world.admitted(limit);
  await world.settle();
  const id = intents[0]!.id;
  expect(world.intent(id).state).toBe('working');
  return { world, id };
}

/** As somebody does at the terminal itself. */
function cancelByHand({ terminal }: DeskWorld): void {
  const [order] = terminal.orders.keys();
  const own = { id: someId(), attempt: 1, magic: '0', untilMs: 0 };
  terminal.hear({ t: 'cancel', ...own, order: order! });
}

test('an order that was canceled while no link was there is known to be at once', async () => {
  const { world, id } = await withOrder();
  await world.cut();
  cancelByHand(world);
  await world.connect();
  expect(world.intent(id).state).toBe('canceled');
  expect(world.kept().orders.size).toBe(0);
});

test('where the fingerprint differs, the fate of what is missing is asked for', async () => {
  const { world, id } = await withOrder();
  const { terminal } = world;
  terminal.speakTo(() => undefined);
  cancelByHand(world);
  terminal.speakTo((message) => world.desk.hear(message));
  // Nothing that is new to it, so that the fingerprint alone tells.
  terminal.tell();
  await world.settle();
  expect(world.intent(id).state).toBe('canceled');
  expect(world.kept().orders.size).toBe(0);
});

test('a close that came too late on a netting account opened, and is told as filled', async () => {
  const world = await deskWorld({ mode: 'netting' });
  const { terminal } = world;
  await world.admitted(place());
  await world.settle();
  const [held] = terminal.positions.values();
  const [opened] = terminal.deals;
  terminal.behaviour = 'time-out';
  const request = { id: someId(), accountId, t: 'close', volumeLots: null } as const;
  const { intents } = await world.admitted({ ...request, position: held!.position });
  const { id, magic } = intents[0]!;
  await world.pass(120_000);
  expect(world.intent(id).state).toBe('not-executed');
  const gone = { deal: '900', kind: 'sell', entry: 'out', reason: 'sl' } as const;
  const late = { deal: '901', order: '901', position: '901', kind: 'sell', magic } as const;
  terminal.deals.push({ ...opened!, ...gone }, { ...opened!, ...late });
  terminal.positions.clear();
  const turned = { position: '901', ticket: '901', side: 'sell', magic } as const;
  terminal.positions.set('901', { ...held!, ...turned });
  terminal.tell();
  await world.settle();
  expect(world.intent(id)).toMatchObject({ state: 'filled', filledLots: 0.1 });
  expect(world.kept().alerts.map(({ name }) => name)).toContain('order.late-evidence');
  expect([...world.kept().positions.keys()]).toEqual(['901']);
});
