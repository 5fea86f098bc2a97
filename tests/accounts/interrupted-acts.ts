/** Acts on an account that may be cut off in the middle, each with what must hold afterwards. */
import { createHash } from 'node:crypto';
import type { Failure } from '../../core/errors.ts';
import { ok, type Result } from '../../core/result.ts';
import { requestReset, changePassword, resetPassword } from '../../sync/auth/change-password.ts';
import {
  addPasskey,
  askForNewPasskey,
  askForPasskey,
  checkPasskey,
} from '../../sync/auth/passkeys.ts';
import type { Passwords } from '../../sync/auth/passwords.ts';
import { renewRecoveryCodes } from '../../sync/auth/recovery-codes.ts';
import { removeAccount } from '../../sync/auth/remove-account.ts';
import { secondStep, signIn } from '../../sync/auth/sign-in.ts';
import { signUp, verifyEmail } from '../../sync/auth/sign-up.ts';
import { beginTotp, confirmTotp } from '../../sync/auth/totp.ts';
import type { PersonContext } from '../../sync/call-context.ts';
import { authenticator } from './authenticator.ts';
import type { Inside } from './inside.ts';
import { freshEmail, password } from './installation.ts';
import { lettersIn } from './letters.ts';
import { codeOf } from './scene.ts';

type Done = Promise<Result<unknown, Failure>>;

/** An account in the state that the act begins with. */
export interface Deed {
  readonly email: string;
  /** Throws where the database is cut off. */
  run(): Done;
  /** What shows, after the act was done and its answer lost, that nobody is locked out. */
  goOn(): Done;
  /** The same act as a page asks for it. */
  readonly call: { readonly path: string; readonly input: object; readonly session?: string };
}

export type Act = (inside: Inside) => Promise<Deed>;

const fresh = 'another-quiet-harbour-wall';
const codeLaterMs = 60_000;

/** As quick as a digest: what is cut off here is the database, not the hashing. */
export const quickPasswords: Passwords = {
  hash: (text) => Promise.resolve(ok(quickHash(text))),
  matches: (hash, text) => Promise.resolve(ok(hash === quickHash(text))),
  judge: () => Promise.resolve(ok(undefined)),
};
const quickHash = (text: string) => createHash('sha256').update(text).digest('hex');

function value<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

const linkOf = (
  { services }: Inside,
  userId: string,
  template: 'verify-email' | 'reset-password',
) => lettersIn(services.authDatabase, services.vault).token(userId, template);

const enterWith = (inside: Inside, email: string, given: string) =>
  signIn(inside.context(), { email, password: given });

async function signedUp(inside: Inside) {
  const email = freshEmail('killed');
  value(await signUp(inside.context(), { email, password, displayName: '' }));
  const [row] = await inside.services.authDatabase.execute<{ user_id: string }>(
    `select user_id from email_directory where email = '${email}'`,
  );
  return { email, userId: row!.user_id };
}

/** Confirmed and signed in. */
async function trader(inside: Inside) {
  const { email, userId } = await signedUp(inside);
  const token = await linkOf(inside, userId, 'verify-email');
  const cookies = new Map<string, string>();
  value(await verifyEmail(inside.context(cookies), { token, password }));
  const session = cookies.get('session')!;
  return { email, userId, session, person: await inside.person(cookies) };
}

async function guarded(inside: Inside) {
  const { email, person } = await trader(inside);
  const { secret } = value(await beginTotp(person));
  const on = value(await confirmTotp(person, await codeOf(secret, 0, person.nowMs)));
  const cookies = new Map([['session', on.token]]);
  return { email, secret, session: on.token, person: await inside.person(cookies) };
}

/** Signs in with the password and a code that is a minute younger than any used before. */
async function enterWithCode(inside: Inside, email: string, secret: string, before: PersonContext) {
  const nowMs = before.nowMs + codeLaterMs;
  const ctx = inside.context(new Map(), nowMs);
  const begun = value(await signIn(ctx, { email, password }));
  if (begun.state === 'signed-in') throw new Error('No second step was asked for.');
  const code = await codeOf(secret, 0, nowMs);
  return secondStep(ctx, { step: begun.step, method: 'totp', code });
}

