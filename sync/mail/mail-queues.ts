/** The jobs that mail needs: one for each letter, and a daily sweep. */
import { z } from 'zod';
import { queue } from '../jobs/queue.ts';

/** Tried for about four hours: longer than most mail servers are away. */
export const mailQueue = queue({
  name: 'mail',
  shape: z.object({ userId: z.uuid(), mailId: z.uuid() }),
  tries: 16,
  firstPauseSeconds: 5,
  longestPauseSeconds: 1_800,
  limitSeconds: 120,
  atOnce: 2,
  lookEverySeconds: 1,
});

export const mailSweepQueue = queue({
  name: 'mail-sweep',
  shape: z.object({}),
  tries: 5,
  firstPauseSeconds: 60,
  longestPauseSeconds: 3_600,
  limitSeconds: 300,
  atOnce: 1,
  lookEverySeconds: 30,
});
