/** What somebody gains who has a part of what it takes, and patience. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInstallation, password, type Installation } from './installation.ts';
import { openPeople, type People } from './people.ts';

let at: Installation;
let people: People;
const allowed = 8;

beforeAll(async () => {
  at = await openInstallation({
    OFFING_PROXIES: '127.0.0.1',
    OFFING_LIMITS: `auth=${allowed}/1000,data=100000/1000000`,
  });
  people = await openPeople(at);
}, 60_000);
afterAll(async () => {
  await people.close();
  await at.close();
});

let addresses = 0;
/** Somebody from a network address that was not seen before. */
const stranger = () =>
  at.visitor({ 'x-forwarded-for': `2001:db8:${(++addresses).toString(16)}::1` });

it('does not count a new password as a step-up, since a code may be asked for that too', async () => {
  const person = await people.person();
  const who = await person.signedIn({ provedMinutesAgo: 30 });
  await who.post('security.changePassword', { current: password, password: `${password}-2` });
  expect((await who.try('POST', 'security.disableTotp')).failure).toBe('auth.step-up-needed');
});

it('counts codes guessed at an account, from however many addresses and steps', async () => {
  const person = await people.person();
  const steps = [await person.step(), await person.step(), await person.step()];
  const failures: (string | null)[] = [];
  for (let guess = 0; guess <= allowed; guess++) {
    const given = { step: steps[guess % 3], method: 'totp', code: '000000' };
    failures.push((await stranger().try('POST', 'auth.secondStep', given)).failure);
  }
  const wrong = Array.from({ length: allowed }, () => 'auth.code-wrong');
  expect(failures).toEqual([...wrong, 'limits.too-many-calls']);
});

describe('mail that strangers cause', () => {
  const mailsTo = async (userId: string, template: string) =>
    (await at.sql`select 1 from mails where user_id = ${userId} and template = ${template}`).length;

  it.each([
    ['auth.requestReset', true, 'reset-password'],
    ['auth.signUp', true, 'already-registered'],
    ['auth.signUp', false, 'verify-email'],
  ] as const)(
    'by %s stays at five an hour, and they are told the same',
    async (path, verified, template) => {
      const { email, userId } = await people.person({ verified });
      const given = path === 'auth.signUp' ? { email, password } : { email };
      for (let time = 0; time < 7; time++) {
        expect(await stranger().post(path, given)).toEqual({ sent: true });
      }
      expect(await mailsTo(userId, template)).toBe(5);
    },
  );
});

it('refuses a challenge that no server can have made, without stumbling over it', async () => {
  const said = JSON.stringify({ type: 'webauthn.get', challenge: 'a\0b' });
  const clientDataJSON = Buffer.from(said).toString('base64url');
  const signed = { clientDataJSON, authenticatorData: 'AA', signature: 'AA' };
  const key = { id: 'AA', rawId: 'AA', type: 'public-key', clientExtensionResults: {} };
  const given = { response: { ...key, response: signed } };
  const got = await stranger().try('POST', 'auth.passkeySignIn', given);
  expect(got.failure).toBe('auth.passkey-refused');
});

it('leaves in the trail of an account that an admin read a mail to it', async () => {
  const person = await people.person();
  const mailId = await person.mail();
  const admin = await (await people.person({ role: 'admin' })).signedIn();
  await admin.get('admin.mail', { userId: person.userId, mailId });
  const who = await person.signedIn();
  const { entries } = await who.get<{ entries: object[] }>('security.audit', {});
  expect(entries[0]).toMatchObject({
    action: 'support.looked',
    actor: 'support',
    detail: { mail: 'welcome' },
  });
});
