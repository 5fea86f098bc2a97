/** From a password to a session, or to the second step that stands before it. */
import { and, desc, eq, gt, sql } from 'drizzle-orm';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { ReadyContext } from '../call-context.ts';
import { ownRows } from '../database/own-rows.ts';
import { auditEntries } from '../schema/audit.ts';
import { passkeys } from '../schema/second-factors.ts';
import { signInSteps } from '../schema/sessions.ts';
import {
  circumstancesOf,
  record,
  sendMail,
  withAccount,
  type AccountWork,
} from './account-work.ts';
import { countCalls } from './authorise.ts';
import { foldEmail, userByEmail } from './directory.ts';
import { makeDeviceMark, readDeviceMark } from './known-device.ts';
import { mayMail } from './mail-allowance.ts';
import { useRecoveryCode } from './recovery-codes.ts';
import { createSession, endSessions } from './sessions.ts';
import type { SignInMethod } from './sign-in-method.ts';
import { makeToken, readToken } from './token.ts';
import { isTotpOn, useTotpCode } from './totp.ts';

export type SecondStepMethod = 'totp' | 'recovery-code' | 'passkey';

export type SignInAnswer =
  | { readonly state: 'signed-in' }
  | {
      readonly state: 'second-step';
      /** Shown with the second factor within five minutes; not a session. */
      readonly step: string;
      readonly methods: readonly SecondStepMethod[];
      readonly expiresMs: number;
    };

const stepLifeMs = 300_000;
const mostFailures = 5;
/** So many wrong passwords within an hour are told to the owner, once. */
const warnAfter = 5;

const wrong: Failure = {
  code: 'auth.credentials-wrong',
  detail: 'The e-mail address or the password is wrong.',
};

/** The same answer for a wrong password and for an address without account. */
export async function signIn(
  ctx: ReadyContext,
  given: { readonly email: string; readonly password: string },
): Promise<Result<SignInAnswer, Failure>> {
  const { authDatabase, passwords } = ctx.services;
  const user = await userByEmail(authDatabase, given.email);
  const account = { name: foldEmail(given.email), userId: user?.userId ?? null };
  const counted = await countGuess(ctx, 'auth.signIn', account);
  if (!counted.ok) return counted;
  const right = await passwords.matches(user?.passwordHash ?? null, given.password);
  if (!right.ok) return right;
  if (!user) return fail(wrong);
  if (!right.value) return noteFailure(ctx, user.userId);
  return enter(ctx, user.userId, user.passwordHash);
}

/**
 * Counts a try at an account: a device that has been signed in to it before has an allowance
 * of its own, all others share one. `name` stands for the account whether there is one or not.
 */
export async function countGuess(
  ctx: ReadyContext,
  path: string,
  account: { readonly name: string; readonly userId: string | null },
): Promise<Result<void, Failure>> {
  const { secret, limits } = ctx.services;
  const { name, userId } = account;
  const nonce = userId && readDeviceMark(secret, ctx.credentials.device, userId);
  const counted = nonce
    ? { kind: 'device' as const, subject: `${userId}.${nonce}`, limit: limits.auth }
    : { kind: 'stranger' as const, subject: name, limit: limits.auth };
  return countCalls(ctx.services, path, [counted], ctx.nowMs);
}

async function noteFailure(ctx: ReadyContext, userId: string): Promise<Result<never, Failure>> {
  const noted = await withAccount(ctx, userId, async (account) => {
    const { queries, rows } = account;
    await record(ctx, queries, userId, 'sign-in.failed');
    const recent = await rows.read(auditEntries, {
      where: and(
        gt(auditEntries.atMs, ctx.nowMs - 3_600_000),
        eq(auditEntries.action, 'sign-in.failed'),
      ),
      orderBy: [desc(auditEntries.seq)],
      limit: warnAfter,
    });
    if (recent.length >= warnAfter) await warnOwner(ctx, account, warnAfter);
    return ok(undefined);
  });
  return fail(noted.ok ? wrong : noted.error);
}

/** Tells the owner of mistakes, once an hour at most. */
async function warnOwner(ctx: ReadyContext, account: AccountWork, count: number): Promise<void> {
  const { queries, rows, user } = account;
  if (!(await mayMail(rows, 'sign-in-attempts', ctx.nowMs, 1))) return;
  await sendMail(ctx, queries, user, 'sign-in-attempts', {
    atMs: ctx.nowMs,
    count,
    ...circumstancesOf(ctx),
  });
}

/**
 * Lets the owner in once the password was shown: at once, or after the second step.
 *
 * `passwordHash` is what was checked: changed meanwhile, it opens nothing.
 */
