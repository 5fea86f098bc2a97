/** Alerts on a real server with a paper account: told with nobody looking, each once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertCondition } from '../../core/alerts/alert.ts';
import { fireAlert } from '../../sync/alerts/fire.ts';
import { alertsOn } from '../../sync/alerts/alert-rows.ts';
import { openScene, type Scene } from '../accounts/scene.ts';
import { until } from '../server-process.ts';
import { alertTrader, setting } from './alert-scene.ts';

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
    await who.post('alerts.switch', { alertId, isOn: true });
    await until(async () => (await inbox()).unread === 2);
  });
});

describe('telling', () => {
  it('happens once, though two servers see it at once and one of them twice', async () => {
    const person = await scene.people.person();
    const session = randomUUID();
    const { accountId } = await person.tradingAccount({ session });
    const who = await person.signedIn();
    const condition = { t: 'price', symbol: 'EURUSD', way: 'above', price: 1.1 };
    const repeat = { repeat: 'every', channels: ['mail'] };
    await who.post('alerts.set', { ...setting(accountId, condition), ...repeat });
    const [one, two] = [await scene.inside(), await scene.inside()];
    const [known] = await alertsOn(one.services.database, { userId: person.userId, accountId });
    const firing = { key: null, atMs: Date.now(), value: 1.2, detail: {} };
    const seen = { known: known!, session, firing, side: 1 } as const;
    const by = ({ services }: typeof one, change = {}) =>
      fireAlert(services, { ...seen, ...change });
    await Promise.all([by(one), by(two), by(one), by(two)]);
    // Nor by one whose session is not the account's any more, nor within the pause.
    const now = (await alertsOn(one.services.database, { userId: person.userId, accountId }))[0]!;
    await by(one, { known: now, session: randomUUID() });
    await by(two, { known: now });
    const events = await scene.at.sql`
      select firing_key from alert_events where user_id = ${person.userId}`;
    expect(events.map(({ firing_key: key }) => key)).toEqual(['count:1']);
    const mails = await scene.at.sql`
      select 1 from mails where user_id = ${person.userId} and template = 'alert'`;
    expect(mails).toHaveLength(1);
    await Promise.all([one.close(), two.close()]);
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

  let one: ReturnType<typeof trading> | null = null;
  const shared = () => (one ??= trading());
});
