/** From an e-mail address to its account; the one look-up that cannot name the account first. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { fail, ok, type Result } from '#core/result.ts';
import type { Failure } from '#core/errors.ts';
import type { Queries } from '../database/queries.ts';
import { mailAddress } from '../mail/address.ts';
import { emailDirectory, users } from '../schema/users.ts';

export type UserRow = typeof users.$inferSelect;

const shape = z.email().max(254);

/** The address as typed, trimmed; `auth.email-invalid` where no mail could reach it. */
export function readEmail(text: string): Result<string, Failure<'auth.email-invalid'>> {
  const address = mailAddress(text.trim());
  return address && shape.safeParse(address).success
    ? ok(address)
    : fail({ code: 'auth.email-invalid', detail: 'This is not an e-mail address.' });
}

/** One spelling for all that reach the same account. */
export function foldEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

export async function userByEmail(queries: Queries, email: string): Promise<UserRow | null> {
  const [row] = await queries
    .select({ user: users })
    .from(emailDirectory)
    .innerJoin(users, eq(users.userId, emailDirectory.userId))
    .where(eq(emailDirectory.email, foldEmail(email)));
  return row?.user ?? null;
}

/** Whether the address was free and is now this account's. */
export async function claimEmail(
  queries: Queries,
  email: string,
  userId: string,
): Promise<boolean> {
  const claimed = await queries
    .insert(emailDirectory)
    .values({ email: foldEmail(email), userId })
    .onConflictDoNothing()
    .returning({ userId: emailDirectory.userId });
  return claimed.length === 1;
}
