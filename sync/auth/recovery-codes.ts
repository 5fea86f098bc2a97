/** Codes on paper for the day the phone is gone: ten, each good once. */
import { randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { PersonContext, ReadyContext } from '../call-context.ts';
import { passkeys, recoveryCodes } from '../schema/second-factors.ts';
import { sessions } from '../schema/sessions.ts';
import {
  circumstancesOf,
  record,
  sendMail,
  withOwnAccount,
  type AccountWork,
} from './account-work.ts';
import { sha256 } from './token.ts';
import { isTotpOn } from './totp.ts';

const codes = 10;
/** Without letters and digits that look alike. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
/** 24 of 32 letters are 120 bits: enough for a plain digest to be safe. */
const length = 24;

/** The ten codes, for the one time they are shown; those made before are gone. */
export async function makeRecoveryCodes(
  ctx: ReadyContext,
  { queries, rows, user }: AccountWork,
): Promise<readonly string[]> {
  await rows.remove(recoveryCodes);
  const made = Array.from({ length: codes }, makeCode);
  for (const code of made) {
    await rows.add(recoveryCodes, { codeHash: hashOf(code), createdMs: ctx.nowMs });
  }
  await record(ctx, queries, user.userId, 'recovery-codes.made');
  return made;
}

/** Recovery codes stand in for a second factor: `auth.second-factor-needed` without one. */
export async function renewRecoveryCodes(
  ctx: PersonContext,
): Promise<Result<readonly string[], Failure>> {
  return withOwnAccount(ctx, async (account) => {
    if (!(await isNeeded(account))) {
      return fail({ code: 'auth.second-factor-needed', detail: 'There is no second factor.' });
    }
    const { queries, user } = account;
    await sendMail(ctx, queries, user, 'recovery-codes-made', {
      atMs: ctx.nowMs,
      ...circumstancesOf(ctx),
    });
    return ok(await makeRecoveryCodes(ctx, account));
  });
}

/**
 * After the last second factor was taken off: its recovery codes go, and sessions that were
 * proved with it count as proved by the password, so that they open nothing to staff.
 */
export async function forgetSecondFactorUnlessKept(account: AccountWork): Promise<void> {
  if (await isNeeded(account)) return;
  await account.rows.remove(recoveryCodes);
  await account.rows.change(sessions, { method: 'password' });
}

async function isNeeded({ rows }: AccountWork): Promise<boolean> {
  return (await isTotpOn(rows)) || (await rows.one(passkeys)) !== null;
}

/** Whether the code is one of the account's; it is used up, and the owner told. */
export async function useRecoveryCode(
  ctx: ReadyContext,
  { queries, rows, user }: AccountWork,
  code: string,
): Promise<boolean> {
  const used = await rows.change(
    recoveryCodes,
    { usedMs: ctx.nowMs },
    and(eq(recoveryCodes.codeHash, hashOf(code)), isNull(recoveryCodes.usedMs)),
  );
  if (used === 0) return false;
  const left = await rows.read(recoveryCodes, { where: isNull(recoveryCodes.usedMs) });
  await record(ctx, queries, user.userId, 'recovery-code.used', { left: left.length });
  await sendMail(ctx, queries, user, 'recovery-code-used', {
    atMs: ctx.nowMs,
    left: left.length,
    ...circumstancesOf(ctx),
  });
  return true;
}

/** In groups of six, as it is read and typed. */
function makeCode(): string {
  const letters = [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]);
  return letters.join('').replaceAll(/(.{6})(?=.)/g, '$1-');
}

/** Typed with or without dashes, in capitals or not. */
function hashOf(code: string): string {
  return sha256(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
}
