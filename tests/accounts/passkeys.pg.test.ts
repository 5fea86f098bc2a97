/** Passkeys from a key in software: what is accepted, and each way of cheating that is not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { authenticator, type Authenticator, type Circumstances } from './authenticator.ts';
import { password, withTotp } from './installation.ts';
import { openScene, type Scene } from './scene.ts';
import type { Visitor } from './visitor.ts';

let scene: Scene;
/** The page as it should be. */
let here: Circumstances;
beforeAll(async () => {
  scene = await openScene();
  here = { origin: scene.at.address };
});
afterAll(() => scene.close());

type Asked = PublicKeyCredentialRequestOptionsJSON;

const askToRegister = (who: Visitor) =>
  who.post<PublicKeyCredentialCreationOptionsJSON & Record<string, unknown>>(
    'security.passkeyRegisterOptions',
  );

async function register(who: Visitor, key: Authenticator, name: string, at = here) {
  const response = key.create(await askToRegister(who), at);
  return who.try('POST', 'security.addPasskey', { response, name });
}

const ask = (who: Visitor) => who.post<Asked & Record<string, unknown>>('auth.passkeyOptions');
const enter = (who: Visitor, response: AuthenticationResponseJSON) =>
  who.try('POST', 'auth.passkeySignIn', { response });

/** Somebody who has one passkey and nothing else beside the password. */
async function keyed() {
  const person = await scene.people.person();
  const who = await person.signedIn({ method: 'password' });
  const key = authenticator();
  const added = await register(who, key, 'first');
  expect(added.failure).toBeNull();
  return { ...person, who, key, added };
}

describe.concurrent('a new passkey', () => {
  test('is kept with its name; the first brings recovery codes, and the owner is told', async () => {
    const { who, key, added, userId } = await keyed();
    expect(added.data).toMatchObject({ credentialId: key.credentialId });
    expect(added.data['recoveryCodes']).toHaveLength(10);
    expect((await register(who, authenticator(), 'second')).data['recoveryCodes']).toBeNull();
    const { passkeys } = await who.get<{ passkeys: object[] }>('security.passkeys');
    expect(passkeys).toMatchObject([
      { name: 'first', credentialId: key.credentialId, lastUsedMs: null },
      { name: 'second' },
    ]);
    expect(await scene.letters.templates(userId)).toEqual(['passkey-added', 'passkey-added']);
  });

  test('under a name that is taken is refused, at registration and renaming', async () => {
    const { who, key } = await keyed();
    expect((await register(who, authenticator(), 'first')).failure).toBe('account.name-taken');
    const other = authenticator();
    await register(who, other, 'second');
    const wish = { credentialId: other.credentialId, name: 'first' };
    expect((await who.try('POST', 'security.renamePasskey', wish)).failure).toBe(
      'account.name-taken',
    );
    await who.post('security.renamePasskey', { credentialId: key.credentialId, name: 'third' });
  });

  test.each<[string, Partial<Circumstances>]>([
    ['a page of another origin', { origin: 'http://localhost.example:80', host: 'localhost' }],
    ['another name', { host: 'evil.example' }],
    ['a device that did not look who it was', { verified: false }],
  ])('made by %s is refused', async (_, wrong) => {
    const who = await (await scene.people.person()).signedIn();
    const answer = await register(who, authenticator(), 'key', { ...here, ...wrong });
    expect(answer.failure).toBe('auth.passkey-refused');
    expect(await who.get('security.passkeys')).toEqual({ passkeys: [] });
  });

  test('answers a challenge once, and only one of the account itself', async () => {
    const [one, other] = [await scene.people.person(), await scene.people.person()];
    const [who, thief] = [await one.signedIn(), await other.signedIn()];
    const foreign = authenticator().create(await askToRegister(who), here);
    const stolen = await thief.try('POST', 'security.addPasskey', { response: foreign, name: 'a' });
    expect(stolen.failure).toBe('auth.passkey-refused');
    const options = await askToRegister(who);
    const first = { response: authenticator().create(options, here), name: 'a' };
    const second = { response: authenticator().create(options, here), name: 'b' };
    expect((await who.try('POST', 'security.addPasskey', first)).failure).toBeNull();
    expect((await who.try('POST', 'security.addPasskey', second)).failure).toBe(
      'auth.passkey-refused',
    );
  });

  test('beyond the twentieth is refused, however many were begun before', async () => {
    const person = await scene.people.person();
    const who = await person.signedIn();
    const begun = authenticator().create(await askToRegister(who), here);
    await Promise.all(Array.from({ length: 20 }, () => person.passkey()));
    const late = await who.try('POST', 'security.addPasskey', { response: begun, name: 'late' });
    expect(late).toMatchObject({ failure: 'account.too-many', figures: { most: 20 } });
    const again = await who.try('POST', 'security.passkeyRegisterOptions');
    expect(again.failure).toBe('account.too-many');
  });
});

