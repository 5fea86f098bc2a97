/** One-time codes from an authenticator app, each good once. RFC 6238: SHA-1, 6 digits, 30 s. */
import { isNotNull, isNull, lt } from 'drizzle-orm';
import { generateSecret, generateURI, verify } from 'otplib';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { ReadyContext, PersonContext } from '../call-context.ts';
import type { OwnRows } from '../database/own-rows.ts';
import { totpFactors } from '../schema/second-factors.ts';
import { placeOf } from '../vault/sealed-columns.ts';
import {
  circumstancesOf,
  record,
  sendMail,
  withOwnAccount,
  type AccountWork,
} from './account-work.ts';
import { makeRecoveryCodes, forgetSecondFactorUnlessKept } from './recovery-codes.ts';
import { continueAlone } from './sessions.ts';

/** How far the clocks of phone and server may be apart. */
const toleranceSeconds = 5;

export async function isTotpOn(rows: OwnRows): Promise<boolean> {
  return (await rows.one(totpFactors, { where: isNotNull(totpFactors.confirmedMs) })) !== null;
}

/** A new secret that counts once a code of it was shown; begun again, the earlier one is gone. */
export async function beginTotp(
  ctx: PersonContext,
): Promise<Result<{ readonly secret: string; readonly uri: string }, Failure>> {
  const { userId } = ctx.signedIn.account;
  return withOwnAccount(ctx, async ({ rows, user }) => {
    if (await isTotpOn(rows)) {
      return fail({ code: 'account.name-taken', detail: 'Codes of an app are on already.' });
    }
    const secret = generateSecret();
    await rows.remove(totpFactors, isNull(totpFactors.confirmedMs));
    const sealedSecret = ctx.services.vault.seal(secret, placeOf('totpSecret', { userId }));
    await rows.add(totpFactors, { sealedSecret, createdMs: ctx.nowMs });
    const uri = generateURI({ issuer: 'Offing', label: user.email, secret });
    return ok({ secret, uri });
  });
}

/** Switches the codes on; this session goes on under a new token, all others end. */
export async function confirmTotp(
  ctx: PersonContext,
  code: string,
): Promise<Result<{ readonly token: string; readonly recoveryCodes: readonly string[] }, Failure>> {
  const { userId } = ctx.signedIn.account;
  return withOwnAccount(ctx, async (account) => {
    const { queries, rows, user } = account;
    const pending = await rows.one(totpFactors, { where: isNull(totpFactors.confirmedMs) });
    if (!pending) return fail({ code: 'auth.totp-not-begun', detail: 'Begin with a new secret.' });
    if (!(await takeCode(ctx, account, code))) return fail(wrongCode);
    await rows.change(totpFactors, { confirmedMs: ctx.nowMs });
    const recoveryCodes = await makeRecoveryCodes(ctx, account);
    await record(ctx, queries, userId, 'totp.enabled');
    await sendMail(ctx, queries, user, 'second-factor-on', {
      atMs: ctx.nowMs,
      ...circumstancesOf(ctx),
    });
    const token = await continueAlone(queries, ctx.services.findSession, ctx.signedIn, {
      method: 'totp',
      visitor: ctx.visitor,
      nowMs: ctx.nowMs,
    });
    return ok({ token: token.text, recoveryCodes });
  });
}

export async function disableTotp(ctx: PersonContext): Promise<Result<undefined, Failure>> {
  const { userId } = ctx.signedIn.account;
  return withOwnAccount(ctx, async (account) => {
    const { queries, rows, user } = account;
    const isOn = await isTotpOn(rows);
    await rows.remove(totpFactors);
    if (!isOn) return ok(undefined);
    await forgetSecondFactorUnlessKept(account);
    await record(ctx, queries, userId, 'totp.disabled');
    await sendMail(ctx, queries, user, 'second-factor-off', {
      atMs: ctx.nowMs,
      ...circumstancesOf(ctx),
    });
    return ok(undefined);
  });
}

/** Whether the code is of the account's app and was not used before; it is used up by asking. */
export async function useTotpCode(
  ctx: ReadyContext,
  account: AccountWork,
  code: string,
): Promise<boolean> {
  return (await isTotpOn(account.rows)) && takeCode(ctx, account, code);
}

async function takeCode(
  ctx: ReadyContext,
  { rows, user }: AccountWork,
  code: string,
): Promise<boolean> {
  const token = code.replaceAll(/\s/g, '');
  const factor = await rows.one(totpFactors);
  // Anything else than six digits makes the library throw.
  if (!factor || !/^[0-9]{6}$/.test(token)) return false;
  const secret = ctx.services.vault.open(
    factor.sealedSecret,
    placeOf('totpSecret', { userId: user.userId }),
  );
  const epoch = Math.floor(ctx.nowMs / 1000);
  const checked = await verify({ secret, token, epoch, epochTolerance: toleranceSeconds });
  if (!checked.valid || !('timeStep' in checked)) return false;
  // One statement decides between two that show the same code at once.
  const { timeStep } = checked;
  const taken = await rows.change(
    totpFactors,
    { lastStep: timeStep },
    lt(totpFactors.lastStep, timeStep),
  );
  return taken === 1;
}

const wrongCode: Failure = {
  code: 'auth.code-wrong',
  detail: 'The code is wrong or was used before.',
};
