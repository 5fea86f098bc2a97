/** Bots on a real server with a paper account: they trade by themselves, and end when told to. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotDrift } from '../../core/automation/bot-views.ts';
import { openScene, type Scene } from '../accounts/scene.ts';
import { until } from '../server-process.ts';
import { botTrader, countingCode, startInput, tendedSource } from './bot-scene.ts';
import { scriptedAccount } from './scripted-prices.ts';

let scene: Scene;
beforeAll(async () => (scene = await openScene()));
afterAll(() => scene?.close());

async function trading() {
  return botTrader(await (await scene.people.person()).signedIn());
}

/** Where many bots may be on one account: a server has more to do with accounts than with bots. */
let one: ReturnType<typeof trading> | null = null;
const shared = () => (one ??= trading());

/** On an account whose prices come as they are written. */
async function onWaves() {
  const person = await scene.people.person();
  const who = await person.signedIn();
  return botTrader(who, await scriptedAccount(scene.at, who, person.userId));
}

const codeOf = (source: string) => ({
  strategy: { ...startInput('').strategy, language: 'code', source },
});

// A second is short where three such files run at once.
const patient = { timeout: 120_000 };

describe.concurrent('a bot', patient, () => {
  it('trades on paper with nobody looking, and each difference from its backtest is explained', async () => {
    const { start, one, who, log } = await trading();
    const botId = await start();
    await until(async () => (await one(botId)).trips >= 2);
    const drift = await who.get<BotDrift & object>('bots.drift', { botId });
    expect(drift.lines.length).toBeGreaterThan(0);
    const parts = Object.values(drift.money).reduce((sum, money) => sum + money, 0);
    expect(parts).toBeCloseTo(drift.liveProfit - drift.simulatedProfit, 2);
    const names = (await log(botId)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['started', 'sent-place', 'sent-close']));
  });

  it('moves its stop and takes a part at the closes of bars, and each part is a trip', async () => {
    const { start, one, who, log } = await onWaves();
    const strategy = { ...startInput('').strategy, source: tendedSource };
    const botId = await start({ strategy });
    const halves = async () => (await one(botId)).latestTrips.filter(({ lots }) => lots === 0.01);
    await until(async () => (await halves()).length > 0);
    await until(async () => (await log(botId)).some(({ name }) => name === 'sent-modify-position'));
    const drift = await who.get<BotDrift & object>('bots.drift', { botId });
    const parts = Object.values(drift.money).reduce((sum, money) => sum + money, 0);
    expect(parts).toBeCloseTo(drift.liveProfit - drift.simulatedProfit, 2);
  });

  it('started twice under one id is one bot, and trades an account of nobody else', async () => {
    const { who, accountId, list } = await trading();
    const input = startInput(accountId);
    await Promise.all([who.post('bots.start', input), who.post('bots.start', input)]);
    expect(await list()).toHaveLength(1);
    const thief = await trading();
    const refused = await thief.who.try('POST', 'bots.start', startInput(accountId));
    expect(refused.failure).toBe('trade.account-missing');
    const { botId } = input;
    for (const path of ['bots.pause', 'bots.resume']) {
      expect((await thief.who.try('POST', path, { botId })).failure).toBe('bot.missing');
    }
    const kill = { accountId: null, botId, closesToo: true };
    expect(await thief.who.post('bots.kill', kill)).toEqual({ killed: 0 });
  });

  it('opens nothing while it is paused, and goes on afterwards', async () => {
    const { start, who, one, log } = await trading();
    const botId = await start();
    await who.post('bots.pause', { botId });
    await until(async () => (await log(botId)).some(({ name }) => name === 'entry-held-back'));
    expect((await one(botId)).state).toBe('paused');
    await who.post('bots.resume', { botId });
    await until(async () => (await one(botId)).positions.length > 0);
  });

  it.each([
    ['a limit', { limits: { ...startInput('').limits, volumeLots: 0.01 } }, 'limit.volume'],
    ['a protection', { protections: [{ t: 'cool-down', bars: 500 }] }, 'protection.cool-down'],
  ])('holds back what %s forbids, and says so', async (_, change, reason) => {
    const { start, log } = await shared();
    const botId = await start(change);
    const said = async () =>
      (await log(botId)).some(({ detail }) => detail['code'] === reason || detail['by'] === reason);
    await until(said);
  });

  it('in code trades, tells what it writes, and makes the trades of its backtest', async () => {
    const { start, one, who, log } = await onWaves();
    const botId = await start(codeOf(countingCode));
    await until(async () => (await one(botId)).trips >= 3);
    const said = (await log(botId)).filter(({ name }) => name === 'code-line').reverse();
    expect(said.map(({ detail }) => detail['text'])).toEqual(said.map((_, k) => `asked ${k + 1}`));
    const drift = await who.get<BotDrift & object>('bots.drift', { botId });
    expect(drift.lines.length).toBeGreaterThan(1);
    expect(drift.counts.missed).toBeLessThan(drift.lines.length);
  });

  it('in code that writes what is no text trades all the same', async () => {
    const { start, one, log } = await shared();
    const lines = `console.log('\\0 and \\ud83d');`;
    const body = `${lines} if (ctx.position) ctx.exit(); else ctx.buy({ lots: 0.02 });`;
    const botId = await start(codeOf(`export function next(ctx) { ${body} }`));
    await until(async () => (await one(botId)).trips >= 1);
    const said = (await log(botId)).find(({ name }) => name === 'code-line');
    expect(said?.detail['text']).toBe('\ufffd and \ufffd');
  });

  it.each([
    ['never comes to an end', 'for (;;);', 'code.endless'],
    ['throws', 'ctx.nothing.now;', 'code.threw'],
    ['throws half a letter', `throw new Error('\\0 and \\ud83d');`, 'code.threw'],
    [
      'wants all memory',
      'const all = []; for (;;) all.push(new Array(1e4).fill(1));',
      'code.memory',
    ],
    [
      'has three orders cancel each other',
      'for (const n of [1, 2, 3]) ctx.buy({ lots: 0.01, limit: 1 - n / 100, oco: 1 });',
      'bot.untranslatable',
    ],
    [
      'asks for a hundred orders',
      'for (let n = 0; n < 100; n++) ctx.buy({ lots: 0.01 });',
      'bot.untranslatable',
    ],
  ])(
    'in code that %s is paused, says why, and goes on when it is told to',
    async (_, body, code) => {
      const { start, one, who, log } = await shared();
      const botId = await start(codeOf(`export function next(ctx) { ${body} }`));
      const pauses = async () => (await log(botId)).filter(({ name }) => name === 'paused-itself');
      await until(async () => (await one(botId)).state === 'paused');
      expect((await one(botId)).reason).toBe(code);
      await until(async () => (await pauses()).length === 1);
      expect((await pauses())[0]!.detail['code']).toBe(code);
      await who.post('bots.resume', { botId });
      await until(async () => (await pauses()).length === 2);
    },
  );

  it('in code that writes much is told of once a bar', async () => {
    const { start, log, accountId } = await trading();
    const heard: string[] = [];
    const ear = await scene.at.sql.listen('offing_bots', (text) => void heard.push(text));
    const botId = await start(
      codeOf(`export function next() { for (let n = 0; n < 20; n++) console.log(n); }`),
    );
    const lines = async () => (await log(botId)).filter(({ name }) => name === 'code-line');
    await until(async () => (await lines()).length >= 40);
    await ear.unlisten();
    expect(heard.filter((text) => text === accountId).length).toBeLessThan(20);
  });

  it('in code that still thinks when a trader ends it opens nothing any more', async () => {
    const { start, who, log } = await trading();
    const trade = 'if (ctx.position) ctx.exit(); else ctx.buy({ lots: 0.01 });';
    // Long only once it has traded: all bars are gone through at each, and a slow machine is late.
    const body = `if (++bars > 3) for (let n = 0; n < 2e7; n++); ${trade}`;
    const botId = await start(codeOf(`let bars = 0; export function next(ctx) { ${body} }`));
    const sent = async () =>
      (await log(botId)).filter(({ name }) => name.startsWith('sent-')).length;
    await until(async () => (await sent()) >= 2);
    // It is asked about all bars anew at each: by now it is at it.
    await wait(700);
    await who.post('bots.kill', { accountId: null, botId, closesToo: false });
    // What was on its way when it was ended had been asked for by then.
    const endedMs = Date.now();
    const ending = () => scene.at.sql<{ is_ending: boolean }[]>`
      select is_ending from bots where bot_id = ${botId}`;
    await until(async () => (await ending())[0]?.is_ending === false);
    // Longer than a bar and its thinking.
    await wait(4_000);
    const asked = await scene.at.sql`
      select at_ms from bot_orders where bot_id = ${botId} and at_ms > ${endedMs}`;
    expect(asked).toEqual([]);
  });

  it('is ended within a while where word of it is lost', async () => {
    const { start, one } = await trading();
    // None of its bars closes meanwhile, at which it would look itself.
    const botId = await start({ timeframe: 'H1' });
    const bars = () => scene.at.sql`select 1 from bot_bars where bot_id = ${botId} limit 1`;
    await until(async () => (await bars()).length > 0);
    // As a notification that does not arrive leaves it.
    await scene.at.sql`update bots set state = 'killed', is_ending = true,
      changed_ms = changed_ms + 1 where bot_id = ${botId}`;
    await until(async () => !(await one(botId)).isEnding);
  });

  it('stops by itself at its drawdown', async () => {
    const { start, one } = await trading();
    const botId = await start({ capital: 200, protections: [{ t: 'drawdown', ratio: 0.001 }] });
    await until(async () => (await one(botId)).state === 'stopped');
    expect((await one(botId)).reason).toBe('protection.drawdown');
  });
});

