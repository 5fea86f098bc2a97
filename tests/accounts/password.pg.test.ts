/** Changing and resetting a password, and the address that resets go to. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshEmail, password, withTotp } from './installation.ts';
import { codeOf, forgetCodes, openScene, type Scene } from './scene.ts';
import type { Visitor } from './visitor.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const fresh = 'another-quiet-harbour-wall';
const nobody = { account: null };

const signIn = (email: string, given: string, who = scene.at.visitor()) =>
  who.try('POST', 'auth.signIn', { email, password: given });
const change = (who: Visitor, current: string, next = fresh) =>
  who.try('POST', 'security.changePassword', { current, password: next });
const reset = (token: string, next = fresh) =>
  scene.at.visitor().try('POST', 'auth.resetPassword', { token, password: next });

async function opened() {
  const person = await scene.people.person();
  return { ...person, who: await person.signedIn({ method: 'password' }) };
}

describe.concurrent('changing the password', () => {
  test('signs others out, renews this session, keeps tokens of programs, and is told', async () => {
    const { who, email, userId, apiToken, signedIn } = await opened();
    const [other, before] = [await signedIn(), who.copy()];
    await apiToken(['profile:read']);
    expect((await change(who, password)).failure).toBeNull();
    expect(await other.get('auth.me')).toEqual(nobody);
    expect(await before.get('auth.me')).toEqual(nobody);
    expect(await who.get('auth.me')).toMatchObject({ account: { userId } });
    expect((await signIn(email, password)).failure).toBe('auth.credentials-wrong');
    expect((await signIn(email, fresh)).data).toEqual({ state: 'signed-in' });
    expect(await scene.letters.templates(userId)).toContain('password-changed');
    const tokens = await scene.at.sql`select 1 from api_tokens where user_id = ${userId}`;
    expect(tokens).toHaveLength(1);
  });

  test('needs the present one, and a strong new one', async () => {
    const { who, email } = await opened();
    expect((await change(who, fresh)).failure).toBe('auth.password-wrong');
    expect(await change(who, password, 'short')).toMatchObject({ figures: { reason: 'short' } });
    const own = email.split('@')[0]!.replace('.', '');
    expect(await change(who, password, `${own}`)).toMatchObject({
      failure: 'auth.password-weak',
    });
    expect((await signIn(email, password)).failure).toBeNull();
  });

  test('twice at once, from the same one, happens once', async () => {
    const { who, email, signedIn } = await opened();
    const other = await signedIn();
    const answers = await Promise.all([
      change(who, password, `${fresh}-1`),
      change(other, password, `${fresh}-2`),
    ]);
    expect(answers.filter(({ failure }) => failure === null)).toHaveLength(1);
    const which = answers[0].failure === null ? 1 : 2;
    expect((await signIn(email, `${fresh}-${which}`)).failure).toBeNull();
    expect((await signIn(email, `${fresh}-${3 - which}`)).failure).toBe('auth.credentials-wrong');
  });

  test('voids what the old one began: second steps, resets, a change of address', async () => {
    const { who, email, userId, link } = await opened();
    const { secret } = await withTotp(who);
    await forgetCodes(scene.at, userId);
    const { step } = (await signIn(email, password)).data as unknown as { step: string };
    const links = [await link('reset-password'), await link('change-email', freshEmail())] as const;
    await change(who, password);
    const finish = { step, method: 'totp', code: await codeOf(secret) };
    expect((await scene.at.visitor().try('POST', 'auth.secondStep', finish)).failure).toBe(
      'auth.step-expired',
    );
    expect((await reset(links[0])).failure).toBe('auth.link-invalid');
    const moved = await scene.at.visitor().try('POST', 'auth.confirmEmail', {
      token: links[1],
      password,
    });
    expect(moved.failure).toBe('auth.link-invalid');
  });
});

describe.concurrent('a reset by mail', () => {
  test('ends every session and token of programs, keeps the app, and is told', async () => {
    const { who, email, userId, apiToken, signedIn } = await opened();
    const { secret } = await withTotp(who);
    await forgetCodes(scene.at, userId);
    const other = await signedIn();
    await apiToken(['profile:read']);
    await scene.at.visitor().post('auth.requestReset', { email });
    const answer = await reset(await scene.letters.token(userId, 'reset-password'));
    expect(answer.data).toEqual({ state: 'reset' });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await who.get('auth.me')).toEqual(nobody);
    expect(await other.get('auth.me')).toEqual(nobody);
    for (const table of ['sessions', 'api_tokens', 'sign_in_steps', 'mail_tokens']) {
      const rows = await scene.at
        .sql`select 1 from ${scene.at.sql(table)} where user_id = ${userId}`;
      expect(rows, table).toHaveLength(0);
    }
    expect(await scene.letters.templates(userId)).toContain('password-changed');
    // The mailbox alone does not open an account that has a second factor.
    const again = scene.at.visitor();
    const begun = await signIn(email, fresh, again);
    expect(begun.data).toMatchObject({ state: 'second-step' });
    expect(await again.get('auth.me')).toEqual(nobody);
    const { step } = begun.data as unknown as { step: string };
    await again.post('auth.secondStep', { step, method: 'totp', code: await codeOf(secret) });
    expect(await again.get('auth.me')).toMatchObject({ account: { userId, totp: true } });
  });

  test('works once, also by two links and at the same moment', async () => {
    const { link, email } = await opened();
    const links = [await link('reset-password'), await link('reset-password')];
    const answers = await Promise.all(
      [...links, ...links].map((token, turn) => reset(token, `${fresh}-${turn}`)),
    );
    const won = answers.findIndex(({ failure }) => failure === null);
    expect(answers.filter(({ failure }) => failure === 'auth.link-invalid')).toHaveLength(3);
    expect((await signIn(email, `${fresh}-${won}`)).failure).toBeNull();
  });

  test('is void after an hour, and good still after a password too weak', async () => {
    const { link, userId } = await opened();
    const token = await link('reset-password');
    expect((await reset(token, 'password1234')).failure).toBe('auth.password-weak');
    const { sql } = scene.at;
    await sql`update mail_tokens set expires_ms = expires_ms - 3600000 where user_id = ${userId}`;
    expect((await reset(token)).failure).toBe('auth.link-invalid');
    await sql`update mail_tokens set expires_ms = expires_ms + 3600000 where user_id = ${userId}`;
    expect((await reset(token)).failure).toBeNull();
  });

  test('asked for by strangers again and again leaves the owner’s own link good', async () => {
    const { email, userId } = await opened();
    const ask = () => scene.at.visitor().post('auth.requestReset', { email });
    await ask();
    const token = await scene.letters.token(userId, 'reset-password');
    await Promise.all(Array.from({ length: 12 }, ask));
    expect((await reset(token)).failure).toBeNull();
  });
});

describe.concurrent('a change of address', () => {
  const confirm = (token: string, shown = password) =>
    scene.at.visitor().try('POST', 'auth.confirmEmail', { token, password: shown });

  test('counts once the new mailbox confirms it, and the old one is told', async () => {
    const { who, email, userId } = await opened();
    const next = freshEmail('moved');
    await who.post('security.changeEmail', { email: next });
    expect((await signIn(next, password)).failure).toBe('auth.credentials-wrong');
    const token = await scene.letters.token(userId, 'change-email');
    // A mistyped address is a stranger's, who has the link and not the password.
    expect((await confirm(token, 'another-quiet-harbour-wall')).failure).toBe(
      'auth.password-wrong',
    );
    expect((await confirm(token)).data).toEqual({ email: next });
    expect((await confirm(token)).failure).toBe('auth.link-invalid');
    expect((await signIn(email, password)).failure).toBe('auth.credentials-wrong');
    expect((await signIn(next, password)).failure).toBeNull();
    const told = (await scene.letters.of(userId)).filter(({ template }) => /email/.test(template));
    // The first two go at once, in whichever order.
    expect(told.map(({ template, to }) => `${template} ${to}`).toSorted()).toEqual([
      `change-email ${next}`,
      `change-email-requested ${email}`,
      `email-changed ${email}`,
    ]);
  });

  test('to one that has an account is not refused aloud, and never comes', async () => {
    const { who, userId } = await opened();
    const taken = await scene.people.person();
    const sent = await who.try('POST', 'security.changeEmail', { email: taken.email });
    const free = await who.try('POST', 'security.changeEmail', { email: freshEmail() });
    expect(sent.body).toBe(free.body);
    const letters = await scene.letters.of(userId);
    expect(letters.filter(({ to }) => to === taken.email)).toEqual([]);
  });

  test('to one free address by two accounts at once moves one of them', async () => {
    const accounts = [await opened(), await opened()];
    const next = freshEmail('wanted');
    const tokens = await Promise.all(accounts.map(({ link }) => link('change-email', next)));
    const answers = await Promise.all(tokens.map((token) => confirm(token)));
    expect(answers.map(({ failure }) => failure).sort()).toEqual(['auth.link-invalid', null]);
    const loser = accounts[answers.findIndex(({ failure }) => failure !== null)]!;
    expect((await signIn(loser.email, password)).failure).toBeNull();
    const rows = await scene.at.sql`select 1 from email_directory
      where user_id in ${scene.at.sql(accounts.map(({ userId }) => userId))}`;
    expect(rows).toHaveLength(2);
  });

  test('voids resets that lie in the old mailbox', async () => {
    const { link } = await opened();
    const [old, token] = [await link('reset-password'), await link('change-email', freshEmail())];
    await confirm(token);
    expect((await reset(old)).failure).toBe('auth.link-invalid');
  });
});