export async function enter(
  ctx: ReadyContext,
  userId: string,
  passwordHash?: string,
): Promise<Result<SignInAnswer, Failure>> {
  type Entered = { readonly session: string } | Exclude<SignInAnswer, { state: 'signed-in' }>;
  const entered = await withAccount<Entered>(ctx, userId, async (account) => {
    const { rows, user } = account;
    if (passwordHash !== undefined && user.passwordHash !== passwordHash) return fail(wrong);
    const methods = await secondStepMethods(account);
    if (methods.length === 0) return ok({ session: await startSession(ctx, account, 'password') });
    await rows.remove(signInSteps, sql`${signInSteps.expiresMs} <= ${ctx.nowMs}`);
    const step = makeToken(userId);
    const expiresMs = ctx.nowMs + stepLifeMs;
    await rows.add(signInSteps, { tokenHash: step.hash, expiresMs });
    return ok({ state: 'second-step' as const, step: step.text, methods, expiresMs });
  });
  if (!entered.ok) return entered.error.code === 'account.not-found' ? fail(wrong) : entered;
  if (!('session' in entered.value)) return ok(entered.value);
  await handOver(ctx, userId, entered.value.session);
  return ok({ state: 'signed-in' });
}

async function secondStepMethods({ rows }: AccountWork): Promise<readonly SecondStepMethod[]> {
  const totp = await isTotpOn(rows);
  const passkey = (await rows.one(passkeys)) !== null;
  if (!totp && !passkey) return [];
  return [
    ...(totp ? (['totp'] as const) : []),
    ...(passkey ? (['passkey'] as const) : []),
    'recovery-code',
  ];
}

/** The second factor: a code from the app or a recovery code; five mistakes end the step. */
export async function secondStep(
  ctx: ReadyContext,
  given: {
    readonly step: string;
    readonly method: 'totp' | 'recovery-code';
    readonly code: string;
  },
): Promise<Result<{ readonly state: 'signed-in' }, Failure>> {
  const step = readToken(given.step);
  if (!step) return fail(expired);
  const { userId } = step;
  const named = eq(signInSteps.tokenHash, step.hash);
  const stillOpen = { where: and(named, gt(signInSteps.expiresMs, ctx.nowMs)) };
  if (!(await ownRows(ctx.services.authDatabase, userId).one(signInSteps, stillOpen))) {
    return fail(expired);
  }
  // Whoever has the password makes steps at will: it is the account's codes that are guessed at.
  const counted = await countGuess(ctx, 'auth.secondStep', { name: userId, userId });
  if (!counted.ok) return counted;
  const done = await withAccount(ctx, userId, async (account) => {
    const { queries, rows } = account;
    const open = await rows.one(signInSteps, stillOpen);
    if (!open || open.failures >= mostFailures) return fail(expired);
    const isRight =
      given.method === 'totp'
        ? await useTotpCode(ctx, account, given.code)
        : await useRecoveryCode(ctx, account, given.code);
    if (!isRight) {
      const left = mostFailures - open.failures - 1;
      if (left > 0) await rows.change(signInSteps, { failures: open.failures + 1 }, named);
      else await rows.remove(signInSteps, named);
      await record(ctx, queries, userId, 'sign-in.second-step-failed');
      if (left === 0) await warnOwner(ctx, account, mostFailures);
      return fail({
        code: 'auth.code-wrong' as const,
        detail: 'The code is wrong or was used before.',
        figures: { left },
      });
    }
    await rows.remove(signInSteps, named);
    return ok(await startSession(ctx, account, given.method));
  });
  if (!done.ok) return done.error.code === 'account.not-found' ? fail(expired) : done;
  await handOver(ctx, userId, done.value);
  return ok({ state: 'signed-in' });
}

const expired: Failure = { code: 'auth.step-expired', detail: 'Begin again with the password.' };

/** A new session in the account's transaction; the token goes to the device after the commit. */
export async function startSession(
  ctx: ReadyContext,
  { queries, user }: AccountWork,
  method: SignInMethod,
): Promise<string> {
  const { findSession, secret } = ctx.services;
  const { userId } = user;
  const { visitor, nowMs } = ctx;
  const token = await createSession(queries, findSession, { userId, method, visitor, nowMs });
  await record(ctx, queries, userId, 'sign-in.succeeded', { method });
  const isNewDevice = readDeviceMark(secret, ctx.credentials.device, userId) === null;
  // Who has just confirmed the address, or not yet, is setting the account up.
  if (isNewDevice && user.emailVerifiedMs !== null && user.emailVerifiedMs !== nowMs) {
    await sendMail(ctx, queries, user, 'new-sign-in', { atMs: nowMs, ...circumstancesOf(ctx) });
  }
  return token.text;
}

/** Gives the device its cookies; the session it had before is dead. */
export async function handOver(ctx: ReadyContext, userId: string, token: string): Promise<void> {
  const { secret, authDatabase } = ctx.services;
  const before = readToken(ctx.credentials.session ?? '');
  if (before) await endSessions(authDatabase, before.userId, { tokenHash: before.hash });
  ctx.setCookie('session', token);
  if (readDeviceMark(secret, ctx.credentials.device, userId) === null) {
    ctx.setCookie('device', makeDeviceMark(secret, userId));
  }
}
