import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { atFloor } from './time-floor.ts';

const floorMs = 40;

/** After how many whole floors the answer came; at most a little later than one of them. */
async function floorsOf(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await atFloor(floorMs, work).catch(() => undefined);
  return Math.floor((performance.now() - startedMs) / floorMs);
}

describe('an answer at the floor', () => {
  test('is what the work gave, or the error that it threw', async () => {
    expect(await atFloor(floorMs, () => Promise.resolve('done'))).toBe('done');
    await expect(atFloor(floorMs, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  test('never comes before the floor, however little there was to do, failures too', async () => {
    const works = [() => Promise.resolve(), () => Promise.reject(new Error('no'))];
    for (const work of works) expect(await floorsOf(work)).toBeGreaterThanOrEqual(1);
  });

  test('comes at the next whole floor when the work took longer than one', async () => {
    expect(await floorsOf(() => wait(floorMs + 5))).toBeGreaterThanOrEqual(2);
    expect(await floorsOf(() => wait(2 * floorMs + 5))).toBeGreaterThanOrEqual(3);
  });
});
