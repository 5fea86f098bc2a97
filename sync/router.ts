/** Every procedure of the server, a line a subject; pages know it by this type alone. */
import { account } from './procedures/account.ts';
import { admin } from './procedures/admin.ts';
import { alerts } from './procedures/alerts.ts';
import { auth } from './procedures/auth.ts';
import { bots } from './procedures/bots.ts';
import { encryption } from './procedures/encryption.ts';
import { journal } from './procedures/journal.ts';
import { live } from './procedures/live.ts';
import { market } from './procedures/market.ts';
import { orders } from './procedures/orders.ts';
import { replication } from './procedures/replication.ts';
import { security } from './procedures/security.ts';
import { system } from './procedures/system.ts';
import { terminals } from './procedures/terminals.ts';
import { router } from './trpc.ts';

export const appRouter = router({
  account,
  admin,
  alerts,
  auth,
  bots,
  encryption,
  journal,
  live,
  market,
  orders,
  replication,
  security,
  system,
  terminals,
});

export type AppRouter = typeof appRouter;

/** `auth.signIn` and the like: all that can be called. */
export const procedurePaths: readonly string[] = Object.keys(appRouter._def.procedures);
