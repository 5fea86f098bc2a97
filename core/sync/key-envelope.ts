/**
 * The data key of an encrypted account as the server keeps it: wrapped twice, opened by neither.
 *
 *     { "format": "offing.key.v1", "keyId": "…",
 *       "passphrase": { "salt": "…", "wrapped": "…" }, "recovery": { "salt": "…", "wrapped": "…" } }
 *
 * All in base64url. A salt is 16 bytes. `wrapped` is 12 random bytes and the AES-256-GCM ciphertext
 * of the 32 bytes of the data key with its tag, bound to `offing.key.v1 SLOT USER`. The wrapping key
 * of `passphrase` is Argon2id of the passphrase (normalised NFKC) and the salt, with the cost below
 * and no other: an envelope cannot ask for less. That of `recovery` is HKDF-SHA-256 of the 20 bytes of
 * the recovery code and the salt, for `offing.key.v1 recovery`.
 *
 * A recovery code is 160 random bits in Crockford's base 32: eight groups of four characters,
 * in which I and L read as 1 and O as 0. `keyId` is 16 characters of an HMAC under the data key: it
 * tells which key sealed a chunk, and nothing else.
 *
 * Where encryption was ended, `{ "format": "offing.key-ended.v1", "proof": "…" }` stands in its
 * place: an HMAC under the data key, by which the other devices know that who ended it had the key;
 * null where it was ended without.
 */
import { matching, object, oneOf, orNull, readShape, type Shape } from '../collections/shape.ts';

export const envelopeFormat = 'offing.key.v1';
/** Argon2id, RFC 9106, as for passwords on the server. */
export const passphraseCost = { m: 65_536, t: 3, p: 1, dkLen: 32, version: 0x13 } as const;

export const slots = ['passphrase', 'recovery'] as const;
export type Slot = (typeof slots)[number];

export interface WrappedKey {
  readonly salt: string;
  readonly wrapped: string;
}
export interface KeyEnvelope {
  readonly format: typeof envelopeFormat;
  readonly keyId: string;
  readonly passphrase: WrappedKey;
  readonly recovery: WrappedKey;
}

const wrappedKey = object<WrappedKey>({
  salt: matching(/^[A-Za-z0-9_-]{22}$/),
  wrapped: matching(/^[A-Za-z0-9_-]{80}$/),
});
const envelopeShape: Shape<KeyEnvelope> = object<KeyEnvelope>({
  format: oneOf([envelopeFormat]),
  keyId: matching(/^[A-Za-z0-9_-]{16}$/),
  passphrase: wrappedKey,
  recovery: wrappedKey,
});

/** The envelope that outside data hold; null for anything else. */
export function readEnvelope(value: unknown): KeyEnvelope | null {
  const read = readShape(value, 'envelope', envelopeShape);
  return 'value' in read ? read.value : null;
}

export const endedFormat = 'offing.key-ended.v1';
export interface EndedKey {
  readonly format: typeof endedFormat;
  readonly proof: string | null;
}
const endedShape: Shape<EndedKey> = object<EndedKey>({
  format: oneOf([endedFormat]),
  proof: orNull(matching(/^[A-Za-z0-9_-]{43}$/)),
});

/** How encryption ended, of what stands in the place of an envelope; null for anything else. */
export function readEnded(value: unknown): EndedKey | null {
  const read = readShape(value, 'ended', endedShape);
  return 'value' in read ? read.value : null;
}

/** What a wrapped key is bound to. */
export function boundToSlot(slot: Slot, userId: string): string {
  return `${envelopeFormat} ${slot} ${userId}`;
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const RECOVERY_BYTES = 20;
const groups = /.{4}(?=.)/g;

/** `0123-4567-…` of 20 random bytes. */
export function recoveryCodeOf(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let at = (RECOVERY_BYTES * 8) / 5 - 1; at >= 0; at--) {
    text += letters[Number((bits >> BigInt(5 * at)) & 31n)];
  }
  return text.replaceAll(groups, '$&-');
}

/** The bytes of a code as people type it, whatever stands between its characters; null = none. */
export function readRecoveryCode(typed: string): Uint8Array | null {
  const text = typed
    .toUpperCase()
    .replaceAll(/[\s\-–—_.]/g, '')
    .replaceAll(/[IL]/g, '1')
    .replaceAll('O', '0');
  if (text.length !== (RECOVERY_BYTES * 8) / 5) return null;
  let bits = 0n;
  for (const letter of text) {
    const value = letters.indexOf(letter);
    if (value < 0) return null;
    bits = (bits << 5n) | BigInt(value);
  }
  return Uint8Array.from({ length: RECOVERY_BYTES }, (_, i) =>
    Number((bits >> BigInt(8 * (RECOVERY_BYTES - 1 - i))) & 255n),
  );
}
