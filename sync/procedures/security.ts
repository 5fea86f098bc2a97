/** What keeps an account safe: password, second factors, sessions, tokens, keys, and the trail. */
import { desc } from 'drizzle-orm';
import { z } from 'zod';
import { ok } from '#core/result.ts';
import { tokenScopes } from '#core/identity/token-scopes.ts';
import {
  circumstancesOf,
  record,
  sendMail,
  withAccount,
  withOwnAccount,
} from '../auth/account-work.ts';
import { createApiToken, listApiTokens, revokeApiToken } from '../auth/api-tokens.ts';
import { requestEmailChange } from '../auth/change-email.ts';
import { changePassword } from '../auth/change-password.ts';
import {
  addPasskey,
  askForNewPasskey,
  askForPasskey,
  listPasskeys,
  removePasskey,
  renamePasskey,
} from '../auth/passkeys.ts';
import { renewRecoveryCodes } from '../auth/recovery-codes.ts';
import { endSessions } from '../auth/sessions.ts';
import { stepUp, stepUpByPasskey } from '../auth/step-up.ts';
import { accountFloorMs, atFloor } from '../auth/time-floor.ts';
import { beginTotp, confirmTotp, disableTotp } from '../auth/totp.ts';
import { ownRows } from '../database/own-rows.ts';
import { sessions } from '../schema/sessions.ts';
import { longestSecretBytes, secretKinds } from '../secrets/secret-store.ts';
import { stepUpMs } from '../needs.ts';
import { personProcedure, procedure, router, unwrap } from '../trpc.ts';
import { inApi } from './in-api.ts';
import {
  credentialIdText,
  emailText,
  idText,
  nameText,
  newPasskeyResponse,
  passkeyResponse,
  passwordText,
} from './inputs.ts';
import {
  auditPage,
  auditShape,
  pageOf,
  sayEntries,
  sessionShape,
  tokenShape,
  verdictShape,
} from './outputs.ts';

const reading = { access: 'account', limit: 'data' } as const;
const proving = { access: 'account', limit: 'auth' } as const;
const changing = { access: 'account', limit: 'data' } as const;
const sensitive = { access: 'account', limit: 'data', stepUp: true } as const;
const entrusting = { ...sensitive, verified: true } as const;

