/** What support and admins do: what they change, and whose mail or trail they read, is in that trail. */
import { and, asc, eq, gt, ilike } from 'drizzle-orm';
import type { Failure } from '#core/errors.ts';
import type { Role } from '#core/identity/roles.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { PersonContext } from '../call-context.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { readMail, type OutboxMail } from '../mail/outbox.ts';
import { passkeys } from '../schema/second-factors.ts';
import { sessions, signInSteps } from '../schema/sessions.ts';
import { emailDirectory, users } from '../schema/users.ts';
import { record, sendMail, withAccount } from './account-work.ts';
import { isLastAdmin, lastAdmin } from './remove-account.ts';
import { endSessions } from './sessions.ts';
import { isTotpOn } from './totp.ts';

/** Accounts by address, a page at a time; `search` is part of an address. */
export async function listUsers(
  queries: Queries,
  wish: { readonly search: string; readonly after: string; readonly limit: number },
) {
  const pattern = `%${wish.search.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const rows = await queries
    .select({ email: emailDirectory.email, user: users })
    .from(emailDirectory)
    .innerJoin(users, eq(users.userId, emailDirectory.userId))
    .where(and(gt(emailDirectory.email, wish.after), ilike(emailDirectory.email, pattern)))
    .orderBy(asc(emailDirectory.email))
    .limit(wish.limit + 1);
  const page = rows.slice(0, wish.limit);
  return {
    users: await Promise.all(page.map(({ user }) => describe(queries, user))),
    next: rows.length > page.length ? page.at(-1)!.email : null,
  };
}

async function describe(queries: Queries, user: typeof users.$inferSelect) {
  const rows = ownRows(queries, user.userId);
  return {
    userId: user.userId,
    email: user.email,
    displayName: user.displayName,
    role: user.role,
    emailVerified: user.emailVerifiedMs !== null,
    createdMs: user.createdMs,
    totp: await isTotpOn(rows),
    passkeys: (await rows.read(passkeys)).length,
    sessions: (await rows.read(sessions)).length,
  };
}

/** The account's sessions end, since they were proved for another role. */
export async function setRole(
  ctx: PersonContext,
  userId: string,
  role: Role,
): Promise<Result<undefined, Failure>> {
  const actor = ctx.signedIn.account.userId;
  return withAccount(ctx, userId, async ({ queries, rows, user }) => {
    if (user.role === role) return ok(undefined);
    if (user.role === 'admin' && (await isLastAdmin(queries))) return fail(lastAdmin);
    await rows.change(users, { role });
    await record(ctx, queries, userId, 'role.changed', { role }, actor);
    await endSessions(queries, userId, 'all');
    await sendMail(ctx, queries, user, 'role-changed', { atMs: ctx.nowMs, role });
    return ok(undefined);
  });
}

export async function endAllSessionsOf(
  ctx: PersonContext,
  userId: string,
): Promise<Result<number, Failure>> {
  return withAccount(ctx, userId, async ({ queries, rows }) => {
    const ended = await endSessions(queries, userId, 'all');
    // Who stands before the second step has shown the password already.
    await rows.remove(signInSteps);
    await record(ctx, queries, userId, 'sessions.revoked', {}, ctx.signedIn.account.userId);
    return ok(ended);
  });
}

/** A mail as it stands in the outbox; that it was read is added to the trail of its account. */
export async function lookAtMail(
  ctx: PersonContext,
  at: { readonly userId: string; readonly mailId: string },
): Promise<Result<OutboxMail, Failure>> {
  const { database, vault, site } = ctx.services;
  const mail = await readMail(database, vault, { ...at, productUrl: site.address });
  if (!mail) return fail({ code: 'account.not-found', detail: 'There is no such mail.' });
  // The last mail of an account outlives it; then there is no trail to add to.
  await withAccount(ctx, at.userId, async ({ queries }) => {
    const actor = ctx.signedIn.account.userId;
    await record(ctx, queries, at.userId, 'support.looked', { mail: mail.template }, actor);
    return ok(undefined);
  });
  return ok(mail);
}

/** A page of another's trail; that it was looked at is added to it. */
export async function lookAtTrail(
  ctx: PersonContext,
  userId: string,
  reading: { readonly beforeSeq?: number; readonly limit: number },
) {
  return withAccount(ctx, userId, async ({ queries }) => {
    const entries = await ctx.services.audit.list(queries, userId, reading);
    await record(ctx, queries, userId, 'support.looked', {}, ctx.signedIn.account.userId);
    return ok(entries);
  });
}
