/** Trading accounts and their connectors: made, paired, watched over, and ended. */
import { z } from 'zod';
import type { AccountView, LogEntryView } from '#core/broker/views.ts';
import {
  addExchange,
  addPaper,
  changeLimits,
  endHalt,
  listAccounts,
  pairTerminal,
  renameAccount,
  revokeAccount,
  setPaper,
} from '../terminals/accounts.ts';
import { logPage } from '../terminals/terminal-log.ts';
import { personProcedure, router, unwrap } from '../trpc.ts';
import { idText, nameText } from './inputs.ts';
import { paperBehaviour, paperTerms, riskLimits } from './trade-inputs.ts';

const reading = { access: 'account', limit: 'data' } as const;
const changing = { access: 'account', limit: 'trading', verified: true } as const;
const entrusting = { ...changing, stepUp: true } as const;

const name = nameText(1);
const accountId = idText;

export const terminals = router({
  /** The first time a trader asks whose address is confirmed, there are two paper accounts. */
  list: personProcedure(reading).query(
    async ({ ctx }): Promise<{ readonly accounts: readonly AccountView[] }> => ({
      accounts: await listAccounts(ctx),
    }),
  ),

  addPaper: personProcedure(changing)
    .input(z.strictObject({ name, ...paperTerms }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await addPaper(ctx, input))),

  /** The code is shown this once; whoever has it can be the account's connector. */
  pair: personProcedure(entrusting)
    .input(z.strictObject({ name }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await pairTerminal(ctx, input.name))),

  addExchange: personProcedure(entrusting)
    .input(
      z.strictObject({
        name,
        exchange: z.string().regex(/^[a-z0-9]{2,30}$/),
        apiKey: z.string().min(1).max(500),
        secret: z.string().min(1).max(2_000),
      }),
    )
    .mutation(async ({ ctx, input }) => unwrap(ctx, await addExchange(ctx, input))),

  rename: personProcedure(changing)
    .input(z.strictObject({ accountId, name }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await renameAccount(ctx, input))),

  /** What lies at the broker stays there; nothing is sent any more. */
  revoke: personProcedure(changing)
    .input(z.strictObject({ accountId }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await revokeAccount(ctx, input.accountId))),

  setLimits: personProcedure({ ...changing, awake: true })
    .input(z.strictObject({ accountId, limits: riskLimits }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await changeLimits(ctx, input))),

  log: personProcedure(reading)
    .input(z.strictObject({ accountId, before: z.int().min(1).optional() }))
    .query(
      async ({
        ctx,
        input,
      }): Promise<{ readonly entries: readonly LogEntryView[]; readonly before: number | null }> =>
        unwrap(ctx, await logPage(ctx, input)),
    ),

  /** Somebody has looked: trading goes on. */
  resume: personProcedure({ ...changing, awake: true })
    .input(z.strictObject({ accountId }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await endHalt(ctx, input.accountId))),

  setPaper: personProcedure(changing)
    .input(z.strictObject({ accountId, ...paperBehaviour }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await setPaper(ctx, input))),
});
