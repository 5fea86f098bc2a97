/** The first admin: made by whoever can read what the server prints at its start. */
import { eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { createHmac, randomBytes } from 'node:crypto';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { ReadyContext } from '../call-context.ts';
import type { Queries } from '../database/queries.ts';
import { firstAdminLink, users } from '../schema/users.ts';
import { holdAccount, record, type AccountWork, type Transaction } from './account-work.ts';
import { readEmail, userByEmail } from './directory.ts';
import { enter, handOver, startSession, type SignInAnswer } from './sign-in.ts';
import { createAccount } from './sign-up.ts';
import { sha256 } from './token.ts';

/** The one-time token while there is no admin, else null; several servers offer the same. */
export async function offerFirstAdmin(
  database: PostgresJsDatabase,
  secret: string,
): Promise<string | null> {
  const nonce = randomBytes(32).toString('base64url');
  return database.transaction(async (queries) => {
    await queries.insert(firstAdminLink).values({ nonce }).onConflictDoNothing();
    const open = await openLink(queries);
    // Looked for with the link in hand: whoever is becoming admin has done so, or no longer can.
    if (open && !(await hasAdmin(queries))) return tokenOf(secret, open.nonce);
    await queries.delete(firstAdminLink);
    return null;
  });
}

async function openLink(queries: Queries) {
  const [open] = await queries.select().from(firstAdminLink).for('update');
  return open ?? null;
}

function tokenOf(secret: string, nonce: string): string {
  return createHmac('sha256', secret).update(`first admin|${nonce}`).digest('base64url');
}

export async function isFirstAdminWanted(queries: Queries): Promise<boolean> {
  return (await queries.select().from(firstAdminLink)).length > 0;
}

/** Makes the admin, of a new address or of an account whose password is given. */
export async function becomeAdmin(
  ctx: ReadyContext,
  given: { readonly token: string; readonly email: string; readonly password: string },
): Promise<Result<SignInAnswer, Failure>> {
  const { authDatabase, passwords, secret } = ctx.services;
  const email = readEmail(given.email);
  if (!email.ok) return email;
  const isOpen = async (queries: Queries) => {
    const open = await openLink(queries);
    return open !== null && sha256(tokenOf(secret, open.nonce)) === sha256(given.token);
  };
  if (!(await isOpen(authDatabase))) return fail(linkInvalid);
  const known = await userByEmail(authDatabase, email.value);
  if (known) {
    const right = await passwords.matches(known.passwordHash, given.password);
    if (!right.ok) return right;
    if (!right.value) {
      return fail({ code: 'auth.password-wrong', detail: 'This address has another password.' });
    }
  }
  const judged = known ? ok(undefined) : await passwords.judge(given.password, [email.value]);
  if (!judged.ok) return judged;
  const passwordHash = known ? ok(known.passwordHash) : await passwords.hash(given.password);
  if (!passwordHash.ok) return passwordHash;
  const entered = await authDatabase.transaction(async (queries) => {
    // Held, so that one of two who open it at once is the first, and used up by success alone.
    if (!(await isOpen(queries))) return null;
    const created = known ?? (await createAdmin(ctx, queries, email.value, passwordHash.value));
    const account = created && (await holdAccount(queries, created.userId));
    if (!account || (known && account.user.passwordHash !== known.passwordHash)) return null;
    await queries.delete(firstAdminLink);
    await promote(ctx, account);
    const token = known ? null : await startSession(ctx, account, 'admin-link');
    return { userId: created.userId, token };
  });
  if (!entered) return fail(linkInvalid);
  // Who had an account comes in as ever, by the second step where there is one.
  if (entered.token === null) return enter(ctx, entered.userId, known?.passwordHash);
  await handOver(ctx, entered.userId, entered.token);
  return ok({ state: 'signed-in' });
}

function createAdmin(ctx: ReadyContext, queries: Transaction, email: string, passwordHash: string) {
  const displayName = '';
  const emailVerifiedMs = ctx.nowMs;
  return createAccount(ctx, queries, {
    email,
    passwordHash,
    displayName,
    role: 'admin',
    emailVerifiedMs,
  });
}

async function promote(ctx: ReadyContext, { queries, rows, user }: AccountWork): Promise<void> {
  const emailVerifiedMs = user.emailVerifiedMs ?? ctx.nowMs;
  await rows.change(users, { role: 'admin', emailVerifiedMs });
  await record(ctx, queries, user.userId, 'role.changed', { role: 'admin' }, 'server');
}

async function hasAdmin(queries: Queries): Promise<boolean> {
  return (await queries.select().from(users).where(eq(users.role, 'admin')).limit(1)).length > 0;
}

const linkInvalid: Failure = {
  code: 'auth.link-invalid',
  detail: 'The link is used up; the server prints one at its start while there is no admin.',
};
