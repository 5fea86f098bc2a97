/** A new address: asked for with the account at hand, confirmed from the new mailbox by its owner. */
import { eq } from 'drizzle-orm';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { PersonContext, ReadyContext } from '../call-context.ts';
import { emailDirectory, users } from '../schema/users.ts';
import {
  circumstancesOf,
  record,
  sendMail,
  withAccount,
  withOwnAccount,
  type Transaction,
} from './account-work.ts';
import { checkPassword, passwordChanged } from './change-password.ts';
import { claimEmail, readEmail, userByEmail } from './directory.ts';
import { closeLinks, linkLifeHours, makeLink, readLink } from './mail-links.ts';

/** Mails a link to the new address; one that has an account already gets none, unseen here. */
export async function requestEmailChange(
  ctx: PersonContext,
  text: string,
): Promise<Result<{ readonly sent: true }, Failure>> {
  const { authDatabase, vault } = ctx.services;
  const { userId } = ctx.signedIn.account;
  const email = readEmail(text);
  if (!email.ok) return email;
  const owner = await userByEmail(authDatabase, email.value);
  const taken = owner !== null && owner.userId !== userId;
  return withOwnAccount(ctx, async ({ queries, user }) => {
    await record(ctx, queries, userId, 'email.change-requested', { email: email.value });
    if (taken) return ok({ sent: true });
    const token = await makeLink(queries, vault, {
      userId,
      kind: 'change-email',
      nowMs: ctx.nowMs,
      detail: email.value,
    });
    await sendMail(ctx, queries, { ...user, email: email.value }, 'change-email', {
      token,
      lifeHours: linkLifeHours('change-email'),
    });
    await sendMail(ctx, queries, user, 'change-email-requested', {
      atMs: ctx.nowMs,
      ...circumstancesOf(ctx),
      newAddress: email.value,
    });
    return ok({ sent: true });
  });
}

/**
 * The address from now on; the old one is told. The password is asked too: a mistyped address
 * may be a stranger's, whom the link alone must not give the account.
 */
export async function confirmEmailChange(
  ctx: ReadyContext,
  given: { readonly token: string; readonly password: string },
): Promise<Result<{ readonly email: string }, Failure>> {
  const { authDatabase, vault } = ctx.services;
  const read = (queries: Transaction) =>
    readLink(queries, vault, 'change-email', given.token, ctx.nowMs);
  const link = await authDatabase.transaction(read);
  if (!link.ok) return link;
  const { userId } = link.value;
  const right = await checkPassword(ctx, userId, given.password);
  if (!right.ok) return right;
  return withAccount(ctx, userId, async ({ queries, rows, user }) => {
    const still = await read(queries);
    if (!still.ok) return still;
    if (user.passwordHash !== right.value) return fail(passwordChanged);
    const email = still.value.detail ?? '';
    await closeLinks(queries, userId, 'change-email');
    // Those that lie in the old mailbox open nothing any more.
    await closeLinks(queries, userId, 'reset-password');
    const before = await rows.read(emailDirectory);
    await rows.remove(emailDirectory);
    if (!(await claimEmail(queries, email, userId))) {
      for (const row of before) await claimEmail(queries, row.email, userId);
      return fail({ code: 'auth.link-invalid', detail: 'The address has an account by now.' });
    }
    await rows.change(users, { email, emailVerifiedMs: ctx.nowMs }, eq(users.email, user.email));
    await record(ctx, queries, userId, 'email.changed', { before: user.email, after: email });
    await sendMail(ctx, queries, user, 'email-changed', {
      atMs: ctx.nowMs,
      ...circumstancesOf(ctx),
      newAddress: email,
    });
    return ok({ email });
  });
}