export const security = router({
  sessions: procedure({ ...reading, scope: 'security:read' })
    .meta(
      inApi({
        method: 'GET',
        path: '/sessions',
        summary: 'Where the account is signed in',
        tag: 'Security',
      }),
    )
    .input(z.void())
    .output(z.object({ sessions: z.array(sessionShape) }))
    .query(async ({ ctx }) => {
      const rows = await ownRows(ctx.services.database, ctx.userId).read(sessions, {
        orderBy: [desc(sessions.lastSeenMs)],
      });
      const here = ctx.signedIn?.session.sessionId;
      return {
        sessions: rows
          .filter(({ expiresMs }) => expiresMs > ctx.nowMs)
          .map((row) => ({
            sessionId: row.sessionId,
            isThis: row.sessionId === here,
            createdMs: row.firstCreatedMs,
            lastSeenMs: row.lastSeenMs,
            expiresMs: row.expiresMs,
            method: row.method,
            address: row.address,
            userAgent: row.userAgent,
          })),
      };
    }),

  revokeSession: personProcedure(sensitive)
    .input(z.strictObject({ sessionId: idText }))
    .mutation(async ({ ctx, input }) => {
      const ended = await withAccount(ctx, ctx.userId, async ({ queries }) => {
        const revoked = await endSessions(queries, ctx.userId, input);
        if (revoked > 0) await record(ctx, queries, ctx.userId, 'session.revoked', input);
        return ok({ revoked });
      });
      return unwrap(ctx, ended);
    }),

  revokeOthers: personProcedure(sensitive).mutation(async ({ ctx }) => {
    const except = ctx.signedIn.session.sessionId;
    const ended = await withAccount(ctx, ctx.userId, async ({ queries }) => {
      const revoked = await endSessions(queries, ctx.userId, { except });
      await record(ctx, queries, ctx.userId, 'sessions.revoked', { revoked });
      return ok({ revoked });
    });
    return unwrap(ctx, ended);
  }),

  changePassword: personProcedure(proving)
    .input(z.strictObject({ current: passwordText, password: passwordText }))
    .mutation(async ({ ctx, input }) => {
      ctx.setCookie('session', unwrap(ctx, await changePassword(ctx, input)).token);
      return { changed: true as const };
    }),

  stepUp: personProcedure(proving)
    .input(z.strictObject({ password: passwordText, code: z.string().max(20).optional() }))
    .mutation(async ({ ctx, input }) => {
      const given = { password: input.password, code: input.code };
      ctx.setCookie('session', unwrap(ctx, await stepUp(ctx, given)).token);
      return { stepUpUntilMs: ctx.nowMs + stepUpMs };
    }),
  stepUpPasskeyOptions: personProcedure(proving).mutation(async ({ ctx }) =>
    unwrap(ctx, await askForPasskey(ctx, 'step-up', ctx.userId)),
  ),
  stepUpPasskey: personProcedure(proving)
    .input(z.strictObject({ response: passkeyResponse }))
    .mutation(async ({ ctx, input }) => {
      ctx.setCookie('session', unwrap(ctx, await stepUpByPasskey(ctx, input.response)).token);
      return { stepUpUntilMs: ctx.nowMs + stepUpMs };
    }),

  beginTotp: personProcedure(sensitive).mutation(async ({ ctx }) =>
    unwrap(ctx, await beginTotp(ctx)),
  ),
  confirmTotp: personProcedure(proving)
    .input(z.strictObject({ code: z.string().max(20) }))
    .mutation(async ({ ctx, input }) => {
      const { token, recoveryCodes } = unwrap(ctx, await confirmTotp(ctx, input.code));
      ctx.setCookie('session', token);
      return { recoveryCodes };
    }),
  disableTotp: personProcedure(sensitive).mutation(async ({ ctx }) => {
    unwrap(ctx, await disableTotp(ctx));
    return { disabled: true as const };
  }),
  renewRecoveryCodes: personProcedure(sensitive).mutation(async ({ ctx }) => ({
    recoveryCodes: unwrap(ctx, await renewRecoveryCodes(ctx)),
  })),

  passkeys: personProcedure(reading).query(async ({ ctx }) => ({
    passkeys: await listPasskeys(ctx.services.database, ctx.userId),
  })),
  passkeyRegisterOptions: personProcedure(sensitive).mutation(async ({ ctx }) =>
    unwrap(ctx, await askForNewPasskey(ctx)),
  ),
  addPasskey: personProcedure(sensitive)
    .input(z.strictObject({ response: newPasskeyResponse, name: nameText(1) }))
    .mutation(async ({ ctx, input }) => {
      const added = unwrap(ctx, await addPasskey(ctx, input.response, input.name));
      const { token, ...answer } = added;
      if (token !== null) ctx.setCookie('session', token);
      return answer;
    }),
  renamePasskey: personProcedure(changing)
    .input(z.strictObject({ credentialId: credentialIdText, name: nameText(1) }))
    .mutation(async ({ ctx, input }) => {
      unwrap(ctx, await renamePasskey(ctx, input.credentialId, input.name));
      return { renamed: true as const };
    }),
  removePasskey: personProcedure(sensitive)
    .input(z.strictObject({ credentialId: credentialIdText }))
    .mutation(async ({ ctx, input }) => {
      unwrap(ctx, await removePasskey(ctx, input.credentialId));
      return { removed: true as const };
    }),

  changeEmail: personProcedure({ ...sensitive, limit: 'auth' })
    .input(z.strictObject({ email: emailText }))
    .mutation(({ ctx, input }) =>
      atFloor(accountFloorMs, async () => unwrap(ctx, await requestEmailChange(ctx, input.email))),
    ),

  audit: procedure({ ...reading, scope: 'security:read' })
    .meta(
      inApi({
        method: 'GET',
        path: '/audit',
        summary: 'The audit trail, newest first',
        description:
          'A page; the next one is asked for with `beforeSeq` set to `nextBeforeSeq`, until that is null.',
        tag: 'Security',
      }),
    )
    .input(auditPage)
    .output(auditShape)
    .query(async ({ ctx, input }) => {
      const { audit, database } = ctx.services;
      const entries = await audit.list(database, ctx.userId, pageOf(input));
      return sayEntries(entries, ctx.userId, input.limit);
    }),
  /** Reads the whole trail, so it is not asked as often as the rest. */
  verifyAudit: procedure({ ...proving, scope: 'security:read' })
    .meta(
      inApi({
        method: 'GET',
        path: '/audit/verification',
        summary: 'Whether the audit trail is whole',
        description: '`brokenAtSeq` is the first entry that was changed, or null.',
        tag: 'Security',
      }),
    )
    .input(z.void())
    .output(verdictShape)
    .query(({ ctx }) => ctx.services.audit.verify(ctx.services.database, ctx.userId)),

  tokens: procedure({ ...reading, scope: 'security:read' })
    .meta(
      inApi({
        method: 'GET',
        path: '/tokens',
        summary: 'The API tokens and what each may do',
        description: 'Tokens are made and ended by a person, on the Security page.',
        tag: 'Security',
      }),
    )
    .input(z.void())
    .output(z.object({ tokens: z.array(tokenShape) }))
    .query(async ({ ctx }) => ({
      tokens: await listApiTokens(ctx.services.database, ctx.userId),
    })),
  createToken: personProcedure(entrusting)
    .input(
      z.strictObject({
        name: nameText(1),
        scopes: z.array(z.enum(tokenScopes)).min(1).max(tokenScopes.length),
        days: z.int().min(1).max(365),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { userId, nowMs } = ctx;
      const made = await withOwnAccount(ctx, async ({ queries, user }) => {
        const token = await createApiToken(queries, { userId, nowMs, ...input });
        if (!token.ok) return token;
        const scopes = input.scopes.join(' ');
        await record(ctx, queries, userId, 'token.created', { name: input.name, scopes });
        await sendMail(ctx, queries, user, 'token-created', {
          atMs: nowMs,
          ...circumstancesOf(ctx),
          name: input.name,
          scopes: input.scopes,
        });
        return token;
      });
      return unwrap(ctx, made);
    }),
  revokeToken: personProcedure(changing)
    .input(z.strictObject({ tokenId: idText }))
    .mutation(async ({ ctx, input }) => {
      const ended = await withAccount(ctx, ctx.userId, async ({ queries }) => {
        const revoked = await revokeApiToken(queries, ctx.userId, input.tokenId);
        if (revoked) await record(ctx, queries, ctx.userId, 'token.revoked', input);
        return ok({ revoked });
      });
      return unwrap(ctx, ended);
    }),

  secrets: personProcedure(reading).query(async ({ ctx }) => ({
    secrets: await ctx.services.secrets.list(ctx.services.database, ctx.userId),
  })),
  putSecret: personProcedure(entrusting)
    .input(
      z.strictObject({
        kind: z.enum(secretKinds),
        name: nameText(1),
        value: z.string().min(1).max(longestSecretBytes),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const stored = await withOwnAccount(ctx, async ({ queries }) => {
        const { secrets } = ctx.services;
        const put = await secrets.put(queries, ctx.userId, { ...input, nowMs: ctx.nowMs });
        if (!put.ok) return put;
        const { kind, name } = input;
        await record(ctx, queries, ctx.userId, 'secret.stored', { kind, name });
        return put;
      });
      return unwrap(ctx, stored);
    }),
  removeSecret: personProcedure(changing)
    .input(z.strictObject({ secretId: idText }))
    .mutation(async ({ ctx, input }) => {
      const removed = await withAccount(ctx, ctx.userId, async ({ queries }) => {
        const gone = await ctx.services.secrets.remove(queries, ctx.userId, input.secretId);
        if (!gone.ok) return gone;
        const { kind, name } = gone.value;
        await record(ctx, queries, ctx.userId, 'secret.removed', { kind, name });
        return ok({ removed: true });
      });
      return unwrap(ctx, removed);
    }),
});
