/** Two servers that have the terminal of one bot in turns: it trades on, and nothing twice. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAnotherServer, type AnotherServer } from '../accounts/another-server.ts';
import { openScene, type Scene } from '../accounts/scene.ts';
import { until } from '../server-process.ts';
import { botTrader, startInput, tendedSource } from './bot-scene.ts';
import { expectEachOnce } from './each-once.ts';

const limitMs = 240_000;

let scene: Scene;
let other: AnotherServer;
beforeAll(async () => {
  scene = await openScene();
  other = await openAnotherServer(scene.at);
}, limitMs);
afterAll(async () => {
  await other?.close();
  await scene?.close();
}, limitMs);

it(
  'trades on whichever has its terminal, moves stops and takes parts, each once',
  async () => {
    const person = await scene.people.person();
    const { start, one, log, accountId } = await botTrader(await person.signedIn());
    const { strategy } = startInput('');
    const botId = await start({ strategy: { ...strategy, source: tendedSource } });
    const { sql, server } = scene.at;
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
    // Nobody waits here for the half minute after which the hold on a terminal is over.
    const handOver = async () => {
      const session = await holder();
      await sql`update trading_accounts set lease_until_ms = 0 where account_id = ${accountId}`;
      await until(async () => (await holder()) !== session);
      await tradesOn();
    };
    await tradesOn();
    // It stands still for a while, and wakes up to find the other one at its terminal.
    server.child.kill('SIGSTOP');
    await handOver();
    server.child.kill('SIGCONT');
    await tradesOn();
    await other.kill();
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
  },
  limitMs,
);
