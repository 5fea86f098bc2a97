/** What the server does for itself by the clock. */
import { z } from 'zod';
import { queue } from './jobs/queue.ts';

const patient = {
  shape: z.object({}),
  tries: 5,
  firstPauseSeconds: 60,
  longestPauseSeconds: 3_600,
  limitSeconds: 300,
  atOnce: 1,
  lookEverySeconds: 30,
};

/** Takes away what has expired and nobody asked for again. */
export const sweepQueue = queue({ name: 'sweep', ...patient });

/** Writes the ends of all audit trails down outside the database. */
export const anchorQueue = queue({ name: 'audit-anchor', ...patient });

/** Takes away what no device of an account needs any more; goes through all accounts. */
export const replicaSweepQueue = queue({ name: 'replica-sweep', ...patient, limitSeconds: 3_600 });
