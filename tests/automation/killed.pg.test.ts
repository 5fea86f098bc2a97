/** A bot on a server that is killed again and again: no order twice, and it goes on by itself. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openScene, type Scene } from '../accounts/scene.ts';
import { until } from '../server-process.ts';
import { botTrader } from './bot-scene.ts';
import { expectEachOnce } from './each-once.ts';

let scene: Scene;
beforeAll(async () => (scene = await openScene()));
afterAll(() => scene?.close());

const kills = 2;

it('repeats no order and goes on after each kill, with every browser closed', async () => {
  const person = await scene.people.person();
  const { start, accountId } = await botTrader(await person.signedIn());
  const botId = await start();
  const sql = () => scene.at.sql;
  const sent = async () =>
    Number(
      (await sql()`select count(*) from bot_orders where bot_id = ${botId} and state = 'sent'`)[0]![
        'count'
      ],
    );
  await until(async () => (await sent()) >= 1);
  for (let k = 0; k < kills; k++) {
    const before = await sent();
    // Where in a bar it dies differs each time.
    await wait(300 + 370 * k);
    await scene.at.server.end('SIGKILL');
    // As if it had died between the order path's answer and its own note of it.
    await sql()`update bot_orders set state = 'sending' where bot_id = ${botId} and state = 'sent'`;
    // Nobody waits here for the half minute that a dead server's hold on the terminal lasts.
    await sql()`update trading_accounts set lease_until_ms = 0`;
    await scene.at.restart();
    // Those of before are found to be sent, and others follow.
    await until(async () => (await sent()) > before);
  }
  await expectEachOnce(sql(), { botId, accountId });
  const held = await sql()`
    select facts from broker_items where account_id = ${accountId} and kind = 'position'`;
  expect(held.length).toBeLessThanOrEqual(1);
  const found = await sql()`
    select count(*) from bot_events where bot_id = ${botId} and name = 'found-sent'`;
  expect(Number(found[0]!['count'])).toBeGreaterThan(0);
  const missed = await sql()`
    select count(*) from bot_events where bot_id = ${botId} and name = 'bars-missed'`;
  expect(Number(missed[0]!['count'])).toBeGreaterThan(0);
}, 240_000);
