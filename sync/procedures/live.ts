/** The way into the room that tells a device when there is something to pull. */
import { z } from 'zod';
import { liveNeeds } from '../rooms/live-needs.ts';
import { personProcedure, router } from '../trpc.ts';

export const live = router({
  /** A ticket for this session, good once within half a minute. */
  ticket: personProcedure(liveNeeds)
    .input(z.strictObject({}))
    .mutation(({ ctx }) => {
      const { services, userId, signedIn, nowMs } = ctx;
      return services.liveTicket(userId, signedIn.session.sessionId, nowMs);
    }),
});
