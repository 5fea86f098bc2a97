/** Alerts on two servers of which one is killed: none is told twice, and the other goes on. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAnotherServer, type AnotherServer } from '../accounts/another-server.ts';
import { openScene, type Scene } from '../accounts/scene.ts';
import { until } from '../server-process.ts';
import { alertTrader } from './alert-scene.ts';

const limitMs = 240_000;

let scene: Scene;
let other: AnotherServer;
beforeAll(async () => {
  scene = await openScene();
  other = await openAnotherServer(scene.at);
}, limitMs);
afterAll(async () => {
  await other?.close();
  // Its Postgres goes on without it: whoever starts it takes it along when it ends.
  await scene?.at.restart();
  await scene?.close();
}, limitMs);

it(
  'tells each crossing once, whichever server has the terminal and dies over it',
  async () => {
    const { set, bid, accountId, userId } = await alertTrader(await scene.people.person());
    const { sql } = scene.at;
    const near = await bid();
    for (let points = -30; points <= 30; points += 3) {
      const price = near + points * 0.00001;
      await set({ t: 'price', symbol: 'EURUSD', way: 'touch', price });
    }
    const told = async () =>
      Number((await sql`select count(*) from alert_events where user_id = ${userId}`)[0]!['count']);
    await until(async () => (await told()) > 0);
    await scene.at.server.end('SIGKILL');
    const before = await told();
    // Nobody waits here for the half minute that a dead server's hold on the terminal lasts.
    await sql`update trading_accounts set lease_until_ms = 0`;
    await until(async () => (await told()) > before);
    const twice = await sql`
    select alert_id from alert_events where user_id = ${userId}
    group by alert_id having count(*) > 1`;
    expect(twice).toHaveLength(0);
    const astray = await sql`
    select 1 from alerts where account_id = ${accountId} and fired <>
      (select count(*) from alert_events e where e.alert_id = alerts.alert_id)`;
    expect(astray).toHaveLength(0);
    // One statement, since the next may be told between two.
    const [counts] = await sql`
    select (select count(*) from alert_events where user_id = ${userId}) as events,
      (select count(*) from mails where user_id = ${userId} and template = 'alert') as mails`;
    expect(counts!['mails']).toBe(counts!['events']);
  },
  limitMs,
);
