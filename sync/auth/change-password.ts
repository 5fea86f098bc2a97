/** A new password: by the old one, or by a mailed link where the old one is lost. */
import { eq } from 'drizzle-orm';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { PersonContext, ReadyContext } from '../call-context.ts';
import { ownRows } from '../database/own-rows.ts';
import { apiTokens } from '../schema/api-tokens.ts';
import { passkeys, recoveryCodes, totpFactors } from '../schema/second-factors.ts';
import { storedSecrets } from '../schema/secrets.ts';
import { signInSteps } from '../schema/sessions.ts';
import { users } from '../schema/users.ts';
import {
  circumstancesOf,
  record,
  sendMail,
  withAccount,
  withOwnAccount,
  type AccountWork,
} from './account-work.ts';
import { foldEmail, readEmail, userByEmail } from './directory.ts';
import { mayMail } from './mail-allowance.ts';
import { closeLinks, linkLifeHours, makeLink, readLink } from './mail-links.ts';
import { continueAlone, endSessions } from './sessions.ts';
import { countGuess } from './sign-in.ts';

/** The hash that the password was found to belong to, else `auth.password-wrong`. */
export async function checkPassword(
  ctx: ReadyContext,
  userId: string,
  password: string,
): Promise<Result<string, Failure>> {
  const { authDatabase, passwords } = ctx.services;
  const user = await ownRows(authDatabase, userId).one(users);
  const right = await passwords.matches(user?.passwordHash ?? null, password);
  if (!right.ok) return right;
  if (user && right.value) return ok(user.passwordHash);
  if (user) {
    await withAccount(ctx, userId, async ({ queries }) => {
      await record(ctx, queries, userId, 'step-up.failed');
      return ok(undefined);
    });
  }
  return fail({ code: 'auth.password-wrong', detail: 'This is not the password.' });
}

export const passwordChanged: Failure = {
  code: 'auth.password-wrong',
  detail: 'The password was changed meanwhile.',
};

/** The session's new token; all other sessions end. */
export async function changePassword(
  ctx: PersonContext,
  given: { readonly current: string; readonly password: string },
): Promise<Result<{ readonly token: string }, Failure>> {
  const { findSession } = ctx.services;
  const { userId, email, displayName } = ctx.signedIn.account;
  const right = await checkPassword(ctx, userId, given.current);
  if (!right.ok) return right;
  const fresh = await hashNew(ctx, given.password, [email, displayName]);
  if (!fresh.ok) return fresh;
  return withOwnAccount(ctx, async (account) => {
    const { queries, user } = account;
    if (user.passwordHash !== right.value) return fail(passwordChanged);
    await setPassword(ctx, account, fresh.value);
    await record(ctx, queries, userId, 'password.changed');
    // The password alone is no step-up: an account with a second factor asks for that as well.
    const { method, provedMs } = ctx.signedIn.session;
    const proof = { method, provedMs, visitor: ctx.visitor, nowMs: ctx.nowMs };
    const token = await continueAlone(queries, findSession, ctx.signedIn, proof);
    return ok({ token: token.text });
  });
}

/** Mails a link to the owner of the address, if there is one; the answer is always the same. */
export async function requestReset(
  ctx: ReadyContext,
  text: string,
): Promise<Result<{ readonly sent: true }, Failure>> {
  const { authDatabase, vault } = ctx.services;
  const email = readEmail(text);
  if (!email.ok) return email;
  const user = await userByEmail(authDatabase, email.value);
  const account = { name: foldEmail(email.value), userId: user?.userId ?? null };
  const counted = await countGuess(ctx, 'auth.requestReset', account);
  if (!counted.ok) return counted;
  if (!user) return ok({ sent: true });
  const { userId } = user;
  await withAccount(ctx, userId, async ({ queries, rows }) => {
    await record(ctx, queries, userId, 'password.reset-requested');
    if (!(await mayMail(rows, 'reset-password', ctx.nowMs))) return ok(undefined);
    const link = { userId, kind: 'reset-password', nowMs: ctx.nowMs } as const;
    const token = await makeLink(queries, vault, link);
    await sendMail(ctx, queries, user, 'reset-password', {
      token,
      lifeHours: linkLifeHours('reset-password'),
    });
    return ok(undefined);
  });
  return ok({ sent: true });
}

/**
 * Sets the password by a mailed link. Everybody is signed out and programs' tokens end; second
 * factors stay, so that a mailbox alone does not open an account.
 */
export async function resetPassword(
  ctx: ReadyContext,
  given: { readonly token: string; readonly password: string },
): Promise<Result<{ readonly state: 'reset' }, Failure>> {
  const { authDatabase, vault } = ctx.services;
  const link = await authDatabase.transaction((queries) =>
    readLink(queries, vault, 'reset-password', given.token, ctx.nowMs),
  );
  if (!link.ok) return link;
  const { userId } = link.value;
  const known = await ownRows(authDatabase, userId).one(users);
  const fresh = await hashNew(ctx, given.password, [known?.email ?? '', known?.displayName ?? '']);
  if (!fresh.ok) return fresh;
  return withAccount(ctx, userId, async (account) => {
    const { queries, rows, user } = account;
    const still = await readLink(queries, vault, 'reset-password', given.token, ctx.nowMs);
    if (!still.ok) return still;
    await closeLinks(queries, userId, 'verify-email');
    await setPassword(ctx, account, fresh.value);
    // The link came by mail, so the address is the account's; what somebody set up before that
    // was shown, may have been set up by a stranger to it.
    if (user.emailVerifiedMs === null) {
      for (const table of [totpFactors, passkeys, recoveryCodes, storedSecrets]) {
        await rows.remove(table);
      }
      await rows.change(users, { emailVerifiedMs: ctx.nowMs });
      await record(ctx, queries, userId, 'email.verified');
    }
    await record(ctx, queries, userId, 'password.reset');
    await endSessions(queries, userId, 'all');
    await rows.remove(apiTokens);
    return ok({ state: 'reset' });
  });
}

async function hashNew(
  ctx: ReadyContext,
  password: string,
  words: readonly string[],
): Promise<Result<string, Failure>> {
  const { passwords } = ctx.services;
  const judged = await passwords.judge(password, words);
  return judged.ok ? passwords.hash(password) : judged;
}

/**
 * What the old password began is void: steps before a second factor, and links, whoever asked
 * for them. A change of address left open would hand the account over after all.
 */
async function setPassword(
  ctx: ReadyContext,
  { queries, rows, user }: AccountWork,
  passwordHash: string,
): Promise<void> {
  await rows.remove(signInSteps);
  await closeLinks(queries, user.userId, 'reset-password');
  await closeLinks(queries, user.userId, 'change-email');
  await rows.change(
    users,
    { passwordHash, passwordChangedMs: ctx.nowMs },
    eq(users.passwordHash, user.passwordHash),
  );
  await sendMail(ctx, queries, user, 'password-changed', {
    atMs: ctx.nowMs,
    ...circumstancesOf(ctx),
  });
}