describe.concurrent('signing in by passkey', () => {
  test('needs nothing else, is both factors, and is told on a new device', async () => {
    const { key, userId } = await keyed();
    const who = scene.at.visitor();
    expect((await enter(who, key.get(await ask(who), here))).data).toEqual({ state: 'signed-in' });
    expect(await who.get('auth.me')).toMatchObject({
      account: { userId },
      session: { method: 'passkey' },
    });
    expect(await scene.letters.templates(userId)).toContain('new-sign-in');
    const { passkeys } = await who.get<{ passkeys: { lastUsedMs: number }[] }>('security.passkeys');
    expect(passkeys[0]!.lastUsedMs).toBeGreaterThan(0);
  });

  test.each<[string, Partial<Circumstances>]>([
    ['for a page of another origin', { origin: 'https://evil.example', host: 'localhost' }],
    ['for another name', { host: 'evil.example' }],
    ['without a look at who it was', { verified: false }],
    ['for nobody', { userHandle: '' }],
    [
      'for somebody unknown',
      { userHandle: Buffer.from(crypto.randomUUID()).toString('base64url') },
    ],
  ])('is refused when signed %s', async (_, wrong) => {
    const { key } = await keyed();
    const who = scene.at.visitor();
    const answer = await enter(who, key.get(await ask(who), { ...here, ...wrong }));
    expect(answer.failure).toBe('auth.passkey-refused');
    expect(await who.get('auth.me')).toEqual({ account: null });
  });

  test('is refused under the name of another account, and by a key that nobody added', async () => {
    const [one, other] = [await keyed(), await keyed()];
    const who = scene.at.visitor();
    const userHandle = Buffer.from(other.userId).toString('base64url');
    const foreign = one.key.get(await ask(who), { ...here, userHandle });
    expect((await enter(who, foreign)).failure).toBe('auth.passkey-refused');
    const unknown = authenticator().get(await ask(who), { ...here, userHandle });
    expect((await enter(who, unknown)).failure).toBe('auth.passkey-refused');
  });

  test('answers a challenge once, also when it comes twice at the same moment', async () => {
    const { key } = await keyed();
    const options = await ask(scene.at.visitor());
    const [first, second] = [key.get(options, here), key.get(options, here)];
    const answers = await Promise.all(
      [first, second, first].map((response) => enter(scene.at.visitor(), response)),
    );
    expect(answers.filter(({ failure }) => failure === null)).toHaveLength(1);
    expect((await enter(scene.at.visitor(), first)).failure).toBe('auth.passkey-refused');
  });

  test('is refused after its challenge’s five minutes, and for one made for something else', async () => {
    const { key, who } = await keyed();
    const late = key.get(await ask(who), here);
    const { challenge } = JSON.parse(
      Buffer.from(late.response.clientDataJSON, 'base64url').toString(),
    ) as { challenge: string };
    await scene.at.sql`update passkey_challenges set expires_ms = expires_ms - 300000
      where challenge = ${challenge}`;
    expect((await enter(scene.at.visitor(), late)).failure).toBe('auth.passkey-refused');
    const forStepUp = await who.post<Asked & Record<string, unknown>>(
      'security.stepUpPasskeyOptions',
    );
    const other = await enter(scene.at.visitor(), key.get(forStepUp, here));
    expect(other.failure).toBe('auth.passkey-refused');
  });

  test('is refused where the key has counted further than it says: it was copied', async () => {
    const { key } = await keyed();
    const use = async (count: number) => {
      const who = scene.at.visitor();
      return (await enter(who, key.get(await ask(who), { ...here, count }))).failure;
    };
    expect(await use(7)).toBeNull();
    expect(await use(7)).toBe('auth.passkey-refused');
    expect(await use(6)).toBe('auth.passkey-refused');
    expect(await use(8)).toBeNull();
  });

  test.each<[string, object]>([
    ['is empty', { clientDataJSON: '', authenticatorData: '', signature: '' }],
    ['is no JSON', { clientDataJSON: 'AAAA' }],
    ['is JSON of something else', { clientDataJSON: Buffer.from('null').toString('base64url') }],
    ['is cut short', { authenticatorData: 'AAAA' }],
    ['has another signature', { signature: Buffer.alloc(70, 1).toString('base64url') }],
  ])('is refused, and nothing worse, when the answer %s', async (_, damage) => {
    const { key } = await keyed();
    const who = scene.at.visitor();
    const whole = key.get(await ask(who), here);
    const damaged = { ...whole, response: { ...whole.response, ...damage } };
    expect((await enter(who, damaged)).failure).toBe('auth.passkey-refused');
  });

  test('is offered under a name alone, not under a number', async () => {
    const byNumber = scene.at.address.replace('localhost', '127.0.0.1');
    const options = await fetch(`${byNumber}/trpc/auth.options`).then((answer) => answer.json());
    expect((options as { result: { data: object } }).result.data).toMatchObject({
      passkeysHere: false,
      passkeyAddress: scene.at.address,
    });
    expect(await scene.at.visitor().get('auth.options')).toMatchObject({
      passkeysHere: true,
      passkeyAddress: null,
    });
  });
});

