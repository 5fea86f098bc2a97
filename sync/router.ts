/** Every procedure of the server, a line a subject; pages know it by this type alone. */
import { system } from './procedures/system.ts';
import { router } from './trpc.ts';

export const appRouter = router({
  system,
});

export type AppRouter = typeof appRouter;