export const acts = {
  'signing up': async (inside) => {
    const email = freshEmail('killed');
    const input = { email, password, displayName: '' };
    return {
      email,
      run: () => signUp(inside.context(), input),
      goOn: () => enterWith(inside, email, password),
      call: { path: 'auth.signUp', input },
    };
  },
  'confirming the address': async (inside) => {
    const { email, userId } = await signedUp(inside);
    const input = { token: await linkOf(inside, userId, 'verify-email'), password };
    return {
      email,
      run: () => verifyEmail(inside.context(), input),
      goOn: () => enterWith(inside, email, password),
      call: { path: 'auth.verifyEmail', input },
    };
  },
  'asking for a reset': async (inside) => {
    const { email, userId } = await trader(inside);
    return {
      email,
      run: () => requestReset(inside.context(), email),
      goOn: async () => {
        const token = await linkOf(inside, userId, 'reset-password');
        return resetPassword(inside.context(), { token, password: fresh });
      },
      call: { path: 'auth.requestReset', input: { email } },
    };
  },
  'resetting the password': async (inside) => {
    const { email, userId } = await trader(inside);
    value(await requestReset(inside.context(), email));
    const input = { token: await linkOf(inside, userId, 'reset-password'), password: fresh };
    return {
      email,
      run: () => resetPassword(inside.context(), input),
      goOn: () => enterWith(inside, email, fresh),
      call: { path: 'auth.resetPassword', input },
    };
  },
  'beginning with an app': async (inside) => {
    const { email, person, session } = await trader(inside);
    return {
      email,
      run: () => beginTotp(person),
      goOn: () => beginTotp(person),
      call: { path: 'security.beginTotp', input: {}, session },
    };
  },
  'confirming an app': async (inside) => {
    const { email, person, session } = await trader(inside);
    const { secret } = value(await beginTotp(person));
    const code = await codeOf(secret, 0, person.nowMs);
    return {
      email,
      run: () => confirmTotp(person, code),
      goOn: () => enterWithCode(inside, email, secret, person),
      call: { path: 'security.confirmTotp', input: { code }, session },
    };
  },
  'making new recovery codes': async (inside) => {
    const { email, secret, person, session } = await guarded(inside);
    return {
      email,
      run: () => renewRecoveryCodes(person),
      goOn: () => enterWithCode(inside, email, secret, person),
      call: { path: 'security.renewRecoveryCodes', input: {}, session },
    };
  },
  'finishing the second step': async (inside) => {
    const { email, secret, person } = await guarded(inside);
    const nowMs = person.nowMs + 30_000;
    const ctx = inside.context(new Map(), nowMs);
    const begun = value(await signIn(ctx, { email, password }));
    if (begun.state === 'signed-in') throw new Error('No second step was asked for.');
    const code = await codeOf(secret, 0, nowMs);
    const input = { step: begun.step, method: 'totp' as const, code };
    return {
      email,
      run: () => secondStep(ctx, input),
      goOn: () => enterWithCode(inside, email, secret, person),
      call: { path: 'auth.secondStep', input },
    };
  },
  'adding a passkey': async (inside) => {
    const { email, person, session } = await trader(inside);
    const { address } = inside.services.site;
    const origin = { origin: address };
    // A page asks for a challenge each time, and a device makes a key.
    let key = authenticator();
    return {
      email,
      async run() {
        const options = value(await askForNewPasskey(person));
        key = authenticator();
        return addPasskey(person, key.create(options, origin), 'key');
      },
      async goOn() {
        const ctx = inside.context();
        const response = key.get(value(await askForPasskey(ctx, 'sign-in', null)), origin);
        return checkPasskey(ctx, 'sign-in', response, null);
      },
      call: { path: 'security.passkeyRegisterOptions', input: {}, session },
    };
  },
  'changing the password': async (inside) => {
    const { email, person, session } = await trader(inside);
    const input = { current: password, password: fresh };
    return {
      email,
      run: () => changePassword(person, input),
      goOn: () => enterWith(inside, email, fresh),
      call: { path: 'security.changePassword', input, session },
    };
  },
  'deleting the account': async (inside) => {
    const { email, person, session } = await trader(inside);
    const again = { email, password, displayName: '' };
    return {
      email,
      run: () => removeAccount(person, email),
      goOn: () => signUp(inside.context(), again),
      call: { path: 'account.remove', input: { email }, session },
    };
  },
} satisfies Record<string, Act>;
