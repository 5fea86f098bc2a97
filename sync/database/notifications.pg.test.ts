import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/postgres.ts';
import { openNotifications, type Notifications } from './notifications.ts';

let test: TestDatabase;
let notifications: Notifications;
beforeAll(async () => {
  test = await testDatabase();
  notifications = openNotifications({ url: test.url, log: pino({ level: 'silent' }) });
}, 60_000);
afterAll(async () => {
  await notifications.close();
  await test.close();
});

const say = (channel: string, text: string) =>
  test.owner.execute(sql`select pg_notify(${channel}, ${text})`);
const cut = () =>
  test.owner.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'offing listen'`,
  );

/** Two who share a channel, as rooms of the server do. */
function listening() {
  const heard: string[] = [];
  const looks = { one: 0, other: 0 };
  const hear = (who: string) => (text: string) => void heard.push(`${who} ${text}`);
  const leave = notifications.hear({
    channels: { shared: hear('one'), own: hear('one') },
    onListening: () => looks.one++,
  });
  const leaveOther = notifications.hear({
    channels: { shared: hear('other') },
    onListening: () => looks.other++,
  });
  return { heard, looks, leave, leaveOther };
}

it('tells all who listen, after a lost connection too, and each to look for what was missed', async () => {
  const { heard, looks, leave, leaveOther } = listening();
  await expect.poll(() => looks).toEqual({ one: 2, other: 1 });
  await say('shared', 'a');
  await say('own', 'b');
  await expect.poll(() => heard.toSorted()).toEqual(['one a', 'one b', 'other a']);

  for (let round = 1; round <= 3; round++) {
    await cut();
    await expect
      .poll(() => looks, { timeout: 20_000 })
      .toEqual({ one: 2 + 2 * round, other: 1 + round });
    heard.length = 0;
    await say('shared', 'c');
    await say('own', 'd');
    await expect.poll(() => heard.toSorted()).toEqual(['one c', 'one d', 'other c']);
  }
  leaveOther();
  heard.length = 0;
  await say('shared', 'e');
  await expect.poll(() => heard).toEqual(['one e']);
  leave();
});

it('is whole again when its connection is lost while somebody begins to listen', async () => {
  const names = Array.from({ length: 400 }, (_, n) => `many_${n}`);
  const heard = new Set<string>();
  let looks = 0;
  const leave = notifications.hear({
    channels: Object.fromEntries(names.map((name) => [name, () => void heard.add(name)])),
    onListening: () => looks++,
  });
  await expect.poll(() => looks, { interval: 1 }).toBeGreaterThan(10);
  expect(looks).toBeLessThan(names.length);
  await cut();
  await expect
    .poll(
      async () => {
        await say(names.at(-1)!, '');
        return heard.has(names.at(-1)!);
      },
      { timeout: 20_000 },
    )
    .toBe(true);
  leave();
});
