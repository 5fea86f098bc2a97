/** Queues what is to be pushed, in the transaction that causes it: a job for each browser. */
import { z } from 'zod';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { queue } from '../jobs/queue.ts';
import { pushSubscriptions } from '../schema/alerts.ts';

/** Tried for about an hour: after that it is no news any more. */
export const pushQueue = queue({
  name: 'push',
  shape: z.object({ userId: z.uuid(), subscriptionId: z.uuid(), n: z.int().positive() }),
  tries: 10,
  firstPauseSeconds: 5,
  longestPauseSeconds: 900,
  limitSeconds: 30,
  atOnce: 4,
  lookEverySeconds: 1,
});

export interface QueuedPush {
  readonly userId: string;
  /** Of the note in the inbox. */
  readonly n: number;
  readonly requestId: string;
}

export interface Pushes {
  queue(transaction: Queries, push: QueuedPush): Promise<void>;
}

export const mostSubscriptions = 20;

export function createPushes({ jobs }: { readonly jobs: Pick<Jobs, 'enqueue'> }): Pushes {
  return {
    async queue(transaction, { userId, n, requestId }) {
      const limit = mostSubscriptions;
      for (const { subscriptionId } of await ownRows(transaction, userId).read(pushSubscriptions, {
        limit,
      })) {
        await jobs.enqueue(transaction, pushQueue, { userId, subscriptionId, n }, { requestId });
      }
    },
  };
}
