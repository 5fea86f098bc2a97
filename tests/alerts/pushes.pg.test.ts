/** Pushes to browsers: encrypted for one alone, and to none that is signed out, gone or never was. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver } from '../../sync/alerts/push-delivery.ts';
import { openScene, type Scene } from '../accounts/scene.ts';
import type { Inside } from '../accounts/inside.ts';
import { fakePushService } from './push-service.ts';

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

/** Somebody with a browser that is told, and something to tell. */
async function subscribed(path: string) {
  const person = await scene.people.person();
  const { userId } = person;
  const who = await person.signedIn();
  const { key } = await who.post<{ key: string }>('alerts.pushKey');
  const service = fakePushService(() => key, path);
  const { subscriptionId } = await who.post<{ subscriptionId: string }>(
    'alerts.subscribe',
    service.subscription,
  );
  const { alertId } = await person.alert();
  const [event] = await scene.at.sql`
    update alert_events set at_ms = ${Date.now()}, value = 1.10002 where alert_id = ${alertId}
    returning n`;
  const { database, vault, findSettings } = inside.services;
  const options = {
    ...{ jobs: { work: async () => undefined }, database, vault, findSettings },
    ...{ post: service.post, subject: 'mailto:offing@offing.example', now: Date.now },
  };
  const job = { userId, subscriptionId, n: Number(event!['n']) };
  return {
    ...{ who, service, key, userId, subscriptionId, alertId, n: job.n },
    push: () => deliver(options, job),
    async isThere() {
      const rows = await scene.at.sql`
        select 1 from push_subscriptions where subscription_id = ${subscriptionId}`;
      return rows.length === 1;
    },
  };
}

describe('a push', () => {
  it('is read by the browser that it is for, and by nobody on the way', async () => {
    const { push, service, n, userId } = await subscribed('read');
    expect(await push()).toEqual({ ok: true, value: undefined });
    const title = 'EURUSD rose to 1.1, bid 1.10002';
    expect(service.shown).toEqual([{ title, body: `alert of ${userId}`, tag: `alert-${n}` }]);
    const [{ headers, body }] = service.taken as [(typeof service.taken)[number]];
    expect(headers).toMatchObject({ TTL: '3600', 'Content-Encoding': 'aes128gcm' });
    expect(body.toString('latin1')).not.toMatch(/EURUSD|1\.1|alert/);
  });

  it('says nothing of money where the trader hides amounts', async () => {
    const { push, service, who, alertId } = await subscribed('hidden');
    const condition = { t: 'account', figure: 'equity', way: 'below', level: 4_711 };
    await scene.at.sql`
      update alert_events set condition = ${scene.at.sql.json(condition)}, value = 4709.5
      where alert_id = ${alertId}`;
    await push();
    await who.post('account.putSettings', { value: { amounts: 'hidden' }, changedMs: Date.now() });
    await push();
    const [open, hidden] = service.shown as { title: string }[];
    expect(open!.title).toBe('Equity fell to 4711.00, now 4709.50');
    expect(JSON.stringify(hidden)).not.toMatch(/47/);
  });

  it.each(['gone', 'refused'] as const)('that is answered %s is the last', async (answer) => {
    const { push, service, isThere } = await subscribed(answer);
    service.answer = answer;
    expect((await push()).ok).toBe(true);
    expect(await isThere()).toBe(false);
    await push();
    expect(service.taken).toHaveLength(1);
  });

  it('that is not taken now is tried again', async () => {
    const { push, service, isThere } = await subscribed('later');
    service.answer = 'later';
    expect(await push()).toMatchObject({ ok: false, error: { isFinal: false } });
    service.answer = 'taken';
    expect((await push()).ok).toBe(true);
    expect([await isThere(), service.shown.length]).toEqual([true, 1]);
  });

  it('goes to no browser whose session has ended', async () => {
    const { push, service, who, isThere } = await subscribed('signed-out');
    await who.post('auth.signOut');
    expect((await push()).ok).toBe(true);
    expect([await isThere(), service.taken.length]).toEqual([false, 0]);
  });

  it('that is an hour late is left out', async () => {
    const { push, service, alertId } = await subscribed('late');
    await scene.at.sql`update alert_events set at_ms = at_ms - 3600001 where alert_id = ${alertId}`;
    await push();
    expect(service.taken).toHaveLength(0);
  });

  it('is not sent to a browser with keys that are none', async () => {
    const { push, service, who, isThere } = await subscribed('keys');
    const keys = { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) };
    await who.post('alerts.subscribe', { ...service.subscription, keys });
    expect((await push()).ok).toBe(true);
    expect([await isThere(), service.taken.length]).toEqual([false, 0]);
  });
});

describe('a browser', () => {
  it('is one however often it says so, is named, and can be taken away', async () => {
    const { who, service, subscriptionId, key } = await subscribed('again');
    const again = await who.post('alerts.subscribe', service.subscription);
    expect(again).toEqual({ subscriptionId });
    expect(await who.post('alerts.pushKey')).toEqual({ key });
    const { devices } = await who.get<{ devices: object[] }>('alerts.devices');
    expect(devices).toMatchObject([{ subscriptionId, isHere: true }]);
    expect(JSON.stringify(devices)).not.toContain(service.subscription.endpoint);
    const thief = await (await scene.people.person()).signedIn();
    const stolen = await thief.post('alerts.unsubscribe', { subscriptionId });
    expect(stolen).toEqual({ removed: false });
    expect(await who.post('alerts.unsubscribe', { subscriptionId })).toEqual({ removed: true });
  });

  it.each([
    'http://push.offing.example/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://localhost/x',
    'https://printer.local/x',
    'https://push.offing.example:8443/x',
    'https://me@push.offing.example/x',
  ])('is refused at an address that no push service has: %s', async (endpoint) => {
    const { who, service } = await (shared ??= subscribed('shared'));
    const { keys } = service.subscription;
    const refused = await who.try('POST', 'alerts.subscribe', { endpoint, keys });
    expect(refused.failure).toBe('alert.push-refused');
  });

  let shared: ReturnType<typeof subscribed> | null = null;
});
