/** Alerts on a real server with a paper account: told with nobody looking, each once. */
import { setTimeout as wait } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertCondition } from '../../core/alerts/alert.ts';
import { accountWatch } from '../../sync/alerts/account-watch.ts';
import { stoppedBots } from '../../sync/alerts/account-facts.ts';
import { alertsOn, sleepingWithAlerts } from '../../sync/alerts/alert-rows.ts';
import { barFiring, fireAlert } from '../../sync/alerts/fire.ts';
import { openAlerts } from '../../sync/alerts/open-alerts.ts';
import { openNotifications } from '../../sync/database/notifications.ts';
import { fail, ok } from '../../core/result.ts';
import type { TerminalRegistry } from '../../sync/terminals/terminals.ts';
import type { Inside } from '../accounts/inside.ts';
import { openScene, type Scene } from '../accounts/scene.ts';
import { until } from '../server-process.ts';
import { alertTrader, heldAccount, setting } from './alert-scene.ts';
import { addAlert } from './made-alerts.ts';

let scene: Scene;
beforeAll(async () => (scene = await openScene()));
afterAll(() => scene?.close());

const trading = async () => alertTrader(await scene.people.person());

describe('an alert', () => {
  it('on a price is told in the inbox and by mail while no browser is open, and is done', async () => {
    const { set, bid, inbox, alerts, userId } = await trading();
    const now = await bid();
    // The next move is one or the other.
    for (const [way, price] of [
      ['above', now + 0.00001],
      ['below', now - 0.00001],
    ] as const) {
      await set({ t: 'price', symbol: 'EURUSD', way, price }, { note: `It went ${way}` });
    }
    await until(async () => (await inbox()).unread > 0);
    const item = (await inbox()).items.at(-1)!;
    expect(item.isRead).toBe(false);
    const told = (await alerts()).find(({ alertId }) => alertId === item.alertId);
    expect(told).toMatchObject({ state: 'done', fired: 1, note: item.note });
    await until(async () => (await scene.letters.templates(userId)).includes('alert'));
  });

  it('on a rule is told at the close of the bar that makes it true', async () => {
    const { set, inbox } = await trading();
    const source = 'let before = close[1]\nclose > before';
    await set({ t: 'rule', symbol: 'EURUSD', timeframe: 'S1', source });
    await until(async () => (await inbox()).unread === 1);
    const [item] = (await inbox()).items;
    expect(item!.atMs % 1_000).toBe(0);
  });

  it('on equity is told when the account passes the level', async () => {
    const { set, inbox, who, accountId, book } = await trading();
    const { account } = await who
      .get<{ accounts: { accountId: string; broker: { equity: number } }[] }>('terminals.list')
      .then(({ accounts }) => ({ account: accounts.find((a) => a.accountId === accountId)! }));
    const level = account.broker.equity - 1;
    await set({ t: 'account', figure: 'equity', way: 'below', level });
    // It has seen where the equity is before it falls.
    const side = () => scene.at.sql`select side from alerts where account_id = ${accountId}`;
    await until(async () => (await side())[0]!['side'] === 1);
    const ticket = {
      ...{ symbol: 'EURUSD', side: 'buy', kind: 'market', price: null, limitPrice: null },
      ...{ sl: null, tp: null, deviationPoints: 100, worstPrice: null, lastsUntilMs: null },
      volumeLots: 0.5,
    };
    const { quotes } = await book();
    const quote = quotes.find(({ symbol }) => symbol === 'EURUSD')!;
    const stops = { sl: quote.bid - 0.003, tp: quote.bid + 0.01 };
    const request = { id: randomUUID(), accountId, t: 'place', ticket: { ...ticket, ...stops } };
    await who.post('orders.open', { request });
    await until(async () => (await inbox()).unread === 1);
    expect((await inbox()).items[0]!.value).toBeLessThanOrEqual(level);
  });

  it('on bots is told when one is ended', async () => {
    const { set, inbox, start, who } = await trading();
    await set({ t: 'bot', botId: null });
    const botId = await start();
    await who.post('bots.kill', { accountId: null, botId, closesToo: true });
    await until(async () => (await inbox()).unread === 1);
    expect((await inbox()).items[0]!.detail).toMatchObject({ bot: 'Turning', state: 'killed' });
  });

  it('that is paused tells nothing, and one that is on again waits anew', async () => {
    const { set, who, inbox, alerts } = await trading();
    const rule = { t: 'rule', symbol: 'EURUSD', timeframe: 'S1', source: 'close > close[1]' };
    const alertId = await set(rule as AlertCondition, { repeat: 'every' });
    await until(async () => (await inbox()).unread === 1);
    await who.post('alerts.switch', { alertId, isOn: false });
    expect(await alerts()).toMatchObject([{ state: 'paused', fired: 1 }]);
    // The minute that it would be silent for after it was told is over.
    await scene.at.sql`update alerts set last_fired_ms = null where alert_id = ${alertId}`;
    // What closes a bar for another that waits for the same closes it for this one, and first.
    const other = await set(rule as AlertCondition);
    await until(async () => (await inbox()).items.some((item) => item.alertId === other));
    expect((await inbox()).items.map((item) => item.alertId)).toEqual([other, alertId]);
    await who.post('alerts.switch', { alertId, isOn: true });
    await until(async () => (await inbox()).unread === 3);
    expect((await inbox()).items[0]!.alertId).toBe(alertId);
  });
});

