/** One-time codes and recovery codes: each good once, whoever asks how often and where. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enter, secondStep } from '../../sync/auth/sign-in.ts';
import { openAnotherServer, type AnotherServer } from './another-server.ts';
import type { Inside } from './inside.ts';
import { password, withTotp } from './installation.ts';
import { codeOf, forgetCodes, openScene, type Scene } from './scene.ts';
import type { Visitor } from './visitor.ts';

let scene: Scene;
let inside: Inside;
beforeAll(async () => {
  scene = await openScene();
  inside = await scene.inside();
});
afterAll(async () => {
  await inside.close();
  await scene.close();
});

/** Somebody with codes of an app, none of which counts as used. */
async function guarded() {
  const person = await scene.people.person();
  const who = await person.signedIn({ method: 'password' });
  const { secret, recoveryCodes } = await withTotp(who);
  await forgetCodes(scene.at, person.userId);
  return { ...person, who, secret, recoveryCodes };
}

/** What the password opens: the step before the second factor. */
async function begin(email: string, who = scene.at.visitor()): Promise<string> {
  const answer = await who.post('auth.signIn', { email, password });
  expect(answer).toMatchObject({ state: 'second-step', methods: ['totp', 'recovery-code'] });
  expect(who.cookies.size).toBe(0);
  return (answer as { step: string }).step;
}

type Method = 'totp' | 'recovery-code';
const finish = (who: Visitor, step: string, code: string, method: Method = 'totp') =>
  who.try('POST', 'auth.secondStep', { step, method, code });

/** A step as the server makes it, without the work of a password. */
async function stepOf(userId: string, nowMs = Date.now()): Promise<string> {
  const entered = await enter(inside.context(new Map(), nowMs), userId);
  if (!entered.ok || !('step' in entered.value)) throw new Error('There is no second step.');
  return entered.value.step;
}

const wrongCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const successes = (answers: readonly { readonly failure: string | null }[]) =>
  answers.filter(({ failure }) => failure === null).length;

describe.concurrent('switching codes on', () => {
  test('takes a right code, gives ten recovery codes and tells the owner', async () => {
    const { userId } = await scene.people.person();
    const person = await scene.people.person();
    const who = await person.signedIn({ method: 'password' });
    expect((await who.try('POST', 'security.confirmTotp', { code: '123456' })).failure).toBe(
      'auth.totp-not-begun',
    );
    const { secret, uri } = await who.post<{ secret: string; uri: string }>('security.beginTotp');
    expect(uri).toContain(`otpauth://totp/Offing:${encodeURIComponent(person.email)}`);
    const code = await codeOf(secret);
    expect((await who.try('POST', 'security.confirmTotp', { code: wrongCode(code) })).failure).toBe(
      'auth.code-wrong',
    );
    const on = await who.post<{ recoveryCodes: string[] }>('security.confirmTotp', { code });
    expect(new Set(on.recoveryCodes).size).toBe(10);
    expect(on.recoveryCodes[0]).toMatch(/^([A-HJ-NP-Z2-9]{6}-){3}[A-HJ-NP-Z2-9]{6}$/);
    expect(await scene.letters.templates(person.userId)).toEqual(['second-factor-on']);
    expect(await scene.letters.templates(userId)).toEqual([]);
  });

  test('gives the session a new token and ends the old one and all others', async () => {
    const person = await scene.people.person();
    const who = await person.signedIn({ method: 'password' });
    const [other, before] = [await person.signedIn(), who.copy()];
    await withTotp(who);
    expect(await before.get('auth.me')).toEqual({ account: null });
    expect(await other.get('auth.me')).toEqual({ account: null });
    expect(await who.get('auth.me')).toMatchObject({
      account: { totp: true, recoveryCodesLeft: 10 },
      session: { method: 'totp' },
    });
  });

  test('begun again makes the earlier secret worthless; once on, it is not begun again', async () => {
    const who = await (await scene.people.person()).signedIn({ method: 'password' });
    const first = await who.post<{ secret: string }>('security.beginTotp');
    const { secret } = await who.post<{ secret: string }>('security.beginTotp');
    const stale = { code: await codeOf(first.secret) };
    expect((await who.try('POST', 'security.confirmTotp', stale)).failure).toBe('auth.code-wrong');
    await who.post('security.confirmTotp', { code: await codeOf(secret) });
    expect((await who.try('POST', 'security.beginTotp')).failure).toBe('account.name-taken');
  });

  test('an app that was never confirmed is not asked for, and taking it off is not told', async () => {
    const { email, userId, signedIn } = await scene.people.person();
    const who = await signedIn({ method: 'password' });
    await who.post('security.beginTotp');
    expect(await scene.at.visitor().post('auth.signIn', { email, password })).toEqual({
      state: 'signed-in',
    });
    await who.post('security.disableTotp');
    expect(await scene.letters.templates(userId)).toEqual(['new-sign-in']);
  });
});

