/** Bots on a server that is killed again and again: no order twice, and they go on by themselves. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openScene, type Scene } from '../accounts/scene.ts';
import { until } from '../server-process.ts';
import { botTrader, countingCode, startInput } from './bot-scene.ts';
import { expectEachOnce } from './each-once.ts';

let scene: Scene;
beforeAll(async () => (scene = await openScene()));
afterAll(() => scene?.close());

const kills = 2;
const inCode = {
  strategy: { ...startInput('').strategy, language: 'code', source: countingCode },
};

it('repeats no order and goes on after each kill, with every browser closed', async () => {
  const bots = [await began({}), await began(inCode)];
  const sql = () => scene.at.sql;
  const sent = ({ botId }: Begun) => countOf('bot_orders', botId, `state = 'sent'`);
  await until(async () => (await Promise.all(bots.map(sent))).every((count) => count >= 1));
  for (let k = 0; k < kills; k++) {
    const before = await Promise.all(bots.map(sent));
    // Where in a bar it dies differs each time.
    await wait(300 + 370 * k);
    await scene.at.server.end('SIGKILL');
    // As if it had died between the order path's answer and its own note of it.
    await sql()`update bot_orders set state = 'sending' where state = 'sent'`;
    // Nobody waits here for the half minute that a dead server's hold on the terminal lasts.
    await sql()`update trading_accounts set lease_until_ms = 0`;
    await scene.at.restart();
    // Those of before are found to be sent, and others follow.
    for (const [i, bot] of bots.entries()) await until(async () => (await sent(bot)) > before[i]!);
  }
  for (const { botId, accountId } of bots) {
    await expectEachOnce(sql(), { botId, accountId });
    const held = await sql()`
      select facts from broker_items where account_id = ${accountId} and kind = 'position'`;
    expect(held.length).toBeLessThanOrEqual(1);
    expect(await countOf('bot_events', botId, `name = 'found-sent'`)).toBeGreaterThan(0);
    expect(await countOf('bot_events', botId, `name = 'bars-missed'`)).toBeGreaterThan(0);
  }
  // What it remembers no death took from it: it counts on.
  const lines = await sql()`
    select detail ->> 'text' as text from bot_events
    where bot_id = ${bots[1]!.botId} and name = 'code-line' order by n`;
  expect(lines.map(({ text }) => String(text))).toEqual(lines.map((_, k) => `asked ${k + 1}`));
}, 240_000);

type Begun = Awaited<ReturnType<typeof began>>;

/** A trader with a bot on an account of its own. */
async function began(change: object) {
  const person = await scene.people.person();
  const { start, accountId } = await botTrader(await person.signedIn());
  return { accountId, botId: await start({ ...change }) };
}

async function countOf(table: 'bot_orders' | 'bot_events', botId: string, where: string) {
  const { sql } = scene.at;
  const [row] = await sql`
    select count(*) from ${sql(table)} where bot_id = ${botId} and ${sql.unsafe(where)}`;
  return Number(row!['count']);
}
