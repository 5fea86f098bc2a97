/** Those who run the installation: how the first is made, and what none of them can do. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { offerFirstAdmin } from '../../sync/auth/first-admin.ts';
import { freshEmail, password, signedUp } from './installation.ts';
import { userIdOf } from './letters.ts';
import { openScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const admins = () => scene.at.sql<{ user_id: string }[]>`
  select user_id from users where role = 'admin' order by 1`;

describe('the first admin', () => {
  const become = (token: string, email: string, given = password) =>
    scene.at.visitor().try('POST', 'auth.becomeAdmin', { token, email, password: given });
  const printed = () => /first-admin\/#(\S+)/.exec(scene.at.server.output())![1]!;

  test('needs the printed link, a good password, and the password of an account that is there', async () => {
    const { email } = await signedUp(scene.at);
    const refused = await Promise.all([
      become('A'.repeat(43), freshEmail()),
      become(printed(), freshEmail(), 'password1234'),
      become(printed(), email, 'another-quiet-harbour-wall'),
    ]);
    expect(refused.map(({ failure }) => failure)).toEqual([
      'auth.link-invalid',
      'auth.password-weak',
      'auth.password-wrong',
    ]);
    expect(await scene.at.visitor().get('auth.options')).toMatchObject({ firstAdminWanted: true });
  });

  test('is one, however many open the link at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => become(printed(), freshEmail('admin'))),
    );
    expect(answers.filter(({ failure }) => failure === null)).toHaveLength(1);
    expect(await admins()).toHaveLength(1);
    expect((await become(printed(), freshEmail())).failure).toBe('auth.link-invalid');
    expect(await scene.at.visitor().get('auth.options')).toMatchObject({ firstAdminWanted: false });
    const made = await scene.at.sql`select 1 from users where email like 'admin%'`;
    expect(made).toHaveLength(1);
  });

  test('is not offered again by a start that finds an admin, and an open link is void', async () => {
    await scene.at.sql`insert into first_admin_link (nonce) values ('left over')`;
    const inside = await scene.inside();
    const offer = () => offerFirstAdmin(inside.services.authDatabase, inside.services.secret);
    expect(await offer()).toBeNull();
    expect(await scene.at.sql`select 1 from first_admin_link`).toHaveLength(0);
    await scene.at.sql`update users set role = 'trader'`;
    // Servers over one database print the same link, which one use voids for all.
    const [first, second] = [await offer(), await offer()];
    expect(second).toBe(first);
    const elsewhere = await offerFirstAdmin(inside.services.authDatabase, 'another secret');
    expect((await become(elsewhere!, freshEmail())).failure).toBe('auth.link-invalid');
    expect((await become(first!, freshEmail())).failure).toBeNull();
    expect((await become(first!, freshEmail())).failure).toBe('auth.link-invalid');
    await inside.close();
  });

  test('may be an account that is there, whose address it confirms', async () => {
    await scene.at.sql`update users set role = 'trader'`;
    const inside = await scene.inside();
    const { authDatabase, secret } = inside.services;
    const token = await offerFirstAdmin(authDatabase, secret);
    await inside.close();
    const { email } = await signedUp(scene.at);
    expect((await become(token!, email)).data).toEqual({ state: 'signed-in' });
    expect(await admins()).toEqual([{ user_id: await userIdOf(scene.at, email) }]);
  });
});

describe('the last admin', () => {
  beforeEach(() => scene.at.sql`update users set role = 'trader'`);

  const admin = async () => {
    const person = await scene.people.person({ role: 'admin' });
    return { ...person, who: await person.signedIn() };
  };

  test('can neither step down nor be deleted', async () => {
    const { who, userId, email } = await admin();
    const down = { userId, role: 'trader' };
    expect((await who.try('POST', 'admin.setRole', down)).failure).toBe('auth.last-admin');
    expect((await who.try('POST', 'account.remove', { email })).failure).toBe('auth.last-admin');
    expect(await admins()).toHaveLength(1);
  });

  test.each([
    ['demote each other', 'setRole'],
    ['leave', 'remove'],
  ])('is left when two %s at the same moment', async (_, act) => {
    for (let turn = 0; turn < 5; turn++) {
      const pair = [await admin(), await admin()] as const;
      const answers = await Promise.all(
        pair.map(({ who, email }, index) =>
          act === 'remove'
            ? who.try('POST', 'account.remove', { email })
            : who.try('POST', 'admin.setRole', { userId: pair[1 - index]!.userId, role: 'trader' }),
        ),
      );
      // The other may be refused as the last, or as one who is no admin any more.
      expect(answers.filter(({ failure }) => failure === null).length).toBeLessThanOrEqual(1);
      expect(answers.map(({ failure }) => failure)).not.toContain('server.failed');
      expect(await admins()).toHaveLength(1);
      await scene.at.sql`update users set role = 'trader'`;
    }
  });
});

describe.concurrent('a change of role', () => {
  test('ends the sessions of whom it concerns, is told, and names who did it', async () => {
    const [chief, person] = [
      await scene.people.person({ role: 'admin' }),
      await scene.people.person(),
    ];
    const [who, concerned] = [await chief.signedIn(), await person.signedIn()];
    const { userId } = person;
    await who.post('admin.setRole', { userId, role: 'support' });
    expect(await concerned.get('auth.me')).toEqual({ account: null });
    expect(await scene.letters.templates(userId)).toEqual(['role-changed']);
    const again = await person.signedIn();
    const { entries } = await again.get<{ entries: object[] }>('security.audit', {});
    expect(entries[0]).toMatchObject({
      action: 'role.changed',
      actor: 'support',
      detail: { role: 'support' },
    });
  });

  test('by an admin ends sessions without one, too', async () => {
    const who = await (await scene.people.person({ role: 'admin' })).signedIn();
    const person = await scene.people.person();
    const concerned = await person.signedIn();
    const ended = await who.post('admin.revokeSessions', { userId: person.userId });
    expect(ended).toEqual({ revoked: 1 });
    expect(await concerned.get('auth.me')).toEqual({ account: null });
  });
});

describe.concurrent('support', () => {
  test('reads accounts and changes none', async () => {
    const person = await scene.people.person();
    const who = await (await scene.people.person({ role: 'support' })).signedIn();
    const { users } = await who.get<{ users: object[] }>('admin.users', { search: person.email });
    expect(users).toMatchObject([{ userId: person.userId, email: person.email, role: 'trader' }]);
    expect(Object.keys(users[0]!).join()).not.toMatch(/hash|secret/i);
    const { userId } = person;
    const refused = await Promise.all([
      who.try('POST', 'admin.setRole', { userId, role: 'admin' }),
      who.try('POST', 'admin.revokeSessions', { userId }),
      who.try('GET', 'admin.outbox', {}),
    ]);
    expect(new Set(refused.map(({ failure }) => failure))).toEqual(new Set(['auth.not-allowed']));
  });

  test('that looks at a trail is seen in it', async () => {
    const person = await scene.people.person();
    const who = await (await scene.people.person({ role: 'support' })).signedIn();
    const { userId } = person;
    const { entries } = await who.get<{ entries: object[] }>('admin.userAudit', { userId });
    expect(entries).toMatchObject([{ action: 'account.created' }]);
    const own = await (await person.signedIn()).get<{ entries: object[] }>('security.audit', {});
    expect(own.entries[0]).toMatchObject({ action: 'support.looked', actor: 'support' });
  });
});

test('the outbox is read at the machine itself, by an admin, and through no proxy', async () => {
  const person = await scene.people.person({ role: 'admin' });
  const { email, userId } = await scene.people.person();
  await scene.at.visitor().post('auth.requestReset', { email });
  const who = await person.signedIn();
  const { mails } = await who.get<{ mails: { userId: string; mailId: string }[] }>(
    'admin.outbox',
    {},
  );
  const [mail] = mails.filter((each) => each.userId === userId);
  expect(await who.get('admin.mail', { userId, mailId: mail!.mailId })).toMatchObject({
    to: email,
  });
  const afar = await person.signedIn({ headers: { 'x-forwarded-for': '203.0.113.5' } });
  const refused = [
    await afar.try('GET', 'admin.outbox', {}),
    await afar.try('GET', 'admin.mail', { userId, mailId: mail!.mailId }),
  ];
  expect(refused.map(({ failure }) => failure)).toEqual(['auth.local-only', 'auth.local-only']);
});