describe('telling', () => {
  it('happens once, though two servers see it at once and one of them twice', async () => {
    const { userId, accountId, session, set } = await heldAccount(await scene.people.person());
    const condition = { t: 'price', symbol: 'EURUSD', way: 'above', price: 1.1 };
    await set(condition, { repeat: 'every', channels: ['mail'] });
    const [one, two] = [await scene.inside(), await scene.inside()];
    const [known] = await alertsOn(one.services.database, { userId, accountId });
    const firing = { key: null, atMs: Date.now(), value: 1.2, detail: {} };
    const seen = { known: known!, session, firing, side: 1 } as const;
    const by = ({ services }: typeof one, change = {}) =>
      fireAlert(services, { ...seen, ...change });
    await Promise.all([by(one), by(two), by(one), by(two)]);
    // Nor by one whose session is not the account's any more, nor within the pause.
    const now = (await alertsOn(one.services.database, { userId, accountId }))[0]!;
    await by(one, { known: now, session: randomUUID() });
    await by(two, { known: now });
    const events = await scene.at.sql`
      select firing_key from alert_events where user_id = ${userId}`;
    expect(events.map(({ firing_key: key }) => key)).toEqual(['count:1']);
    const mails = await scene.at.sql`
      select 1 from mails where user_id = ${userId} and template = 'alert'`;
    expect(mails).toHaveLength(1);
    await Promise.all([one.close(), two.close()]);
  });

  it('of a bar happens once, and once more where the alert was changed to longer bars', async () => {
    const { userId, accountId, session, set } = await heldAccount(await scene.people.person());
    const rule = { t: 'rule', symbol: 'EURUSD', timeframe: 'M5', source: 'close > open' };
    const given = { alertId: randomUUID(), repeat: 'every' };
    const { services, close } = await scene.inside();
    const bar = { openMs: 36_000_000, open: 1, high: 1, low: 1, close: 1, volume: 1 };
    const closes = async (lengthMs: number) => {
      const [known] = await alertsOn(services.database, { userId, accountId });
      const firing = barFiring(known!, bar, lengthMs);
      await fireAlert(services, { known: known!, session, firing, side: null });
    };
    await set(rule, given);
    await closes(300_000);
    await scene.at.sql`update alerts set last_fired_ms = null where user_id = ${userId}`;
    await closes(300_000);
    await set({ ...rule, timeframe: 'H1' }, given);
    await closes(3_600_000);
    const events = await scene.at.sql`
      select at_ms - ${bar.openMs}::bigint as after_ms from alert_events
      where user_id = ${userId} order by n`;
    expect(events.map((event) => Number(event['after_ms']))).toEqual([300_000, 3_600_000]);
    await close();
  });
});

