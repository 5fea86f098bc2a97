/** What the journals of devices are filled with. */
import { z } from 'zod';
import type { AccountDeals } from '#core/journal/account-deals.ts';
import { accountDeals } from '../journal/account-deals.ts';
import { personProcedure, router, unwrap } from '../trpc.ts';
import { idText, plainText } from './inputs.ts';

const after = z.strictObject({ ms: z.int().min(0), id: plainText(64).min(1) });

export const journal = router({
  deals: personProcedure({ access: 'account', limit: 'data' })
    .input(
      z.strictObject({
        accountId: idText,
        after: after.optional(),
        limit: z.int().min(1).max(1_000).default(1_000),
      }),
    )
    .query(async ({ ctx, input }): Promise<AccountDeals> =>
      unwrap(ctx, await accountDeals(ctx, input)),
    ),
});