describe('at two servers at the same moment', () => {
  let another: AnotherServer;
  beforeAll(async () => {
    another = await openAnotherServer(scene.at);
  });
  afterAll(() => another.close());

  test('a code of the app opens one of twenty steps that show it (TOTP replay)', async () => {
    const { userId, secret } = await guarded();
    const steps = await Promise.all(Array.from({ length: 20 }, () => stepOf(userId)));
    const code = await codeOf(secret);
    const servers = [scene.at.visitor(), another.carrying(scene.at.visitor())];
    const answers = await Promise.all(
      steps.map((step, turn) => finish(servers[turn % 2]!.copy(), step, code)),
    );
    expect(successes(answers)).toBe(1);
    const open = await scene.at.sql`select 1 from sessions where user_id = ${userId}`;
    // The one that switched the codes on, and the one of now.
    expect(open).toHaveLength(2);
  });

  test('a recovery code opens one of ten steps that show it', async () => {
    const { userId, recoveryCodes } = await guarded();
    const steps = await Promise.all(Array.from({ length: 10 }, () => stepOf(userId)));
    const servers = [scene.at.visitor(), another.carrying(scene.at.visitor())];
    const answers = await Promise.all(
      steps.map((step, turn) =>
        finish(servers[turn % 2]!.copy(), step, recoveryCodes[0]!, 'recovery-code'),
      ),
    );
    expect(successes(answers)).toBe(1);
  });
});

describe.concurrent('a code of the app', () => {
  test('used once is refused afterwards, at each step and to prove oneself again', async () => {
    const { email, userId, secret } = await guarded();
    const who = scene.at.visitor();
    const step = await begin(email, who);
    const code = await codeOf(secret);
    expect((await finish(who, step, code)).data).toEqual({ state: 'signed-in' });
    expect((await finish(scene.at.visitor(), step, code)).failure).toBe('auth.step-expired');
    const again = await finish(scene.at.visitor(), await stepOf(userId), code);
    expect(again.failure).toBe('auth.code-wrong');
    const stepUp = await who.try('POST', 'security.stepUp', { password, code });
    expect(stepUp.failure).toBe('auth.code-wrong');
  });

  test.each([
    ['the one before, 4 s late', -1, 4, true],
    ['the one before, 7 s late', -1, 7, false],
    ['the one after, 4 s early', 1, 26, true],
    ['the one after, 7 s early', 1, 23, false],
    ['the one of now', 0, 15, true],
    ['two steps before', -2, 0, false],
  ])('may be five seconds off: %s', async (_, steps, second, isRight) => {
    const { userId, secret } = await guarded();
    const nowMs = Math.floor(Date.now() / 30_000) * 30_000 + second * 1_000;
    const step = await stepOf(userId, nowMs);
    const code = await codeOf(secret, steps, nowMs);
    const given = { step, method: 'totp', code } as const;
    const done = await secondStep(inside.context(new Map(), nowMs), given);
    expect(done.ok).toBe(isRight);
  });

  test('older than one that was used is refused, though its time would be right', async () => {
    const { userId, secret } = await guarded();
    const nowMs = Math.floor(Date.now() / 30_000) * 30_000 + 2_000;
    const show = async (steps: number) => {
      const step = await stepOf(userId, nowMs);
      const code = await codeOf(secret, steps, nowMs);
      return secondStep(inside.context(new Map(), nowMs), { step, method: 'totp', code });
    };
    expect((await show(0)).ok).toBe(true);
    expect((await show(-1)).ok).toBe(false);
  });

  test.each(['', '12345', '1234567', 'abcdef', '12 34 5', '１２３４５６', '-12345', '1e5000'])(
    'that is no code is wrong and nothing worse: %j',
    async (code) => {
      const { userId } = await guarded();
      const answer = await finish(scene.at.visitor(), await stepOf(userId), code);
      expect(answer.failure).toBe('auth.code-wrong');
      expect(answer.figures).toEqual({ left: 4 });
    },
  );

  test('may be typed with a space in the middle', async () => {
    const { userId, secret } = await guarded();
    const code = (await codeOf(secret)).replace(/^.../, '$& ');
    expect((await finish(scene.at.visitor(), await stepOf(userId), code)).failure).toBeNull();
  });
});

