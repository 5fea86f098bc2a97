/** What the devices of an account say to the server to share one truth, and the list of them. */
import { z } from 'zod';
import { BUCKETS } from '#core/sync/digest.ts';
import { ok } from '#core/result.ts';
import type { WireFragment } from '#core/sync/fragment.ts';
import { MOST_PAGE_FRAGMENTS, MOST_PUSH_OPS } from '#core/sync/protocol.ts';
import { bucket, digest } from '../replication/comparison.ts';
import { listDevices, renameDevice, revokeDevice, usageOf } from '../replication/devices.ts';
import { bootstrap, pull } from '../replication/pages.ts';
import {
  answering,
  comparing,
  pushing,
  registering,
  withoutDepths,
} from '../replication/person-exchange.ts';
import { personProcedure, router, unwrap } from '../trpc.ts';
import { nameText } from './inputs.ts';

const replicating = { access: 'account', limit: 'replication' } as const;
const managing = { access: 'account', limit: 'data' } as const;

const count = z.number().int().min(0);
const node = z.string().regex(/^[0-9a-z]{6}$/);
const token = z.string().max(100);
const witness = z.strictObject({ seq: count, token });
const known = { node, witness, epoch: count };
/** Anything JSON: each is read by itself, so that one that is none refuses no other. */
const fragments = z
  .array(z.unknown())
  .max(MOST_PUSH_OPS)
  .transform((ops) => ops.map(withoutDepths) as readonly WireFragment[]);

export const replication = router({
  register: personProcedure(replicating)
    .input(z.strictObject({}))
    .mutation(async ({ ctx }) => unwrap(ctx, await registering(ctx))),

  push: personProcedure(replicating)
    .input(
      z.strictObject({
        ...known,
        pushNo: count,
        nonce: token,
        unsynced: count.max(2 ** 31 - 1),
        ops: fragments,
      }),
    )
    .mutation(async ({ ctx, input }) => unwrap(ctx, await pushing(ctx, input))),

  pull: personProcedure(replicating)
    .input(
      z.strictObject({ ...known, cursor: count, limit: count.min(1).max(MOST_PAGE_FRAGMENTS) }),
    )
    .mutation(async ({ ctx, input }) =>
      unwrap(ctx, await answering(ctx, (...place) => pull(...place, input))),
    ),

  bootstrap: personProcedure(replicating)
    .input(
      z.strictObject({
        node,
        epoch: count,
        from: z.strictObject({ head: count, before: count }).nullable(),
      }),
    )
    .mutation(async ({ ctx, input }) =>
      unwrap(ctx, await answering(ctx, (...place) => bootstrap(...place, input))),
    ),

  digest: personProcedure(replicating)
    .input(z.strictObject(known))
    .mutation(async ({ ctx, input }) =>
      unwrap(
        ctx,
        await comparing(ctx, 'digest', async (...place) => ok(await digest(...place, input))),
      ),
    ),

  bucket: personProcedure(replicating)
    .input(
      z.strictObject({
        ...known,
        collection: z.string().max(40),
        bucket: count.max(BUCKETS - 1),
      }),
    )
    .mutation(async ({ ctx, input }) =>
      unwrap(ctx, await comparing(ctx, 'bucket', (...place) => bucket(...place, input))),
    ),

  devices: personProcedure(managing).query(async ({ ctx }) => ({
    devices: await listDevices(ctx),
  })),
  renameDevice: personProcedure(managing)
    .input(z.strictObject({ node, name: nameText(1) }))
    .mutation(async ({ ctx, input }) => {
      unwrap(ctx, await renameDevice(ctx, input));
      return { renamed: true as const };
    }),
  revokeDevice: personProcedure(managing)
    .input(z.strictObject({ node }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await revokeDevice(ctx, input.node))),
  usage: personProcedure(managing).query(({ ctx }) => usageOf(ctx)),
});
