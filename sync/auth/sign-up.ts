/** From an address and a password to an account that a mail confirms. */
import { randomUUID } from 'node:crypto';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Role } from '#core/identity/roles.ts';
import type { ReadyContext } from '../call-context.ts';
import { ownRows } from '../database/own-rows.ts';
import { users } from '../schema/users.ts';
import { holdAccount, record, sendMail, withAccount, type Transaction } from './account-work.ts';
import { claimEmail, readEmail, userByEmail, type UserRow } from './directory.ts';
import { mayMail } from './mail-allowance.ts';
import { closeLinks, linkLifeHours, makeLink, readLink } from './mail-links.ts';
import { enter, type SignInAnswer } from './sign-in.ts';

interface NewAccount {
  readonly email: string;
  readonly passwordHash: string;
  readonly displayName: string;
  readonly role: Role;
  readonly emailVerifiedMs: number | null;
}

/**
 * Makes the account and mails the link that confirms it. Whoever has the address already gets
 * another mail, and the caller the same answer.
 */
export async function signUp(
  ctx: ReadyContext,
  wish: { readonly email: string; readonly password: string; readonly displayName: string },
): Promise<Result<{ readonly sent: true }, Failure>> {
  const { passwords, authDatabase } = ctx.services;
  const email = readEmail(wish.email);
  if (!email.ok) return email;
  const judged = await passwords.judge(wish.password, [email.value, wish.displayName]);
  if (!judged.ok) return judged;
  const passwordHash = await passwords.hash(wish.password);
  if (!passwordHash.ok) return passwordHash;
  await authDatabase.transaction(async (queries) => {
    const account: NewAccount = {
      email: email.value,
      passwordHash: passwordHash.value,
      displayName: wish.displayName,
      role: 'trader',
      emailVerifiedMs: null,
    };
    const user = await createAccount(ctx, queries, account);
    if (user) return mailVerification(ctx, queries, user);
    const known = await userByEmail(queries, email.value);
    const held = known && (await holdAccount(queries, known.userId));
    // Deleted this very moment: whoever signs up again finds the address free.
    if (!held) return;
    if (held.user.emailVerifiedMs === null) return mailVerification(ctx, queries, held.user);
    if (!(await mayMail(held.rows, 'already-registered', ctx.nowMs))) return;
    await sendMail(ctx, queries, held.user, 'already-registered', {});
  });
  return ok({ sent: true });
}

/** The new account, or null where the address is taken. */
export async function createAccount(
  ctx: ReadyContext,
  queries: Transaction,
  account: NewAccount,
): Promise<UserRow | null> {
  const userId = randomUUID();
  if (!(await claimEmail(queries, account.email, userId))) return null;
  const row = { ...account, passwordChangedMs: ctx.nowMs, createdMs: ctx.nowMs };
  await ownRows(queries, userId).add(users, row);
  await ctx.services.audit.open(queries, userId);
  await record(ctx, queries, userId, 'account.created', { email: account.email });
  return { userId, ...row };
}

async function mailVerification(
  ctx: ReadyContext,
  queries: Transaction,
  user: UserRow,
): Promise<void> {
  const { vault } = ctx.services;
  const { userId } = user;
  if (!(await mayMail(ownRows(queries, userId), 'verify-email', ctx.nowMs))) return;
  const token = await makeLink(queries, vault, { userId, kind: 'verify-email', nowMs: ctx.nowMs });
  await sendMail(ctx, queries, user, 'verify-email', {
    token,
    lifeHours: linkLifeHours('verify-email'),
  });
}

/**
 * Confirms the address and signs in. The password is asked too: the mail may have come to
 * somebody whom another signed up, and who must not confirm that other's password.
 */
export async function verifyEmail(
  ctx: ReadyContext,
  given: { readonly token: string; readonly password: string },
): Promise<Result<SignInAnswer, Failure>> {
  const { authDatabase, passwords, vault } = ctx.services;
  const read = (queries: Transaction) =>
    readLink(queries, vault, 'verify-email', given.token, ctx.nowMs);
  const link = await authDatabase.transaction(read);
  if (!link.ok) return link;
  const { userId } = link.value;
  const known = await ownRows(authDatabase, userId).one(users);
  const right = await passwords.matches(known?.passwordHash ?? null, given.password);
  if (!right.ok) return right;
  if (!right.value) {
    return fail({ code: 'auth.password-wrong', detail: 'This is not the password of sign-up.' });
  }
  const verified = await withAccount(ctx, userId, async ({ queries, rows, user }) => {
    const still = await read(queries);
    if (!still.ok) return still;
    if (user.passwordHash !== known?.passwordHash) {
      return fail({ code: 'auth.password-wrong', detail: 'The password was changed meanwhile.' });
    }
    const isFirst = user.emailVerifiedMs === null;
    await closeLinks(queries, userId, 'verify-email');
    if (isFirst) {
      await rows.change(users, { emailVerifiedMs: ctx.nowMs });
      await record(ctx, queries, userId, 'email.verified');
      await sendMail(ctx, queries, user, 'welcome', {});
    }
    return ok(undefined);
  });
  return verified.ok ? enter(ctx, userId, known?.passwordHash) : verified;
}

/** Mails the link again to the account that asks. */
export async function resendVerification(
  ctx: ReadyContext,
  userId: string,
): Promise<Result<{ readonly sent: true }, Failure>> {
  return withAccount(ctx, userId, async ({ queries, user }) => {
    if (user.emailVerifiedMs === null) await mailVerification(ctx, queries, user);
    return ok({ sent: true });
  });
}