describe.concurrent('the step before the second factor', () => {
  test('ends with the fifth mistake, of codes and recovery codes together, and the owner is told', async () => {
    const { email, userId, secret } = await guarded();
    const who = scene.at.visitor();
    const step = await begin(email, who);
    const right = await codeOf(secret);
    for (const left of [4, 3, 2, 1, 0]) {
      const method = left % 2 ? 'totp' : 'recovery-code';
      const answer = await finish(who, step, wrongCode(right), method);
      expect(answer).toMatchObject({ failure: 'auth.code-wrong', figures: { left } });
    }
    expect((await finish(who, step, right)).failure).toBe('auth.step-expired');
    expect(await scene.letters.templates(userId)).toContain('sign-in-attempts');
    expect(who.cookies.size).toBe(0);
  });

  test('counts mistakes made at the same moment', async () => {
    const { userId, secret } = await guarded();
    const step = await stepOf(userId);
    const code = wrongCode(await codeOf(secret));
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => finish(scene.at.visitor(), step, code)),
    );
    const wrong = answers.filter(({ failure }) => failure === 'auth.code-wrong');
    expect(wrong.map(({ figures }) => figures['left']).sort()).toEqual([0, 1, 2, 3, 4]);
  });

  test('is of one account: another’s code does not finish it', async () => {
    const [one, other] = [await guarded(), await guarded()];
    const step = await stepOf(one.userId);
    const code = await codeOf(other.secret);
    expect((await finish(scene.at.visitor(), step, code)).failure).toBe('auth.code-wrong');
    const swapped = `${other.userId}${step.slice(36)}`;
    expect((await finish(scene.at.visitor(), swapped, code)).failure).toBe('auth.step-expired');
    const foreign = await finish(
      scene.at.visitor(),
      step,
      other.recoveryCodes[0]!,
      'recovery-code',
    );
    expect(foreign.failure).toBe('auth.code-wrong');
  });

  test('is over after five minutes', async () => {
    const { userId, secret } = await guarded();
    const step = await stepOf(userId, Date.now() - 300_000);
    const answer = await finish(scene.at.visitor(), step, await codeOf(secret));
    expect(answer.failure).toBe('auth.step-expired');
  });

  test('is no session: nothing opens to it', async () => {
    const { userId } = await guarded();
    const who = scene.at.visitor();
    who.cookies.set('offing', await stepOf(userId));
    expect(await who.get('auth.me')).toEqual({ account: null });
  });
});

describe.concurrent('a recovery code', () => {
  test('signs in once, typed as people type, and the owner is told how many are left', async () => {
    const { email, userId, recoveryCodes } = await guarded();
    const who = scene.at.visitor();
    const typed = recoveryCodes[0]!.toLowerCase().replaceAll('-', ' ');
    await finish(who, await begin(email, who), typed, 'recovery-code');
    expect(await who.get('auth.me')).toMatchObject({
      account: { recoveryCodesLeft: 9 },
      session: { method: 'recovery-code' },
    });
    const again = await finish(scene.at.visitor(), await stepOf(userId), typed, 'recovery-code');
    expect(again.failure).toBe('auth.code-wrong');
    const told = (await scene.letters.of(userId)).find(
      ({ template }) => template === 'recovery-code-used',
    );
    expect(told!.text).toContain('9');
  });

  test('of an earlier set is void once new ones are made, and the owner is told', async () => {
    const { who, userId, recoveryCodes } = await guarded();
    const fresh = await who.post<{ recoveryCodes: string[] }>('security.renewRecoveryCodes');
    const show = async (code: string) =>
      finish(scene.at.visitor(), await stepOf(userId), code, 'recovery-code');
    expect((await show(recoveryCodes[0]!)).failure).toBe('auth.code-wrong');
    expect((await show(fresh.recoveryCodes[0]!)).failure).toBeNull();
    expect(await scene.letters.templates(userId)).toContain('recovery-codes-made');
  });

  test('is not made without a second factor', async () => {
    const who = await (await scene.people.person()).signedIn();
    expect((await who.try('POST', 'security.renewRecoveryCodes')).failure).toBe(
      'auth.second-factor-needed',
    );
  });
});

describe.concurrent('switching codes off', () => {
  test('takes recovery codes with it, opens the account to the password alone, and is told', async () => {
    const { who, email, userId } = await guarded();
    await who.post('security.disableTotp');
    expect(await scene.letters.templates(userId)).toContain('second-factor-off');
    expect(await scene.at.visitor().post('auth.signIn', { email, password })).toEqual({
      state: 'signed-in',
    });
    const left = await scene.at.sql`select 1 from recovery_codes where user_id = ${userId}`;
    expect(left).toHaveLength(0);
  });

  test('leaves no session that counts as proved by it', async () => {
    const admin = await scene.people.person({ role: 'admin' });
    const who = await admin.signedIn({ method: 'password' });
    await withTotp(who);
    expect((await who.try('GET', 'admin.users', {})).failure).toBeNull();
    await who.post('security.disableTotp');
    expect((await who.try('GET', 'admin.users', {})).failure).toBe('auth.second-factor-needed');
  });
});