describe.concurrent('the kill switch', patient, () => {
  it('ends all bots of a trader at once and leaves nothing at the broker', async () => {
    const { start, who, one, book, list } = await trading();
    const ids = [await start(), await start()];
    await until(async () => (await list()).every(({ positions }) => positions.length > 0));
    const killed = await who.post('bots.kill', { accountId: null, botId: null, closesToo: true });
    expect(killed).toEqual({ killed: 2 });
    await until(async () => (await list()).every(({ isEnding }) => !isEnding));
    expect((await book()).positions).toHaveLength(0);
    for (const id of ids) expect((await one(id)).state).toBe('killed');
    const again = await who.try('POST', 'bots.resume', { botId: ids[0] });
    expect(again.failure).toBe('bot.step');
  });
});

describe.concurrent('a bot that cannot be traded', patient, () => {
  const strategy = startInput('').strategy;
  const threeOrders = [1, 2, 3]
    .map((n) => `enter long limit at close - ${n} for 2 bars when close > open\n`)
    .join('');
  const withSource = (source: string) => ({ strategy: { ...strategy, source } });

  it.each([
    [
      'three orders of which one cancels the others',
      withSource(`${threeOrders}one cancels other`),
      'bot.untranslatable',
    ],
    ['rules that do not compile', withSource('enter long whenever'), 'rules.invalid'],
    ['code that cannot be read', codeOf('export function next( {'), 'code.syntax'],
    ['code that fails as it begins', codeOf('throw 1; export function next() {}'), 'code.threw'],
    ['an unknown symbol', { symbol: 'NOPE' }, 'trade.symbol-unknown'],
    ['bars of a week', { timeframe: 'W1' }, 'server.request-invalid'],
    [
      'an input that the rules have not',
      { strategy: { ...strategy, inputs: { x: 1 } } },
      'run.input-unknown',
    ],
    [
      'settings that mean nothing',
      { strategy: { ...strategy, settings: { cash: -1 } } },
      'settings.invalid',
    ],
    ['no capital', { capital: 0 }, 'server.request-invalid'],
    [
      'a limit without end',
      { limits: { ...startInput('').limits, open: 1e9 } },
      'server.request-invalid',
    ],
    ['an account that is nobody’s', { accountId: randomUUID() }, 'trade.account-missing'],
  ])('is refused at the start: %s', async (_, change, failure) => {
    const { who, accountId } = await shared();
    const refused = await who.try('POST', 'bots.start', { ...startInput(accountId), ...change });
    expect(refused.failure).toBe(failure);
  });
});