describe('of an account', () => {
  const log = pino({ level: 'silent' });
  let inside: Inside;
  beforeAll(async () => (inside = await scene.inside()));
  afterAll(() => inside?.close());

  it('whose terminal nobody holds is woken until the time of its alerts is over', async () => {
    const { database } = inside.services;
    const person = await scene.people.person();
    const { accountId } = await person.tradingAccount({ kind: 'paper' });
    const alertId = await addAlert(database, person.userId, accountId);
    // A day from now nobody holds it, whoever does today.
    const nowMs = Date.now() + 86_400_000;
    const isWoken = async (untilMs: number) => {
      await scene.at.sql`update alerts set until_ms = ${untilMs} where alert_id = ${alertId}`;
      const found = await sleepingWithAlerts(database, nowMs);
      return found.some((each) => each.accountId === accountId);
    };
    expect([await isWoken(nowMs), await isWoken(nowMs - 1)]).toEqual([true, false]);
  });

  it('of which the time of one is over has it done, though nobody says so and nothing happens', async () => {
    const { userId, live, who, set } = await heldAccount(await scene.people.person());
    let nowMs = Date.now();
    const price = { t: 'price', symbol: 'EURUSD', way: 'above', price: 9 };
    await set(price, { untilMs: nowMs + 3_600_000 });
    const looks: (readonly string[])[] = [];
    const looked = (symbols: readonly string[]) => void looks.push(symbols);
    const told = { live: live(), looked, now: () => nowMs, log };
    const watch = accountWatch({ ...inside.services, ...told });
    await until(async () => looks.length === 1);
    await scene.at.sql`update alerts set until_ms = ${nowMs - 1} where user_id = ${userId}`;
    expect(await who.get('alerts.list')).toMatchObject({ alerts: [{ state: 'done', fired: 0 }] });
    nowMs += 3_700_000;
    watch.beat();
    const state = () => scene.at.sql`select state from alerts where user_id = ${userId}`;
    await until(async () => (await state())[0]!['state'] === 'done');
    await watch.end();
    looks.length = 0;
    watch.beat();
    expect(looks).toEqual([]);
  });

  it('whose terminal is slow to tell its past is told of prices meanwhile', async () => {
    const { userId, live, set } = await heldAccount(await scene.people.person());
    await set({ t: 'rule', symbol: 'EURUSD', timeframe: 'M1', source: 'close > open' });
    await set({ t: 'price', symbol: 'GBPUSD', way: 'above', price: 1.3 });
    let answer = () => {};
    const ask = () => new Promise((resolve) => (answer = () => resolve(fail('busy'))));
    const asked: string[] = [];
    const looked = (symbols: readonly string[]) => void asked.push(...symbols);
    const given = { live: live({ ask }), looked, now: Date.now, log };
    const watch = accountWatch({ ...inside.services, ...given });
    await until(async () => asked.length === 2);
    const quote = { symbol: 'GBPUSD', ask: 1.4, timeMs: Date.now() };
    for (const bid of [1.29, 1.31]) watch.put({ ...quote, bid });
    const told = () => scene.at.sql`select 1 from alert_events where user_id = ${userId}`;
    await until(async () => (await told()).length === 1);
    answer();
    await watch.end();
  });

  it('whose price came to the level while its terminal was away is told when that is back', async () => {
    const { userId, live, set } = await heldAccount(await scene.people.person());
    await set({ t: 'price', symbol: 'EURUSD', way: 'above', price: 1.3 });
    const minuteS = Math.floor(Date.now() / 60_000) * 60 - 60;
    await scene.at.sql`
      update alerts set created_ms = 1, changed_ms = ${(minuteS - 60) * 1_000}
      where user_id = ${userId}`;
    const bars = [[minuteS, 120_000, 130_000, 120_000, 120_000, 1]];
    const answer = { bars, digits: 5, hasMore: false, isWhole: true, lacks: null };
    const given = { live: live({ ask: async () => ok(answer) }), looked: () => {}, now: Date.now };
    const watch = accountWatch({ ...inside.services, ...given, log });
    const told = () => scene.at.sql`select at_ms from alert_events where user_id = ${userId}`;
    await until(async () => (await told()).length === 1);
    expect(Number((await told())[0]!['at_ms'])).toBe((minuteS + 60) * 1_000);
    await watch.end();
  });

  it('that nobody changed is not looked at when another is, whose new symbol is asked for', async () => {
    const { services } = inside;
    const price = { t: 'price', symbol: 'EURUSD', way: 'above', price: 9 };
    const held = async () => heldAccount(await scene.people.person());
    const [one, other] = [await held(), await held()];
    for (const { set } of [one, other]) await set(price);
    let reads = 0;
    const database = new Proxy(services.database, {
      get(target, name) {
        if (name === 'select') reads++;
        return Reflect.get(target, name) as unknown;
      },
    });
    let looks: { accountId: string; symbols: readonly string[] }[] = [];
    const registry = {
      looked(accountId: string, symbols: readonly string[]) {
        if ([one.accountId, other.accountId].includes(accountId))
          looks.push({ accountId, symbols });
      },
    } as TerminalRegistry;
    const notifications = openNotifications({ url: scene.at.databaseUrl, log });
    const options = { ...services, database, registry, notifications, now: Date.now, log };
    const watching = openAlerts(options);
    for (const { live } of [one, other]) watching.opened(live());
    // Each is looked at once it is held, and again when changes are told.
    await until(async () => looks.length >= 4);
    // Each channel that is listened to is a reason to look: until no more come.
    for (let before = -1; before !== looks.length; await wait(300)) before = looks.length;
    [reads, looks] = [0, []];
    await one.set({ ...price, symbol: 'GBPUSD' });
    await until(async () => looks.length > 0);
    expect(looks).toEqual([{ accountId: one.accountId, symbols: ['EURUSD', 'GBPUSD'] }]);
    expect(reads).toBe(1);
    await watching.close();
    await notifications.close();
  });

  it('on which many bots have ended, or paused by themselves, the newest are seen', async () => {
    const { database } = inside.services;
    const person = await scene.people.person();
    const botId = await person.bot();
    const { sql } = scene.at;
    const [bot] = await sql`select account_id from bots where bot_id = ${botId}`;
    const accountId = String(bot!['account_id']);
    await sql`
      insert into bots (user_id, bot_id, account_id, name, state, setup, terms, first_bar_ms,
        is_ending, created_ms, changed_ms)
      select user_id, gen_random_uuid(), account_id, 'Bot ' || i, 'stopped', setup, terms, 1,
        false, 1, 100 + i
      from bots, generate_series(1, 30) i where bot_id = ${botId}`;
    await addAlert(database, person.userId, accountId);
    const [row] = await alertsOn(database, { userId: person.userId, accountId });
    const known = { ...row!, condition: { t: 'bot', botId: null } } as const;
    const seen = await stoppedBots(database, known);
    expect(seen.at(-1)!.detail).toMatchObject({ bot: 'Bot 30' });
    expect(seen.map(({ atMs }) => atMs)).toEqual(seen.map(({ atMs }) => atMs).toSorted());
    const [first] = await stoppedBots(database, { ...known, changedMs: 129 });
    expect(first!.detail).toMatchObject({ bot: 'Bot 30' });
    await sql`update bots set state = 'paused', changed_ms = 200,
      reason = case name when 'Bot 1' then 'code.threw' end
      where account_id = ${accountId} and name in ('Bot 1', 'Bot 2')`;
    const paused = await stoppedBots(database, { ...known, changedMs: 199 });
    expect(paused.map(({ detail }) => detail['bot'])).toEqual(['Bot 1']);
  });
});

