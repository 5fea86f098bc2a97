/**
 * Switches how an account's data are kept. What was kept the other way is deleted at once; each
 * device has it still, and sends it anew.
 */
import { eq } from 'drizzle-orm';
import type { AuditAction } from '#core/identity/audit-actions.ts';
import { deviceWords } from '#core/identity/device-words.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import {
  endedFormat,
  readEnded,
  readEnvelope,
  type EndedKey,
  type KeyEnvelope,
} from '#core/sync/key-envelope.ts';
import type { Sealing } from '#core/sync/protocol.ts';
import { record, withOwnAccount, type AccountWork } from '../auth/account-work.ts';
import type { PersonContext } from '../call-context.ts';
import { ownRows } from '../database/own-rows.ts';
import {
  chunks,
  encryptionKeys,
  fragments,
  replicaHeads,
  replicas,
  replicaTokens,
} from '../schema/replication.ts';
import { randomToken } from './person-exchange.ts';
import { serverTx } from './postgres-store.ts';

export interface EncryptionState extends Sealing {
  readonly envelope: KeyEnvelope | null;
  /** See `core/sync/key-envelope.ts`; of this epoch. */
  readonly endProof: string | null;
}

export async function encryptionState(ctx: PersonContext): Promise<EncryptionState> {
  const rows = ownRows(ctx.services.database, ctx.signedIn.account.userId);
  const head = await rows.one(replicaHeads);
  const { epoch, encrypted } = head ?? { epoch: 1, encrypted: false };
  const kept = await rows.one(encryptionKeys, { where: eq(encryptionKeys.epoch, epoch) });
  const envelope = encrypted ? readEnvelope(kept?.envelope) : null;
  const ended = encrypted ? null : readEnded(kept?.envelope);
  return { epoch, encrypted, envelope, endProof: ended?.proof ?? null };
}

/** What a device knew when the person decided. */
interface Known {
  readonly epoch: number;
  /**
   * The last sequence number that the device has applied. Null gives up what it has not: where
   * passphrase and recovery code are lost, nobody can ever read that.
   */
  readonly cursor: number | null;
}

/** Errors: `sync.behind`, `sync.encryption-changed`, those of `withOwnAccount`. */
export function enableEncryption(
  ctx: PersonContext,
  { envelope, ...known }: Known & { readonly cursor: number; readonly envelope: KeyEnvelope },
): Promise<Result<Sealing, Failure>> {
  return change(ctx, known, { encrypted: true, kept: envelope, action: 'encryption.enabled' });
}

/** Errors: as `enableEncryption`. */
export function disableEncryption(
  ctx: PersonContext,
  { proof, ...known }: Known & { readonly proof: string | null },
): Promise<Result<Sealing, Failure>> {
  const kept: EndedKey = { format: endedFormat, proof };
  return change(ctx, known, { encrypted: false, kept, action: 'encryption.disabled' });
}

interface Wanted {
  readonly encrypted: boolean;
  readonly kept: KeyEnvelope | EndedKey;
  readonly action: AuditAction;
}

function change(
  ctx: PersonContext,
  known: Known,
  { encrypted, kept, action }: Wanted,
): Promise<Result<Sealing, Failure>> {
  return withOwnAccount(ctx, async (account) => {
    const { queries, rows, user } = account;
    const { sessionId } = ctx.signedIn.session;
    const deviceName = deviceWords(ctx.visitor.userAgent);
    const tx = serverTx(queries, user.userId, { sessionId, deviceName, nowMs: ctx.nowMs });
    const head = await tx.holdHead();
    if (head.epoch !== known.epoch || head.encrypted === encrypted) return fail(changed);
    if (known.cursor !== null && known.cursor !== head.seq) return fail(behind);
    await forget(account);
    const epoch = head.epoch + 1;
    const witness = { seq: head.seq + 1, token: randomToken() };
    await tx.mintToken(witness);
    await tx.saveHead({ ...witness, epoch, encrypted, bytes: 0 });
    await rows.add(encryptionKeys, { epoch, envelope: kept, createdMs: ctx.nowMs });
    await record(ctx, queries, user.userId, action);
    return ok({ epoch, encrypted });
  });
}

/** Also what replicas were last told: nothing of it is true any more. */
async function forget({ queries, rows, user: { userId } }: AccountWork): Promise<void> {
  // Without a word about each of what may be a million rows.
  await queries.delete(fragments).where(eq(fragments.userId, userId));
  await queries.delete(chunks).where(eq(chunks.userId, userId));
  await queries.delete(replicaTokens).where(eq(replicaTokens.userId, userId));
  await rows.remove(encryptionKeys);
  await rows.change(replicas, { cursor: 0, lastNonce: null, lastHash: null, lastAnswer: null });
}

/**
 * The same key under another passphrase or recovery code.
 *
 * Errors: `sync.encryption-changed` where it is not that key, and those of `withOwnAccount`.
 */
export function rewrapKey(
  ctx: PersonContext,
  { epoch, envelope }: { readonly epoch: number; readonly envelope: KeyEnvelope },
): Promise<Result<{ readonly rewrapped: true }, Failure>> {
  return withOwnAccount(ctx, async ({ queries, rows, user }) => {
    const where = eq(encryptionKeys.epoch, epoch);
    const kept = readEnvelope(
      (await rows.one(encryptionKeys, { where, lock: 'update' }))?.envelope,
    );
    if (kept?.keyId !== envelope.keyId) return fail(changed);
    await rows.change(encryptionKeys, { envelope }, where);
    await record(ctx, queries, user.userId, 'encryption.rewrapped');
    return ok({ rewrapped: true });
  });
}

const changed: Failure = {
  code: 'sync.encryption-changed',
  detail: 'Encryption was switched meanwhile.',
};
const behind: Failure = {
  code: 'sync.behind',
  detail: 'The device has not everything that the account has.',
};
