/** Takes everything of an account away at once, and with its key what its trail says of a person. */
import { and, eq, isNull, lt, notExists, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Failure } from '#core/errors.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { PersonContext } from '../call-context.ts';
import type { Queries } from '../database/queries.ts';
import { alertEvents, alerts, pushKeys, pushSubscriptions } from '../schema/alerts.ts';
import { botBars, botEvents, botOrders, bots } from '../schema/bots.ts';
import { apiTokens } from '../schema/api-tokens.ts';
import { mails } from '../schema/mails.ts';
import { accountBars, paperHours } from '../schema/market.ts';
import {
  chunks,
  encryptionKeys,
  fragments,
  replicaHeads,
  replicas,
  replicaTokens,
} from '../schema/replication.ts';
import {
  passkeyChallenges,
  passkeys,
  recoveryCodes,
  totpFactors,
} from '../schema/second-factors.ts';
import { storedSecrets } from '../schema/secrets.ts';
import { mailTokens, sessions, signInSteps } from '../schema/sessions.ts';
import {
  brokerItems,
  deals,
  equitySnapshots,
  intentEvents,
  orderIntents,
  paperBooks,
  terminalLog,
  tradeRequests,
  tradingAccounts,
} from '../schema/trading.ts';
import { letGoOfAccounts } from '../terminals/account-row.ts';
import { emailDirectory, users, userSettings } from '../schema/users.ts';
import { holdAccount, record, sendMail, withOwnAccount, type AccountWork } from './account-work.ts';
import { foldEmail } from './directory.ts';

/** Tables that hold rows of an account and nothing that must outlive it. */
const ownTables = [
  apiTokens,
  passkeys,
  recoveryCodes,
  totpFactors,
  storedSecrets,
  replicaHeads,
  replicaTokens,
  replicas,
  fragments,
  chunks,
  encryptionKeys,
  tradingAccounts,
  accountBars,
  paperHours,
  tradeRequests,
  orderIntents,
  intentEvents,
  brokerItems,
  deals,
  equitySnapshots,
  terminalLog,
  paperBooks,
  bots,
  botBars,
  botOrders,
  botEvents,
  // What alerts told goes after them: one that is being told is waited for.
  alerts,
  alertEvents,
  pushSubscriptions,
  pushKeys,
  mailTokens,
  sessions,
  signInSteps,
  emailDirectory,
  userSettings,
  users,
] as const;

/** Any number will do that no other lock has. */
const adminLock = 5_170_003;

/** `account.not-found` where the typed address is another's; `auth.last-admin` for the last one. */
export async function removeAccount(
  ctx: PersonContext,
  typedEmail: string,
): Promise<Result<{ readonly removed: true }, Failure>> {
  const { userId } = ctx.signedIn.account;
  return withOwnAccount(ctx, async ({ queries, rows, user }) => {
    if (foldEmail(typedEmail) !== foldEmail(user.email)) {
      return fail({ code: 'account.not-found', detail: 'This is not the address of the account.' });
    }
    if (user.role === 'admin' && (await isLastAdmin(queries))) return fail(lastAdmin);
    // Before the trail, as every order does.
    await letGoOfAccounts(queries, userId);
    await record(ctx, queries, userId, 'account.deleted');
    await rows.remove(mails);
    await sendMail(ctx, queries, user, 'account-deleted', { atMs: ctx.nowMs });
    await wipe(ctx.services.audit, { queries, rows, user });
    return ok({ removed: true });
  });
}

async function wipe(audit: AuditTrail, { queries, rows, user }: AccountWork): Promise<void> {
  const { userId } = user;
  await queries.delete(passkeyChallenges).where(eq(passkeyChallenges.userId, userId));
  for (const table of ownTables) await rows.remove(table);
  await audit.destroyKey(queries, userId);
}

const unconfirmedDays = 30;
const mostAtOnce = 1_000;

/** Takes away accounts whose address nobody confirmed in a month and that nobody is signed in to. */
export async function removeUnconfirmed(
  database: PostgresJsDatabase,
  audit: AuditTrail,
  nowMs: number,
): Promise<void> {
  const stale = await database
    .select({ userId: users.userId })
    .from(users)
    .where(
      and(
        isNull(users.emailVerifiedMs),
        lt(users.createdMs, nowMs - unconfirmedDays * 86_400_000),
        notExists(database.select().from(sessions).where(eq(sessions.userId, users.userId))),
      ),
    )
    .limit(mostAtOnce);
  for (const { userId } of stale) {
    await database.transaction(async (queries) => {
      const account = await holdAccount(queries, userId);
      if (account?.user.emailVerifiedMs !== null) return;
      await account.rows.remove(mails);
      await audit.append(queries, {
        userId,
        action: 'account.deleted',
        actor: 'server',
        atMs: nowMs,
        detail: {},
      });
      await wipe(audit, account);
    });
  }
}

/** Whether nobody else could run the installation; decided by one at a time. */
export async function isLastAdmin(queries: Queries): Promise<boolean> {
  await queries.execute(sql`select pg_advisory_xact_lock(${adminLock})`);
  const admins = await queries.select().from(users).where(eq(users.role, 'admin')).limit(2);
  return admins.length < 2;
}

export const lastAdmin: Failure = {
  code: 'auth.last-admin',
  detail: 'Make somebody else admin first.',
};
