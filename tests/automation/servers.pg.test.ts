/** Servers that have the terminal of one bot in turns: it trades on, and nothing twice. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAnotherServer, type AnotherServer } from '../accounts/another-server.ts';
import { openScene, type Scene } from '../accounts/scene.ts';
import { until } from '../server-process.ts';
import { botTrader, startInput, tendedSource } from './bot-scene.ts';
import { expectEachOnce } from './each-once.ts';
import { scriptedAccount } from './scripted-prices.ts';

let scene: Scene;
const others: AnotherServer[] = [];
beforeAll(async () => (scene = await openScene()));
afterAll(async () => {
  // One that stands still does not end when it is asked to.
  scene?.at.server.child.kill('SIGCONT');
  await Promise.all(others.map((other) => other.close()));
  await scene?.close();
});

it('trades on whichever has its terminal, moves stops and takes parts, each once', async () => {
  const { sql, server } = scene.at;
  const person = await scene.people.person();
  const who = await person.signedIn();
  const accountId = await scriptedAccount(scene.at, who, person.userId);
  const { start, one, log } = await botTrader(who, accountId);
  const { strategy } = startInput('');
  const botId = await start({ strategy: { ...strategy, source: tendedSource } });
  const holder = async () =>
    (await sql`select session from trading_accounts where account_id = ${accountId}`)[0]![
      'session'
    ];
  const sent = async () =>
    Number(
      (await sql`select count(*) from bot_orders where bot_id = ${botId} and state = 'sent'`)[0]![
        'count'
      ],
    );
  const tradesOn = async () => {
    const before = await sent();
    await until(async () => (await sent()) > before);
  };
  // Nobody waits here for the half minutes after which a hold on a terminal is over, and after
  // which Postgres ends what a server left half done as it stood still.
  const handOver = async () => {
    const session = await holder();
    const before = await sent();
    await sql`update trading_accounts set lease_until_ms = 0 where account_id = ${accountId}`;
    await until(async () => {
      // Again and again: what it asked last may be answered only now, and wait for it.
      await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where state like 'idle in transaction%' and state_change < now() - interval '2 seconds'`;
      return (await holder()) !== session && (await sent()) > before;
    });
  };
  await tradesOn();
  // Only now, so that it is the first one that has the terminal.
  const second = await openAnotherServer(scene.at);
  others.push(second);
  // It stands still for a while, and wakes up to find the other one at its terminal.
  server.child.kill('SIGSTOP');
  await handOver();
  server.child.kill('SIGCONT');
  await tradesOn();
  await second.kill();
  // The first keeps away for half a minute from a terminal that was taken from it.
  others.push(await openAnotherServer(scene.at));
  await handOver();
  const said = async (name: string) => (await log(botId)).some((event) => event.name === name);
  await until(() => said('sent-modify-position'));
  await until(async () => {
    const [taken] = await sql`
      select count(*) from bot_orders where bot_id = ${botId} and asks -> 0 ? 'part'`;
    return Number(taken!['count']) > 0;
  });
  expect((await one(botId)).state).toBe('running');
  await expectEachOnce(sql, { botId, accountId });
}, 240_000);
