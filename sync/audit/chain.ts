/**
 * How the entries of an account's audit trail hang together.
 *
 * An entry's hash is the SHA-256, in hexadecimal, of these fields, each in UTF-8 behind its
 * length in four bytes, big-endian: `offing.audit.1`, the previous entry's hash, the account's
 * id, `seq`, `atMs` (both in decimal digits), the action, the actor, the sealed detail. Before
 * the first entry stand 64 zeros.
 */
import { createHash } from 'node:crypto';
import { lengthPrefixed } from '../vault/length-prefixed.ts';

export interface ChainedFields {
  readonly previousHash: string;
  readonly userId: string;
  readonly seq: number;
  readonly atMs: number;
  readonly action: string;
  readonly actor: string;
  readonly sealedDetail: string;
}

export const firstHash = '0'.repeat(64);

export function entryHash(entry: ChainedFields): string {
  const { previousHash, userId, seq, atMs, action, actor, sealedDetail } = entry;
  const fields = [previousHash, userId, `${seq}`, `${atMs}`, action, actor, sealedDetail];
  return createHash('sha256')
    .update(lengthPrefixed(['offing.audit.1', ...fields]))
    .digest('hex');
}
