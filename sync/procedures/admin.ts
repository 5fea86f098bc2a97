/** Running the installation: people and their roles, and the outbox of mails. */
import { z } from 'zod';
import { roles } from '#core/identity/roles.ts';
import { endAllSessionsOf, listUsers, lookAtMail, lookAtTrail, setRole } from '../auth/staff.ts';
import { listOutbox } from '../mail/outbox.ts';
import { personProcedure, router, unwrap } from '../trpc.ts';
import { idText, plainText } from './inputs.ts';
import { auditPage, pageOf, sayEntries } from './outputs.ts';

const looking = { access: 'staff', limit: 'data' } as const;
const changing = { access: 'admin', limit: 'data', stepUp: true } as const;
/** Mails hold links that open accounts: seen at the machine itself alone. */
const outbox = { access: 'admin', limit: 'data', local: true } as const;

const pageSize = z.int().min(1).max(100).default(50);

export const admin = router({
  users: personProcedure(looking)
    .input(
      z.strictObject({
        search: plainText(254).default(''),
        after: plainText(254).default(''),
        limit: pageSize,
      }),
    )
    .query(({ ctx, input }) => listUsers(ctx.services.database, input)),

  setRole: personProcedure(changing)
    .input(z.strictObject({ userId: idText, role: z.enum(roles) }))
    .mutation(async ({ ctx, input }) => {
      unwrap(ctx, await setRole(ctx, input.userId, input.role));
      return { role: input.role };
    }),

  revokeSessions: personProcedure(changing)
    .input(z.strictObject({ userId: idText }))
    .mutation(async ({ ctx, input }) => ({
      revoked: unwrap(ctx, await endAllSessionsOf(ctx, input.userId)),
    })),

  userAudit: personProcedure(looking)
    .input(auditPage.extend({ userId: idText }))
    .query(async ({ ctx, input: { userId, ...page } }) =>
      sayEntries(unwrap(ctx, await lookAtTrail(ctx, userId, pageOf(page))), userId, page.limit),
    ),

  outbox: personProcedure(outbox)
    .input(
      z.strictObject({
        before: z.strictObject({ createdMs: z.int(), mailId: idText }).optional(),
        limit: pageSize,
      }),
    )
    .query(({ ctx, input }) =>
      listOutbox(ctx.services.database, ctx.services.vault, {
        ...input,
        productUrl: ctx.services.site.address,
      }),
    ),

  mail: personProcedure(outbox)
    .input(z.strictObject({ userId: idText, mailId: idText }))
    .query(async ({ ctx, input }) => unwrap(ctx, await lookAtMail(ctx, input))),
});
