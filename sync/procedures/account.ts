/** The account itself: profile, the choices that follow it, its export and its end. */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { assert } from '#core/assert.ts';
import { ok } from '#core/result.ts';
import { roles } from '#core/identity/roles.ts';
import { preferences, settingsOf } from '../auth/account-settings.ts';
import { record, withAccount } from '../auth/account-work.ts';
import { exportAccount } from '../auth/export-account.ts';
import { removeAccount } from '../auth/remove-account.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { users, userSettings } from '../schema/users.ts';
import { asCallError, personProcedure, procedure, router, unwrap } from '../trpc.ts';
import { inApi } from './in-api.ts';
import { emailText, nameText } from './inputs.ts';

const reading = { access: 'account', limit: 'data' } as const;
const changing = { access: 'account', limit: 'data' } as const;
const sensitive = { access: 'account', limit: 'auth', stepUp: true } as const;
const longestSettingsBytes = 32_768;

/**
 * Whether Postgres can keep it: neither a NUL nor half a character in its JSON, and not too much
 * of it, where numbers with an exponent are written out.
 */
function isStorable(value: object): boolean {
  const writtenOut = 'x'.repeat(400);
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'number' && `${part}`.includes('e') ? writtenOut : part,
  );
  const isText = !/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/.test(text);
  return isText && Buffer.byteLength(text) <= longestSettingsBytes;
}

const settingsShape = z.object({
  settings: z
    .object({ value: z.record(z.string(), z.unknown()), changedMs: z.number().int() })
    .nullable(),
});

const profileShape = z.object({
  email: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  emailVerified: z.boolean(),
  createdMs: z.number().int(),
});

async function profileOf(queries: Queries, userId: string) {
  const user = await ownRows(queries, userId).one(users);
  if (!user) throw asCallError({ code: 'account.not-found', detail: 'The account was deleted.' });
  const { email, displayName, role, emailVerifiedMs, createdMs } = user;
  return { email, displayName, role, emailVerified: emailVerifiedMs !== null, createdMs };
}

export const account = router({
  profile: procedure({ ...reading, scope: 'profile:read' })
    .meta(
      inApi({
        method: 'GET',
        path: '/profile',
        summary: 'Who the account belongs to',
        tag: 'Account',
      }),
    )
    .input(z.void())
    .output(profileShape)
    // Who is signed in was read with the session; the shape leaves out what is not profile.
    .query(({ ctx }) => ctx.signedIn?.account ?? profileOf(ctx.services.database, ctx.userId)),

  updateProfile: procedure({ ...changing, scope: 'profile:write' })
    .meta(
      inApi({
        method: 'PATCH',
        path: '/profile',
        summary: 'Change the display name',
        tag: 'Account',
      }),
    )
    .input(z.strictObject({ displayName: nameText(0) }))
    .output(profileShape)
    .mutation(async ({ ctx, input }) => {
      const changed = await withAccount(ctx, ctx.userId, async ({ queries, rows }) => {
        await rows.change(users, input);
        await record(ctx, queries, ctx.userId, 'profile.changed', input);
        return ok(await profileOf(queries, ctx.userId));
      });
      return unwrap(ctx, changed);
    }),

  settings: procedure({ ...reading, scope: 'settings:read' })
    .meta(
      inApi({
        method: 'GET',
        path: '/settings',
        summary: 'The choices that follow the account',
        description: '`settings` is null while none were ever put.',
        tag: 'Account',
      }),
    )
    .input(z.void())
    .output(settingsShape)
    .query(async ({ ctx }) => ({ settings: await ctx.services.findSettings(ctx.userId) })),

  /** The later change wins; the answer is what is kept. A clock ahead counts as now. */
  putSettings: procedure({ ...changing, scope: 'settings:write' })
    .meta(
      inApi({
        method: 'PUT',
        path: '/settings',
        summary: 'Replace the choices, unless a later change is there',
        description:
          'Answers what is kept now: the later `changedMs` wins, and one in the future counts as now. `value` has at most 32,768 bytes as JSON.',
        tag: 'Account',
      }),
    )
    .input(
      z.strictObject({
        value: z
          .record(z.string().max(100), z.unknown())
          .refine(isStorable, 'Too large, or holds what is no text.'),
        changedMs: z.number().int().min(0),
      }),
    )
    .output(settingsShape)
    .mutation(async ({ ctx, input }) => {
      const changedMs = Math.min(input.changedMs, ctx.nowMs);
      const put = await withAccount(ctx, ctx.userId, async ({ queries }) => {
        await queries
          .insert(userSettings)
          .values({ userId: ctx.userId, key: preferences, value: input.value, changedMs })
          .onConflictDoUpdate({
            target: [userSettings.userId, userSettings.key],
            set: { value: sql`excluded.value`, changedMs },
            setWhere: sql`${userSettings.changedMs} <= ${changedMs}`,
          });
        const settings = await settingsOf(queries, ctx.userId);
        assert(settings !== null, 'what was put is there');
        return ok({ settings });
      });
      return unwrap(ctx, put);
    }),

  export: personProcedure(sensitive).mutation(async ({ ctx }) => ({
    archive: unwrap(ctx, await exportAccount(ctx)),
  })),

  remove: personProcedure(sensitive)
    .input(z.strictObject({ email: emailText }))
    .mutation(async ({ ctx, input }) => {
      const removed = unwrap(ctx, await removeAccount(ctx, input.email));
      ctx.setCookie('session', null);
      ctx.setCookie('device', null);
      return removed;
    }),
});
