/** Coming in and going out: what strangers may ask, and what the page asks about whoever is here. */
import { z } from 'zod';
import { ok } from '#core/result.ts';
import { minPasswordLength } from '#core/identity/password-policy.ts';
import { resetPassword, requestReset } from '../auth/change-password.ts';
import { confirmEmailChange } from '../auth/change-email.ts';
import { becomeAdmin, isFirstAdminWanted } from '../auth/first-admin.ts';
import { record, withAccount } from '../auth/account-work.ts';
import { askForPasskey, checkPasskey, worksUnder } from '../auth/passkeys.ts';
import { endSessions } from '../auth/sessions.ts';
import { handOver, secondStep, signIn, startSession } from '../auth/sign-in.ts';
import { resendVerification, signUp, verifyEmail } from '../auth/sign-up.ts';
import { accountFloorMs, atFloor } from '../auth/time-floor.ts';
import { stepUpMs } from '../needs.ts';
import { openProcedure, personProcedure, router, unwrap } from '../trpc.ts';
import { emailText, nameText, passkeyResponse, passwordText, tokenText } from './inputs.ts';

const stranger = { access: 'anyone', limit: 'auth' } as const;

export const auth = router({
  /** Who is signed in here; null for nobody. */
  me: openProcedure({ access: 'anyone', limit: 'data' }).query(({ ctx }) => {
    if (!ctx.signedIn) return { account: null };
    const { account, session } = ctx.signedIn;
    const { createdMs, ...facts } = account;
    return {
      account: facts,
      session: {
        sessionId: session.sessionId,
        provedMs: session.provedMs,
        stepUpUntilMs: session.provedMs + stepUpMs,
        expiresMs: session.expiresMs,
        method: session.method,
      },
    };
  }),

  /** What the pages of signing in and up need to know of this server. */
  options: openProcedure({ access: 'anyone', limit: 'data' }).query(async ({ ctx }) => {
    const { site, authDatabase } = ctx.services;
    const passkeysHere = worksUnder(site, ctx.hostname);
    const elsewhere = site.origins.find((origin) => worksUnder(site, new URL(origin).hostname));
    return {
      minPasswordLength,
      passkeysHere,
      passkeyAddress: passkeysHere ? null : (elsewhere ?? null),
      mailByConsole: site.mailByConsole,
      firstAdminWanted: await isFirstAdminWanted(authDatabase),
    };
  }),

  signUp: openProcedure(stranger)
    .input(
      z.strictObject({
        email: emailText,
        password: passwordText,
        displayName: nameText(0).default(''),
      }),
    )
    .mutation(({ ctx, input }) =>
      atFloor(accountFloorMs, async () => unwrap(ctx, await signUp(ctx, input))),
    ),

  verifyEmail: openProcedure(stranger)
    .input(z.strictObject({ token: tokenText, password: passwordText }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await verifyEmail(ctx, input))),

  resendVerification: personProcedure({ access: 'account', limit: 'auth' }).mutation(
    async ({ ctx }) => unwrap(ctx, await resendVerification(ctx, ctx.userId)),
  ),

  signIn: openProcedure(stranger)
    .input(z.strictObject({ email: emailText, password: passwordText }))
    .mutation(({ ctx, input }) =>
      atFloor(accountFloorMs, async () => unwrap(ctx, await signIn(ctx, input))),
    ),

  secondStep: openProcedure(stranger)
    .input(
      z.strictObject({
        step: tokenText,
        method: z.enum(['totp', 'recovery-code']),
        code: z.string().max(60),
      }),
    )
    .mutation(async ({ ctx, input }) => unwrap(ctx, await secondStep(ctx, input))),

  passkeyOptions: openProcedure(stranger).mutation(async ({ ctx }) =>
    unwrap(ctx, await askForPasskey(ctx, 'sign-in', null)),
  ),

  passkeySignIn: openProcedure(stranger)
    .input(z.strictObject({ response: passkeyResponse }))
    .mutation(async ({ ctx, input }) => {
      const { userId } = unwrap(ctx, await checkPasskey(ctx, 'sign-in', input.response, null));
      const entered = await withAccount(ctx, userId, async (account) =>
        ok(await startSession(ctx, account, 'passkey')),
      );
      await handOver(ctx, userId, unwrap(ctx, entered));
      return { state: 'signed-in' as const };
    }),

  requestReset: openProcedure(stranger)
    .input(z.strictObject({ email: emailText }))
    .mutation(({ ctx, input }) =>
      atFloor(accountFloorMs, async () => unwrap(ctx, await requestReset(ctx, input.email))),
    ),

  resetPassword: openProcedure(stranger)
    .input(z.strictObject({ token: tokenText, password: passwordText }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await resetPassword(ctx, input))),

  confirmEmail: openProcedure(stranger)
    .input(z.strictObject({ token: tokenText, password: passwordText }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await confirmEmailChange(ctx, input))),

  becomeAdmin: openProcedure(stranger)
    .input(z.strictObject({ token: tokenText, email: emailText, password: passwordText }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await becomeAdmin(ctx, input))),

  /** Ends this session; also said by a page that is signed out already. */
  signOut: openProcedure({ access: 'anyone', limit: 'data' }).mutation(async ({ ctx }) => {
    if (ctx.signedIn) {
      const { account, session } = ctx.signedIn;
      await withAccount(ctx, account.userId, async ({ queries }) => {
        await endSessions(queries, account.userId, { tokenHash: session.tokenHash });
        await record(ctx, queries, account.userId, 'sign-out');
        return ok(undefined);
      });
    }
    ctx.setCookie('session', null);
    return { signedOut: true as const };
  }),
});
