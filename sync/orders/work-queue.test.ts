import { expect, test } from 'vitest';
import { workQueue } from './work-queue.ts';

function recorded() {
  const ran: string[][] = [];
  const queue = workQueue<string>({
    take: (items) => items.length,
    run: async (items) => void ran.push([...items]),
    wished: async () => void ran.push(['wished']),
    failed: (error) => void ran.push([String(error)]),
  });
  return { ran, queue };
}

test('what comes in one turn is taken together, what comes later apart', async () => {
  const { ran, queue } = recorded();
  for (const item of ['ack', 'executing', 'result']) queue.add(item);
  await queue.idle();
  queue.add('delta');
  await queue.idle();
  expect(ran).toEqual([['ack', 'executing', 'result'], ['delta']]);
});

test('what is wished for is done once, after what is in line', async () => {
  const { ran, queue } = recorded();
  queue.wish();
  queue.add('result');
  queue.wish();
  await queue.idle();
  expect(ran).toEqual([['result'], ['wished']]);
});

test('nothing is begun once it is closed, though it came in the same turn', async () => {
  const { ran, queue } = recorded();
  queue.add('result');
  queue.close();
  await queue.idle();
  expect(ran).toEqual([]);
});
