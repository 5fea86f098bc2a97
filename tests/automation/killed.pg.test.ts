/** A bot on a server that is killed again and again: no order twice, and it goes on by itself. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openScene, type Scene } from '../accounts/scene.ts';
import { until } from '../server-process.ts';
import { botTrader } from './bot-scene.ts';

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
  const orders = await sql()`
    select request_id, intent_ids, state from bot_orders where bot_id = ${botId}`;
  const requests = await sql()`
    select request_id from trade_requests where account_id = ${accountId}`;
  const asked = new Set(orders.map(({ request_id: id }) => String(id)));
  // Whatever the order path has, the bot has written down before, and each once.
  expect(requests.filter(({ request_id: id }) => !asked.has(String(id)))).toEqual([]);
  const perBar = await sql()`
    select bar_ms, count(*) from bot_orders where bot_id = ${botId}
      and asks -> 0 ->> 't' = 'enter' and state = 'sent' group by bar_ms having count(*) > 1`;
  expect(perBar).toHaveLength(0);
  const entries = () => sql()`
    select i.intent_id, count(d.deal) as deals from order_intents i
    left join deals d on d.account_id = i.account_id and d.position = i.facts ->> 'position'
      and d.entry = 'in'
    where i.account_id = ${accountId} and i.body ->> 't' = 'place' and i.state = 'filled'
    group by i.intent_id`;
  // Deals are heard of a moment after the fill.
  await until(async () => {
    const found = await entries();
    return found.length > 1 && found.every(({ deals }) => Number(deals) > 0);
  });
  const fills = await entries();
  for (const { deals } of fills) expect(Number(deals)).toBe(1);
  const [ins] = await sql()`
    select count(*) from deals where account_id = ${accountId} and entry = 'in'`;
  expect(Number(ins!['count'])).toBe(fills.length);
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
