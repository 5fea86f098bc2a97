/** What is found under a magic number is what was asked for; found by the simulator of orders. */
import { expect, test } from 'vitest';
import { begin, buy, ids, newWorld } from './made-connector.ts';
import { madeBroker, price, request } from './paper-play.ts';

test('an order that ended with a part of it filled is over, not partial', () => {
  const broker = madeBroker({ symbol: { liquidityLots: 0.05 } });
  const { retcode } = broker.trade(request({ magic: '9' }));
  expect(retcode).toBe(10010);
  expect(broker.find('9')).toMatchObject({ state: 'canceled', filledLots: 0.05 });
});

test('the order of a stop is not found, though it has the magic number of its position', () => {
  const broker = madeBroker({ symbol: { liquidityLots: 0.05 } });
  const asked = request({ magic: '9', volumeLots: 0.2, sl: 1.099, filling: 'return' });
  const { order } = broker.trade(asked);
  price(broker, 1.098);
  expect(broker.deals().some(({ reason }) => reason === 'sl')).toBe(true);
  broker.trade(request({ action: 'remove', order }));
  expect(broker.find('9')).toMatchObject({ order, state: 'canceled' });
});

test('a connector whose session ended while it wrote the intent down asks no broker', async () => {
  const world = newWorld();
  let onWrite = (): unknown => undefined;
  const life = begin(world, { onWrite: () => void onWrite() });
  await life.connector.idle();
  onWrite = () => life.connector.close();
  life.connector.hear(buy(world));
  await life.connector.idle();
  expect(world.asked.size).toBe(0);
  expect(world.kept.journal).toMatchObject([
    { id: ids[0], result: { outcome: 'refused', reason: 'wrong-session' } },
  ]);
});
