/** Signing in with a password: what strangers learn, what devices get, what owners are told. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enter } from '../../sync/auth/sign-in.ts';
import { freshEmail, password, signedUp } from './installation.ts';
import { openScene, type Scene } from './scene.ts';
import type { CallAnswer, Visitor } from './visitor.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const wrong = 'a-wrong-quiet-harbour';
const signIn = (who: Visitor, email: string, given = password) =>
  who.try('POST', 'auth.signIn', { email, password: given });

/** What a stranger sees of an answer, without what differs from call to call. */
function seen({ status, body, headers }: CallAnswer) {
  const own = ['date', 'x-request-id', 'connection', 'keep-alive'];
  return { status, body, headers: [...headers].filter(([name]) => !own.includes(name)) };
}

describe.concurrent('a stranger at the door (enumeration)', () => {
  test('cannot tell a wrong password from an unknown or unconfirmed address', async () => {
    const { at, people } = scene;
    const known = await people.person();
    const { email: unconfirmed } = await signedUp(at);
    const [first, ...others] = await Promise.all(
      [freshEmail(), known.email, unconfirmed].map(async (email) =>
        seen(await signIn(at.visitor(), email, wrong)),
      ),
    );
    expect(first!.body).toContain('auth.credentials-wrong');
    for (const other of others) expect(other).toEqual(first);
  });

  test('cannot tell whether an address that asks for a reset has an account', async () => {
    const { at, people, letters } = scene;
    const known = await people.person();
    const [stranger, owner] = await Promise.all(
      [freshEmail(), known.email].map(async (email) =>
        seen(await at.visitor().try('POST', 'auth.requestReset', { email })),
      ),
    );
    expect(owner).toEqual(stranger);
    expect(await letters.templates(known.userId)).toEqual(['reset-password']);
  });
});

describe.concurrent('an address', () => {
  test.each([
    ['in capitals', (email: string) => email.toUpperCase()],
    ['with spaces around it', (email: string) => `  ${email} `],
    ['in wide letters', (email: string) => email.replace('person', '\uff50\uff45\uff52son')],
  ])('%s is the same account', async (_, spelled) => {
    const { email, userId } = await scene.people.person();
    const who = scene.at.visitor();
    expect((await signIn(who, spelled(email))).data).toEqual({ state: 'signed-in' });
    const me = await who.get<{ account: { userId: string } }>('auth.me');
    expect(me.account.userId).toBe(userId);
  });
});

describe.concurrent('the session', () => {
  test('is a new one: what the browser carried before is neither kept nor taken over (fixation)', async () => {
    const { at, people } = scene;
    const [attacker, victim] = [await people.person(), await people.person()];
    const planted = (await attacker.signedIn()).cookies.get('offing')!;
    const made = `${victim.userId}.${'A'.repeat(43)}`;
    for (const fixed of [planted, made]) {
      const browser = at.visitor();
      browser.cookies.set('offing', fixed);
      await signIn(browser, victim.email);
      const token = browser.cookies.get('offing');
      expect(token).not.toBe(fixed);
      const thief = at.visitor();
      thief.cookies.set('offing', fixed);
      expect(await thief.get('auth.me')).toEqual({ account: null });
      const me = await browser.get<{ account: { userId: string } }>('auth.me');
      expect(me.account.userId).toBe(victim.userId);
    }
  });

  test('travels in a cookie that scripts and other sites cannot use', async () => {
    const { at, people } = scene;
    const { email } = await people.person();
    const { headers, body } = await signIn(at.visitor(), email);
    const cookies = headers.getSetCookie();
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict;/);
    const token = /offing=([^;]+)/.exec(cookies[0]!)![1]!;
    expect(body).not.toContain(token);
  });

  test('is not given where the password was changed while it was being checked', async () => {
    const { userId } = await scene.people.person();
    const inside = await scene.inside();
    const [user] = await scene.at.sql`select password_hash from users where user_id = ${userId}`;
    await scene.at.sql`update users set password_hash = 'another' where user_id = ${userId}`;
    const entered = await enter(inside.context(), userId, user!['password_hash'] as string);
    expect(entered).toMatchObject({ error: { code: 'auth.credentials-wrong' } });
    expect(await scene.at.sql`select 1 from sessions where user_id = ${userId}`).toHaveLength(0);
    await inside.close();
  });
});

describe.concurrent('the owner is told', () => {
  test('of a device that was never here, and not of one that was', async () => {
    const { at, people, letters } = scene;
    const { email, userId } = await people.person();
    const other = await people.person();
    const told = async () =>
      (await letters.templates(userId)).filter((name) => name === 'new-sign-in').length;
    const first = at.visitor({ 'user-agent': 'curl/8.9.1' });
    await signIn(first, email);
    expect(await told()).toBe(1);
    expect((await letters.of(userId))[0]).toMatchObject({ to: email });
    expect((await letters.of(userId))[0]!.text).toContain('curl');
    await first.post('auth.signOut');
    await signIn(first, email);
    expect(await told()).toBe(1);
    // Known to another account is not known to this one.
    const second = at.visitor();
    await signIn(second, other.email);
    await signIn(second, email);
    expect(await told()).toBe(2);
  });

  test('once of five wrong passwords within an hour', async () => {
    const { at, people, letters } = scene;
    const { email, userId } = await people.person();
    const told = async () => letters.templates(userId);
    for (let turn = 0; turn < 4; turn++) await signIn(at.visitor(), email, wrong);
    expect(await told()).toEqual([]);
    for (let turn = 0; turn < 3; turn++) await signIn(at.visitor(), email, wrong);
    expect(await told()).toEqual(['sign-in-attempts']);
  });

  test('in the trail, of what succeeded and what failed, from where and with what', async () => {
    const { at, people } = scene;
    const { email } = await people.person();
    const who = at.visitor({ 'user-agent': 'curl/8.9.1' });
    await signIn(who, email, wrong);
    await signIn(who, email);
    const { entries } = await who.get<{ entries: { action: string; detail: object }[] }>(
      'security.audit',
      {},
    );
    expect(entries.slice(0, 2)).toMatchObject([
      { action: 'sign-in.succeeded', actor: 'you', detail: { method: 'password' } },
      { action: 'sign-in.failed', detail: { address: '127.0.0.1', device: 'curl' } },
    ]);
    expect(await who.get('security.verifyAudit')).toMatchObject({ brokenAtSeq: null });
  });
});