describe.concurrent('beside a password', () => {
  test('a passkey is the second step: the password alone opens nothing', async () => {
    const { key, email, added } = await keyed();
    const who = scene.at.visitor();
    const begun = await who.post('auth.signIn', { email, password });
    expect(begun).toMatchObject({ state: 'second-step', methods: ['passkey', 'recovery-code'] });
    expect(await who.get('auth.me')).toEqual({ account: null });
    expect((await enter(who, key.get(await ask(who), here))).failure).toBeNull();
    const other = scene.at.visitor();
    const { step } = begun as { step: string };
    const [code] = added.data['recoveryCodes'] as unknown as string[];
    await other.post('auth.secondStep', { step, method: 'recovery-code', code });
    expect(await other.get('auth.me')).toMatchObject({ session: { method: 'recovery-code' } });
  });

  test('proving oneself again takes the passkey, and not another’s', async () => {
    const [{ who, key }, other] = [await keyed(), await keyed()];
    expect((await who.try('POST', 'security.stepUp', { password })).failure).toBe(
      'auth.second-factor-needed',
    );
    const stepUp = async (by: Authenticator) => {
      const options = await who.post<Asked & Record<string, unknown>>(
        'security.stepUpPasskeyOptions',
      );
      const response = by.get(options, here);
      return (await who.try('POST', 'security.stepUpPasskey', { response })).failure;
    };
    const token = who.cookies.get('offing');
    expect(await stepUp(other.key)).toBe('auth.passkey-refused');
    expect(who.cookies.get('offing')).toBe(token);
    expect(await stepUp(key)).toBeNull();
    expect(who.cookies.get('offing')).not.toBe(token);
  });

  test('taken off, it opens nothing; recovery codes go with the last factor, not before', async () => {
    const { who, key, userId, email } = await keyed();
    const codes = () => scene.at.sql`select 1 from recovery_codes where user_id = ${userId}`;
    await withTotp(who);
    await who.post('security.removePasskey', { credentialId: key.credentialId });
    expect(await codes()).toHaveLength(10);
    await who.post('security.disableTotp');
    expect(await codes()).toHaveLength(0);
    const stranger = scene.at.visitor();
    const used = await enter(stranger, key.get(await ask(stranger), here));
    expect(used.failure).toBe('auth.passkey-refused');
    expect(await stranger.post('auth.signIn', { email, password })).toEqual({ state: 'signed-in' });
    expect(await scene.letters.templates(userId)).toContain('passkey-removed');
  });
});
