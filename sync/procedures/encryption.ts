/** End-to-end encryption of what an account's devices share: on, off, and another passphrase. */
import { z } from 'zod';
import { envelopeFormat } from '#core/sync/key-envelope.ts';
import {
  disableEncryption,
  enableEncryption,
  encryptionState,
  rewrapKey,
} from '../replication/encryption.ts';
import { personProcedure, router, unwrap } from '../trpc.ts';

const reading = { access: 'account', limit: 'data' } as const;
const sensitive = { access: 'account', limit: 'data', stepUp: true } as const;

const epoch = z.int().min(1);
const cursor = z.int().min(0);
const base64url = (length: number) =>
  z
    .string()
    .length(length)
    .regex(/^[A-Za-z0-9_-]*$/);
const wrapped = z.strictObject({ salt: base64url(22), wrapped: base64url(80) });
const envelope = z.strictObject({
  format: z.literal(envelopeFormat),
  keyId: base64url(16),
  passphrase: wrapped,
  recovery: wrapped,
});

export const encryption = router({
  state: personProcedure(reading).query(({ ctx }) => encryptionState(ctx)),

  enable: personProcedure(sensitive)
    .input(z.strictObject({ epoch, cursor, envelope }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await enableEncryption(ctx, input))),

  disable: personProcedure(sensitive)
    .input(z.strictObject({ epoch, cursor: cursor.nullable(), proof: base64url(43).nullable() }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await disableEncryption(ctx, input))),

  rewrap: personProcedure(sensitive)
    .input(z.strictObject({ epoch, envelope }))
    .mutation(async ({ ctx, input }) => unwrap(ctx, await rewrapKey(ctx, input))),
});