describe('the inbox', () => {
  it('is read in parts or whole, and belongs to one person', async () => {
    const [owner, thief] = [await scene.people.person(), await scene.people.person()];
    for (let i = 0; i < 3; i++) await owner.alert();
    const who = await owner.signedIn();
    const { items } = await who.get<{ items: { n: number }[] }>('alerts.inbox', {});
    const ns = items.map(({ n }) => n);
    const stranger = await thief.signedIn();
    await stranger.post('alerts.mark', { t: 'all', upTo: ns[0] });
    await stranger.post('alerts.mark', { t: 'some', ns, isRead: true });
    expect(await who.get('alerts.unread')).toEqual({ unread: 3 });
    const some = { t: 'some', ns: [ns[1]], isRead: true };
    expect(await who.post('alerts.mark', some)).toEqual({ unread: 2 });
    expect(await who.post('alerts.mark', { ...some, isRead: false })).toEqual({ unread: 3 });
    expect(await who.post('alerts.mark', { t: 'all', upTo: ns[1] })).toEqual({ unread: 1 });
  });
});

describe('an alert that means nothing', () => {
  const price = { t: 'price', symbol: 'EURUSD', way: 'above', price: 1.1 };
  const rule = { t: 'rule', symbol: 'EURUSD', timeframe: 'H1', source: 'close > open' };

  it.each([
    ['a symbol that is none', { condition: { ...price, symbol: 'NOPE' } }, 'trade.symbol-unknown'],
    ['no rule', { condition: { ...rule, source: 'whenever' } }, 'alert.rule-invalid'],
    [
      'a rule that trades',
      { condition: { ...rule, source: 'enter long when 1 > 0' } },
      'alert.rule-invalid',
    ],
    [
      'another symbol',
      { condition: { ...rule, source: 'symbol("X").close > 1' } },
      'alert.rule-invalid',
    ],
    ['a bot of nobody', { condition: { t: 'bot', botId: randomUUID() } }, 'bot.missing'],
    ['an account of nobody', { accountId: randomUUID() }, 'trade.account-missing'],
    ['a time that is over', { untilMs: 1 }, 'trade.time-past'],
    ['a price below nothing', { condition: { ...price, price: -1 } }, 'server.request-invalid'],
    ['a pause of no time', { pauseMs: 0 }, 'server.request-invalid'],
    ['a way twice', { channels: ['mail', 'mail'] }, 'server.request-invalid'],
    ['a note of two lines', { note: 'a\nb' }, 'server.request-invalid'],
    ['a rule of a week', { condition: { ...rule, timeframe: 'W1' } }, 'server.request-invalid'],
  ])('is refused: %s', async (_, change, failure) => {
    const { who, accountId } = await shared();
    const refused = await who.try('POST', 'alerts.set', {
      ...setting(accountId, price),
      ...change,
    });
    expect(refused.failure).toBe(failure);
  });

  it('is refused where there are two hundred already', async () => {
    const person = await scene.people.person();
    const { alertId, accountId } = await person.alert();
    await scene.at.sql`
      insert into alerts (user_id, alert_id, account_id, condition, repeat, pause_ms, channels, note,
        state, created_ms, changed_ms)
      select user_id, gen_random_uuid(), account_id, condition, repeat, pause_ms, channels, note,
        'paused', 1, 1 from alerts, generate_series(1, 199) where alert_id = ${alertId}`;
    const who = await person.signedIn();
    const refused = await who.try('POST', 'alerts.set', setting(accountId, price));
    expect(refused.failure).toBe('account.too-many');
    const changed = { ...setting(accountId, price), alertId };
    expect((await who.try('POST', 'alerts.set', changed)).failure).toBeNull();
  });

  it('is refused where fifty symbols are waited for already, by whichever way it comes', async () => {
    const person = await scene.people.person();
    const { alertId, accountId } = await person.alert();
    const { sql } = scene.at;
    await sql`
      insert into alerts (user_id, alert_id, account_id, condition, repeat, pause_ms, channels, note,
        state, created_ms, changed_ms)
      select user_id, gen_random_uuid(), account_id,
        jsonb_set(condition, '{symbol}', to_jsonb('S' || i)), repeat, pause_ms, channels, note,
        'on', 1, 1 from alerts, generate_series(1, 49) i where alert_id = ${alertId}`;
    const who = await person.signedIn();
    const tried = async (...[procedure, input]: [string, object]) =>
      (await who.try('POST', `alerts.${procedure}`, input)).failure;
    const more = { ...setting(accountId, { ...price, symbol: 'GBPUSD' }) };
    const full = 'account.too-many';
    expect(await tried('set', more)).toBe(full);
    expect(await tried('set', setting(accountId, price))).toBeNull();
    const paused = sql`select alert_id from alerts where condition ->> 'symbol' = 'S7'
      and account_id = ${accountId}`;
    const pausedId = String((await paused)[0]!['alert_id']);
    expect(await tried('switch', { alertId: pausedId, isOn: false })).toBeNull();
    expect(await tried('set', more)).toBeNull();
    expect(await tried('switch', { alertId: pausedId, isOn: true })).toBe(full);
    // What only waits in name leaves its room.
    await sql`update alerts set until_ms = 1 where alert_id = ${more.alertId}`;
    expect(await tried('switch', { alertId: pausedId, isOn: true })).toBeNull();
  });

  let one: ReturnType<typeof trading> | null = null;
  const shared = () => (one ??= trading());
});
