/** Proving once more who one is, before what could not be taken back. */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { PersonContext } from '../call-context.ts';
import { record, withOwnAccount, type AccountWork } from './account-work.ts';
import { checkPasskey } from './passkeys.ts';
import { renewSession } from './sessions.ts';
import { hasSecondFactor, type SignInMethod } from './sign-in-method.ts';
import { isTotpOn, useTotpCode } from './totp.ts';
import { checkPassword, passwordChanged } from './change-password.ts';

/** The session's new token; the old one is dead. */
type SteppedUp = Result<{ readonly token: string }, Failure>;

/** By password, with a code where the account has an app; with passkeys alone, by passkey. */
export async function stepUp(
  ctx: PersonContext,
  given: { readonly password: string; readonly code: string | undefined },
): Promise<SteppedUp> {
  const { userId } = ctx.signedIn.account;
  const right = await checkPassword(ctx, userId, given.password);
  if (!right.ok) return right;
  return withOwnAccount(ctx, async (account): Promise<SteppedUp> => {
    if (account.user.passwordHash !== right.value) return fail(passwordChanged);
    if (await isTotpOn(account.rows)) {
      if (!(await useTotpCode(ctx, account, given.code ?? ''))) {
        await record(ctx, account.queries, userId, 'step-up.failed');
        return fail({ code: 'auth.code-wrong', detail: 'The code is wrong or was used before.' });
      }
      return proved(ctx, account, 'totp');
    }
    if (ctx.signedIn.account.passkeys > 0) {
      return fail({ code: 'auth.second-factor-needed', detail: 'Use your passkey.' });
    }
    const { method } = ctx.signedIn.session;
    return proved(ctx, account, hasSecondFactor(method) ? method : 'password');
  });
}

export async function stepUpByPasskey(
  ctx: PersonContext,
  response: AuthenticationResponseJSON,
): Promise<SteppedUp> {
  const { userId } = ctx.signedIn.account;
  const checked = await checkPasskey(ctx, 'step-up', response, userId);
  return withOwnAccount(ctx, async (account) => {
    if (checked.ok) return proved(ctx, account, 'passkey');
    await record(ctx, account.queries, userId, 'step-up.failed');
    return checked;
  });
}

async function proved(
  ctx: PersonContext,
  { queries, user }: AccountWork,
  method: SignInMethod,
): Promise<SteppedUp> {
  await record(ctx, queries, user.userId, 'step-up.succeeded', { method });
  const { visitor, nowMs, signedIn } = ctx;
  const proof = { method, visitor, nowMs };
  const token = await renewSession(queries, ctx.services.findSession, signedIn, proof);
  return ok({ token: token.text });
}
