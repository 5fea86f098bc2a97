/** Signing up, and confirming the address: what a stranger can and cannot learn or take over. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  freshEmail,
  openInstallation,
  password,
  signedUp,
  withTotp,
  type Installation,
} from './installation.ts';
import { keptMail, openLetters, userIdOf, type Letters } from './letters.ts';
import { openPeople, type People } from './people.ts';
import type { CallAnswer } from './visitor.ts';

let at: Installation;
let people: People;
let letters: Letters;
beforeAll(async () => {
  at = await openInstallation(keptMail);
  people = await openPeople(at);
  letters = await openLetters(at);
});
afterAll(async () => {
  await Promise.all([people.close(), letters.close()]);
  await at.close();
});

/** What a stranger sees of an answer, without what differs from call to call. */
function seen({ status, body, headers }: CallAnswer) {
  const own = ['date', 'x-request-id', 'connection', 'keep-alive'];
  return { status, body, headers: [...headers].filter(([name]) => !own.includes(name)) };
}

/** The link that confirms a new account's address. */
const confirmation = async (email: string) =>
  letters.token(await userIdOf(at, email), 'verify-email');

const accountsOf = async (email: string) =>
  (await at.sql`select 1 from email_directory where email = ${email.toLowerCase()}`).length;

describe.concurrent('signing up', () => {
  test('answers the same whether the address is known, unconfirmed or unknown', async () => {
    const known = await people.person();
    const { email: unconfirmed } = await signedUp(at);
    const [first, ...others] = await Promise.all(
      [freshEmail(), known.email, unconfirmed].map(async (email) =>
        seen(await at.visitor().try('POST', 'auth.signUp', { email, password })),
      ),
    );
    expect(first!.body).toContain('"sent":true');
    for (const other of others) expect(other).toEqual(first);
    expect(await letters.templates(known.userId)).toContain('already-registered');
  });

  test('an address that is known keeps its password, its name and its one account', async () => {
    const { email, userId } = await people.person();
    const before = await at.sql`select * from users where user_id = ${userId}`;
    const again = {
      email: email.toUpperCase(),
      password: `${password}-of-another`,
      displayName: 'X',
    };
    await at.visitor().post('auth.signUp', again);
    expect(await at.sql`select * from users where user_id = ${userId}`).toEqual(before);
    expect(await accountsOf(email)).toBe(1);
  });

  test.each([
    ['short', 'eleven-char'],
    ['long', 'x'.repeat(257)],
    ['common', 'password1234'],
    ['common', 'aaaaaaaaaaaaaaaa'],
    ['personal', 'offing-trading'],
  ])('a password that is too weak is refused as %s: %s', async (reason, weak) => {
    const email = freshEmail();
    const answer = await at.visitor().try('POST', 'auth.signUp', { email, password: weak });
    expect(answer.failure).toBe('auth.password-weak');
    expect(answer.figures).toEqual({ reason });
    expect(await accountsOf(email)).toBe(0);
  });

  test('a password that is the address is personal', async () => {
    const email = 'lighthouse.keeper@offing.example';
    const wish = { email, password: 'lighthousekeeper' };
    const answer = await at.visitor().try('POST', 'auth.signUp', wish);
    expect(answer.figures).toEqual({ reason: 'personal' });
  });

  test.each([
    'nobody',
    'a@b',
    'a b@offing.example',
    'a@offing.example\nBcc: b@offing.example',
    '@',
  ])('what is no address is refused: %j', async (email) => {
    const answer = await at.visitor().try('POST', 'auth.signUp', { email, password });
    expect(answer.failure).toBe('auth.email-invalid');
  });

  test('capitals make no second account, and letters that fold to others no first', async () => {
    const email = freshEmail('folded');
    await at.visitor().post('auth.signUp', { email: ` ${email.toUpperCase()} `, password });
    await at.visitor().post('auth.signUp', { email, password });
    expect(await accountsOf(email)).toBe(1);
    // U+212A, the Kelvin sign, becomes a k when folded.
    const kelvin = { email: 'mar\u212a@offing.example', password };
    expect((await at.visitor().try('POST', 'auth.signUp', kelvin)).failure).toBe(
      'auth.email-invalid',
    );
  });

  test('ten sign-ups of one address at once make one account', async () => {
    const email = freshEmail();
    const spelled = (turn: number) => (turn % 2 ? email : email.toUpperCase());
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, turn) =>
        at.visitor().try('POST', 'auth.signUp', { email: spelled(turn), password }),
      ),
    );
    expect(answers.map(({ failure }) => failure)).toEqual(Array(10).fill(null));
    const users = await at.sql`select user_id from users where lower(email) = ${email}`;
    expect(users).toHaveLength(1);
    const entries = await at.sql`
      select 1 from audit_entries where user_id = ${users[0]!['user_id']} and action = 'account.created'`;
    expect(entries).toHaveLength(1);
  });
});

