/** Sessions: seen, ended, aged and renewed; what is ended is dead at once at every server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../sync/auth/token.ts';
import { openAnotherServer, type AnotherServer } from './another-server.ts';
import { password, withTotp } from './installation.ts';
import { codeOf, forgetCodes, openScene, type Scene } from './scene.ts';
import type { Visitor } from './visitor.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const nobody = { account: null };
const dayMs = 86_400_000;

interface Listed {
  readonly sessionId: string;
  readonly isThis: boolean;
  readonly method: string;
  readonly address: string;
  readonly userAgent: string;
}
const listOf = async (who: Visitor) =>
  (await who.get<{ sessions: Listed[] }>('security.sessions')).sessions;

const hashOf = (who: Visitor) => sha256(who.cookies.get('offing')!.slice(37));

test('the list shows each device with address, browser and proof, and which one is this', async () => {
  const person = await scene.people.person();
  const phone = scene.at.visitor({ 'user-agent': 'a phone' });
  await phone.post('auth.signIn', { email: person.email, password });
  const desk = await person.signedIn({ method: 'passkey' });
  expect(await listOf(phone)).toHaveLength(2);
  const [here] = (await listOf(phone)).filter(({ isThis }) => isThis);
  expect(here).toMatchObject({ method: 'password', address: '127.0.0.1', userAgent: 'a phone' });
  const [there] = (await listOf(desk)).filter(({ isThis }) => isThis);
  expect(there).toMatchObject({ sessionId: desk.sessionId, method: 'passkey' });
});

describe('at two servers', () => {
  let another: AnotherServer;
  beforeAll(async () => {
    another = await openAnotherServer(scene.at);
  });
  afterAll(() => another.close());

  test.each<[string, (who: Visitor, other: Visitor & { sessionId: string }) => Promise<unknown>]>([
    [
      'it is ended from the list',
      (who, { sessionId }) => who.post('security.revokeSession', { sessionId }),
    ],
    ['all others are ended', (who) => who.post('security.revokeOthers')],
    ['it signs out', (_, other) => other.post('auth.signOut')],
    [
      'the password changes',
      (who) =>
        who.post('security.changePassword', { current: password, password: `${password}-new` }),
    ],
  ])('a session is dead at both the moment that %s', async (_, end) => {
    const person = await scene.people.person();
    const [who, other] = [await person.signedIn(), await person.signedIn()];
    // As a thief would have it: the answer that takes the cookie away does not reach him.
    const stolen = other.copy();
    const elsewhere = another.carrying(other);
    expect(await elsewhere.get('auth.me')).toMatchObject({ account: { userId: person.userId } });
    await end(who, other);
    expect(await elsewhere.get('auth.me')).toEqual(nobody);
    expect(await stolen.get('auth.me')).toEqual(nobody);
    expect(await who.get('auth.me')).toMatchObject({ account: { userId: person.userId } });
    expect(
      await scene.at.sql`select 1 from sessions where user_id = ${person.userId}`,
    ).toHaveLength(1);
  });
});

describe.concurrent('a session ends by itself', () => {
  test('fourteen days after its last use, and use puts that off', async () => {
    const { userId, signedIn } = await scene.people.person();
    const who = await signedIn();
    const { sql } = scene.at;
    const age = async (days: number) => sql`
      update sessions set last_seen_ms = last_seen_ms - ${days * dayMs},
        expires_ms = expires_ms - ${days * dayMs} where user_id = ${userId}`;
    await age(13.9);
    expect(await who.get('auth.me')).toMatchObject({ account: { userId } });
    await age(13.9);
    expect(await who.get('auth.me')).toMatchObject({ account: { userId } });
    await age(14);
    expect(await who.get('auth.me')).toEqual(nobody);
    expect(await sql`select 1 from sessions where user_id = ${userId}`).toHaveLength(0);
  });

  test('thirty days after signing in, however much it is used and proved anew', async () => {
    const { userId, signedIn } = await scene.people.person();
    const who = await signedIn({ method: 'password' });
    const { sql } = scene.at;
    await sql`update sessions set first_created_ms = first_created_ms - ${29.5 * dayMs},
      last_seen_ms = last_seen_ms - ${dayMs} where user_id = ${userId}`;
    await who.get('auth.me');
    await who.post('security.stepUp', { password });
    await sql`update sessions set last_seen_ms = last_seen_ms - ${dayMs} where user_id = ${userId}`;
    await who.get('auth.me');
    const [row] = await sql`
      select expires_ms - first_created_ms as life from sessions where user_id = ${userId}`;
    expect(Number(row!['life'])).toBe(30 * dayMs);
  });
});

describe.concurrent('proving oneself again', () => {
  test('gives the session a new token; the old one is dead, the session the same', async () => {
    const { signedIn } = await scene.people.person();
    const who = await signedIn({ method: 'password', provedMinutesAgo: 11 });
    const before = who.copy();
    expect((await who.try('POST', 'security.beginTotp')).failure).toBe('auth.step-up-needed');
    await who.post('security.stepUp', { password });
    expect(await before.get('auth.me')).toEqual(nobody);
    const me = await who.get<{ session: { sessionId: string } }>('auth.me');
    expect(me.session.sessionId).toBe(who.sessionId);
    expect((await who.try('POST', 'security.beginTotp')).failure).toBeNull();
  });

  test('fails with a wrong password, which the trail tells', async () => {
    const { signedIn } = await scene.people.person();
    const who = await signedIn({ method: 'password', provedMinutesAgo: 11 });
    const wrong = await who.try('POST', 'security.stepUp', { password: `${password}!` });
    expect(wrong.failure).toBe('auth.password-wrong');
    const { entries } = await who.get<{ entries: object[] }>('security.audit', {});
    expect(entries[0]).toMatchObject({ action: 'step-up.failed' });
    expect((await who.try('POST', 'security.beginTotp')).failure).toBe('auth.step-up-needed');
  });

  test('takes a code where the account has an app, and the password alone does not do', async () => {
    const { userId, signedIn } = await scene.people.person();
    const who = await signedIn({ method: 'password' });
    const { secret } = await withTotp(who);
    const token = who.cookies.get('offing');
    for (const code of [undefined, '', '000000', (await codeOf(secret)).slice(1)]) {
      const answer = await who.try('POST', 'security.stepUp', { password, code });
      expect(answer.failure).toBe('auth.code-wrong');
    }
    expect(who.cookies.get('offing')).toBe(token);
    await forgetCodes(scene.at, userId);
    await who.post('security.stepUp', { password, code: await codeOf(secret) });
    expect(who.cookies.get('offing')).not.toBe(token);
  });

  test('twice at once renews the session once, and the later call is told to sign in', async () => {
    const { userId, signedIn } = await scene.people.person();
    const who = await signedIn({ method: 'password' });
    const answers = await Promise.all(
      [who, who.copy()].map((each) => each.try('POST', 'security.stepUp', { password })),
    );
    expect(answers.map(({ failure }) => failure).sort()).toEqual(['auth.sign-in-needed', null]);
    expect(await scene.at.sql`select 1 from sessions where user_id = ${userId}`).toHaveLength(1);
  });
});

test.each<[string, (who: Visitor) => Promise<{ failure: string | null }>]>([
  ['begins an app', (who) => who.try('POST', 'security.beginTotp')],
  [
    'moves the account',
    (who) => who.try('POST', 'security.changeEmail', { email: 'elsewhere@offing.example' }),
  ],
  [
    'makes a token',
    (who) =>
      who.try('POST', 'security.createToken', { name: 'a', scopes: ['profile:read'], days: 1 }),
  ],
  ['proves itself', (who) => who.try('POST', 'security.stepUp', { password })],
])('a session that is ended while its call is under way no longer %s', async (_, call) => {
  const { userId, signedIn } = await scene.people.person();
  const who = await signedIn({ method: 'password' });
  const { sql } = scene.at;
  const waiting = await sql.begin(async (held) => {
    await held`select 1 from users where user_id = ${userId} for update`;
    const answer = call(who);
    const isWaiting = () => sql`
      select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%"users"%'`;
    while ((await isWaiting()).length === 0) await new Promise((done) => setTimeout(done, 10));
    await held`delete from sessions where token_hash = ${hashOf(who)}`;
    return { answer };
  });
  expect((await waiting.answer).failure).toBe('auth.sign-in-needed');
  for (const table of ['sessions', 'totp_factors', 'mail_tokens', 'api_tokens']) {
    const rows = await sql`select 1 from ${sql(table)} where user_id = ${userId}`;
    expect(rows, table).toHaveLength(0);
  }
});
