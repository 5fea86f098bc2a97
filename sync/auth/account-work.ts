/** Changes to one account: a transaction that holds the account, and the trail and mail it leaves. */
import { eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { AuditAction } from '#core/identity/audit-actions.ts';
import type { Failure } from '#core/errors.ts';
import { deviceWords } from '#core/identity/device-words.ts';
import { fail, type Result } from '#core/result.ts';
import type { CallContext, PersonContext, ReadyContext } from '../call-context.ts';
import { ownRows, type OwnRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import type { TemplateData, TemplateName } from '../mail/templates/registry.ts';
import { sessions } from '../schema/sessions.ts';
import { users } from '../schema/users.ts';
import type { UserRow } from './directory.ts';

export type Transaction = Parameters<Parameters<PostgresJsDatabase['transaction']>[0]>[0];

export interface AccountWork {
  readonly queries: Transaction;
  readonly rows: OwnRows;
  readonly user: UserRow;
}

/**
 * Runs `work` while nothing else changes the account; what it returns is committed, failures
 * too, and what it throws is rolled back.
 *
 * Locks are taken in one order everywhere: the account, then the head of its audit trail.
 * `account.not-found` where it was deleted meanwhile.
 */
export async function withAccount<T>(
  ctx: ReadyContext,
  userId: string,
  work: (account: AccountWork) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  return ctx.services.authDatabase.transaction(async (queries) => {
    const account = await holdAccount(queries, userId);
    if (account) return work(account);
    return fail({ code: 'account.not-found', detail: 'The account was deleted.' });
  });
}

/**
 * The same for the account that calls: `auth.sign-in-needed` where its session was ended, or got
 * another token, since the call was let in.
 */
export async function withOwnAccount<T>(
  ctx: PersonContext,
  work: (account: AccountWork) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const { account, session } = ctx.signedIn;
  return withAccount(ctx, account.userId, async (held) => {
    const where = eq(sessions.tokenHash, session.tokenHash);
    if (await held.rows.one(sessions, { where })) return work(held);
    return fail({ code: 'auth.sign-in-needed', detail: 'The session ended meanwhile.' });
  });
}

/** The account, kept from others until the transaction ends; null where there is none. */
export async function holdAccount(
  queries: Transaction,
  userId: string,
): Promise<AccountWork | null> {
  const rows = ownRows(queries, userId);
  const user = await rows.one(users, { lock: 'update' });
  return user && { queries, rows, user };
}

/** Adds to the account's trail, with where it came from. */
export async function record(
  ctx: ReadyContext,
  queries: Transaction,
  userId: string,
  action: AuditAction,
  detail: Readonly<Record<string, string | number | boolean>> = {},
  actor: string = userId,
): Promise<void> {
  await ctx.services.audit.append(queries, {
    userId,
    action,
    actor,
    atMs: ctx.nowMs,
    detail: { ...detail, ...circumstancesOf(ctx) },
  });
}

/** Queues a mail that is sent if and only if the transaction commits. */
export async function sendMail<Name extends TemplateName>(
  ctx: ReadyContext,
  queries: Queries,
  user: Pick<UserRow, 'userId' | 'email'>,
  template: Name,
  data: TemplateData<Name>,
): Promise<void> {
  await ctx.services.mailer.queue(queries, {
    userId: user.userId,
    to: user.email,
    template,
    data,
    requestId: ctx.requestId,
    nowMs: ctx.nowMs,
  });
}

/** Where a call came from, as trails and mails say it. */
export function circumstancesOf(ctx: CallContext) {
  const { address, userAgent } = ctx.visitor;
  return { address, device: deviceWords(userAgent) };
}