describe.concurrent('the link that confirms an address', () => {
  const verify = (token: string, given = password, who = at.visitor()) =>
    who.try('POST', 'auth.verifyEmail', { token, password: given });

  test('signs in a browser that was never here, and welcomes', async () => {
    const { email } = await signedUp(at);
    const who = at.visitor();
    const answer = await verify(await confirmation(email), password, who);
    expect(answer.data).toEqual({ state: 'signed-in' });
    const me = await who.get<{ account: { emailVerified: boolean } }>('auth.me');
    expect(me.account.emailVerified).toBe(true);
    // Whoever sets an account up is not warned of the device that it is done on.
    expect([...(await letters.templates(await userIdOf(at, email)))].sort()).toEqual([
      'verify-email',
      'welcome',
    ]);
  });

  test('needs the password of sign-up, and stays good after a wrong one', async () => {
    const { email } = await signedUp(at);
    const token = await confirmation(email);
    expect((await verify(token, 'another-quiet-harbour')).failure).toBe('auth.password-wrong');
    const [user] = await at.sql`select email_verified_ms from users where email = ${email}`;
    expect(user!['email_verified_ms']).toBeNull();
    expect((await verify(token)).failure).toBeNull();
  });

  test('works once, also when it is opened twice at the same moment', async () => {
    const { email } = await signedUp(at);
    const token = await confirmation(email);
    const answers = await Promise.all([verify(token), verify(token)]);
    expect(answers.map(({ failure }) => failure).sort()).toEqual(['auth.link-invalid', null]);
    expect((await verify(token)).failure).toBe('auth.link-invalid');
  });

  test('is void after 48 hours', async () => {
    const { email } = await signedUp(at);
    const token = await confirmation(email);
    await at.sql`update mail_tokens set expires_ms = expires_ms - 172800000
      where user_id = ${token.slice(0, 36)}`;
    expect((await verify(token)).failure).toBe('auth.link-invalid');
  });

  test('opens no other door, and no other link opens this one', async () => {
    const { email } = await signedUp(at);
    const person = await people.person();
    const confirm = await confirmation(email);
    const fresh = 'another-quiet-harbour-wall';
    const reset = { token: confirm, password: fresh };
    expect((await at.visitor().try('POST', 'auth.resetPassword', reset)).failure).toBe(
      'auth.link-invalid',
    );
    expect((await verify(await person.link('reset-password'))).failure).toBe('auth.link-invalid');
    // The secret of one account under the name of another.
    const swapped = `${person.userId}${confirm.slice(36)}`;
    expect((await verify(swapped)).failure).toBe('auth.link-invalid');
  });

  test('of another account takes the browser over to that account, not the other way', async () => {
    const person = await people.person();
    const who = await person.signedIn();
    const thief = who.copy();
    const { email } = await signedUp(at);
    await verify(await confirmation(email), password, who);
    const me = await who.get<{ account: { email: string } }>('auth.me');
    expect(me.account.email).toBe(email);
    expect(await thief.get('auth.me')).toEqual({ account: null });
  });

  test('can be asked for again; the earlier one stays good until one is used', async () => {
    const { email } = await signedUp(at);
    const first = await confirmation(email);
    const who = at.visitor();
    await who.post('auth.signIn', { email, password });
    await who.post('auth.resendVerification');
    const second = await confirmation(email);
    expect(second).not.toBe(first);
    expect((await verify(first)).failure).toBeNull();
    expect((await verify(second)).failure).toBe('auth.link-invalid');
  });
});

describe.concurrent('an account made before its owner came, with the owner’s address', () => {
  test('loses password, sessions, factors, keys and links when the owner resets it', async () => {
    const email = freshEmail('victim');
    const attacker = at.visitor();
    await attacker.post('auth.signUp', { email, password });
    await attacker.post('auth.signIn', { email, password });
    const { recoveryCodes } = await withTotp(attacker);
    await attacker.post('security.changeEmail', { email: freshEmail('attacker') });

    const owner = at.visitor();
    await owner.post('auth.requestReset', { email });
    const token = await letters.token(await userIdOf(at, email), 'reset-password');
    const fresh = 'another-quiet-harbour-wall';
    await owner.post('auth.resetPassword', { token, password: fresh });
    expect(await owner.post('auth.signIn', { email, password: fresh })).toEqual({
      state: 'signed-in',
    });

    expect(await attacker.get('auth.me')).toEqual({ account: null });
    const old = await at.visitor().try('POST', 'auth.signIn', { email, password });
    expect(old.failure).toBe('auth.credentials-wrong');
    expect(recoveryCodes).toHaveLength(10);
    const userId = token.slice(0, 36);
    for (const table of ['totp_factors', 'passkeys', 'recovery_codes', 'stored_secrets']) {
      const rows = await at.sql`select 1 from ${at.sql(table)} where user_id = ${userId}`;
      expect(rows, table).toHaveLength(0);
    }
  });

  test('cannot be moved to the attacker’s address after the owner has reset it', async () => {
    const email = freshEmail('victim');
    const elsewhere = freshEmail('attacker');
    const attacker = at.visitor();
    await attacker.post('auth.signUp', { email, password });
    await attacker.post('auth.signIn', { email, password });
    await attacker.post('security.changeEmail', { email: elsewhere });
    const moving = await letters.token(await userIdOf(at, email), 'change-email');

    const owner = at.visitor();
    await owner.post('auth.requestReset', { email });
    const token = await letters.token(await userIdOf(at, email), 'reset-password');
    await owner.post('auth.resetPassword', { token, password: 'another-quiet-harbour-wall' });

    const moved = await attacker.try('POST', 'auth.confirmEmail', { token: moving, password });
    expect(moved.failure).toBe('auth.link-invalid');
  });
});
