/** The watch over one account: what is told after an alert's time, and while the database is away. */
import { setImmediate as turn } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountWatch } from '../../sync/alerts/account-watch.ts';
import type { LiveSession } from '../../sync/terminals/live-session.ts';
import { ok } from '../../core/result.ts';
import type { Inside } from '../accounts/inside.ts';
import { openScene, type Scene } from '../accounts/scene.ts';
import { until } from '../server-process.ts';
import { heldAccount } from './alert-scene.ts';

const log = pino({ level: 'silent' });
const price = { t: 'price', symbol: 'EURUSD', way: 'above', price: 1.3 };
const minuteMs = 60_000;

let scene: Scene;
let inside: Inside;
beforeAll(async () => {
  scene = await openScene();
  inside = await scene.inside();
});
afterAll(async () => {
  await inside?.close();
  await scene?.close();
});

const held = async () => heldAccount(await scene.people.person());
const events = async (userId: string) =>
  scene.at.sql`select at_ms, detail from alert_events where user_id = ${userId} order by n`;
const states = async (userId: string) =>
  (await scene.at.sql`select state from alerts where user_id = ${userId}`).map(
    (row) => row['state'],
  );

/** Set ten minutes ago for five, of an account whose terminal only comes now. */
async function overSince(condition: object) {
  const account = await held();
  const { userId } = account;
  await account.set(condition);
  const beganMs = Math.floor(Date.now() / minuteMs) * minuteMs - 10 * minuteMs;
  await scene.at.sql`
    update alerts set created_ms = 1, changed_ms = ${beganMs}, side = -1,
      until_ms = ${beganMs + 5 * minuteMs}
    where user_id = ${userId}`;
  return { ...account, beganMs };
}

const watchOf = (live: LiveSession) =>
  accountWatch({ ...inside.services, live, looked: () => undefined, now: Date.now, log });

it('tells what came to its level in time of an alert whose time was over before the terminal came', async () => {
  const { userId, live, beganMs } = await overSince(price);
  let answer = () => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  const bars = [2, 7].map((minute) => [
    ...[(beganMs + minute * minuteMs) / 1_000, 120_000, 130_000, 120_000, 120_000, 1],
  ]);
  const told = { bars, digits: 5, hasMore: false, isWhole: true, lacks: null };
  let isAsked = false;
  const ask = async () => {
    isAsked = true;
    await asked;
    return ok(told);
  };
  const watch = watchOf(live({ ask }));
  await until(async () => isAsked);
  // A price of now is not the alert's, nor does it end it before anybody looked back.
  watch.put({ symbol: 'EURUSD', bid: 1.31, ask: 1.32, timeMs: Date.now() });
  watch.beat();
  answer();
  await until(async () => (await states(userId)).join() === 'done');
  await watch.end();
  const atMs = beganMs + 3 * minuteMs;
  expect((await events(userId)).map((event) => Number(event['at_ms']))).toEqual([atMs]);
});

it('ends an alert whose time was over where nothing happened in it', async () => {
  const { userId, live, beganMs } = await overSince(price);
  const bars = [[beganMs / 1_000 + 7 * 60, 120_000, 130_000, 120_000, 120_000, 1]];
  const told = { bars, digits: 5, hasMore: false, isWhole: true, lacks: null };
  const watch = watchOf(live({ ask: async () => ok(told) }));
  await until(async () => (await states(userId)).join() === 'done');
  await watch.end();
  expect(await events(userId)).toEqual([]);
});

it('tells of a bot that was ended in time though the terminal came later', async () => {
  const { userId, accountId, live, beganMs } = await overSince({ t: 'bot', botId: null });
  const botId = await scene.people.person().then((person) => person.bot());
  await scene.at.sql`
    insert into bots (user_id, bot_id, account_id, name, state, setup, terms, first_bar_ms,
      is_ending, created_ms, changed_ms)
    select ${userId}, gen_random_uuid(), ${accountId}, 'Gone', 'killed', setup, terms, 1, false, 1,
      ${beganMs + minuteMs} from bots where bot_id = ${botId}`;
  const watch = watchOf(live());
  const ticking = setInterval(() => watch.tick(), 20);
  await until(async () => (await states(userId)).join() === 'done');
  clearInterval(ticking);
  await watch.end();
  expect((await events(userId)).map((event) => event['detail'])).toMatchObject([{ bot: 'Gone' }]);
});

it('asks a database that is away no more often than it looks, and tells when it is back', async () => {
  const { userId, live, set } = await held();
  await set(price, { repeat: 'every' });
  await set({ ...price, symbol: 'GBPUSD' });
  const tries = { isAway: false, count: 0 };
  const database = new Proxy(inside.services.database, {
    get(target, name) {
      const isAsked = name === 'transaction' || name === 'update' || name === 'select';
      if (!tries.isAway || !isAsked) return Reflect.get(target, name) as unknown;
      return () => {
        tries.count++;
        throw new Error('The database is away.');
      };
    },
  });
  let [nowMs, looks] = [Date.now(), 0];
  const looked = () => void looks++;
  const given = { live: live(), looked, now: () => nowMs, log };
  const watch = accountWatch({ ...inside.services, ...given, database });
  await until(async () => looks > 0);
  const quote = (symbol: string, bid: number) =>
    watch.put({ symbol, bid, ask: bid, timeMs: nowMs });
  tries.isAway = true;
  quote('GBPUSD', 1.29);
  for (let i = 0; i < 100; i++) {
    quote('EURUSD', 1.29 + (i % 2) / 50);
    if (i % 10 > 0) continue;
    nowMs += 1_001;
    watch.heard();
    watch.tick();
  }
  await turn();
  // One of each, and one more of each that was asked for meanwhile.
  expect(tries.count).toBeGreaterThan(0);
  expect(tries.count).toBeLessThanOrEqual(6);
  tries.isAway = false;
  nowMs += 1_001;
  watch.tick();
  await until(async () => (await events(userId)).length === 1);
  const sides = () => scene.at.sql`
    select side from alerts where user_id = ${userId} and condition ->> 'symbol' = 'GBPUSD'`;
  await until(async () => (await sides())[0]!['side'] === -1);
  await watch.end();
});
