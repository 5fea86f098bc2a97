/**
 * AES-256-GCM over small values, in one piece: 12 bytes of nonce, the sealed bytes, 16 bytes of tag.
 *
 * The nonce is random, which is safe for about 2^32 values under one key; every key here seals
 * far fewer.
 */
import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

const nonceBytes = 12;
const tagBytes = 16;
const algorithm = 'aes-256-gcm';
const options = { authTagLength: tagBytes };

/** The sealed bytes; `bound` must be said again to open them and is not kept in them. */
export function sealBytes(key: KeyObject, clear: Buffer, bound: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, options);
  cipher.setAAD(bound);
  return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
}

/** What was sealed, or null where the key, the bytes or what they are bound to is another. */
export function openBytes(key: KeyObject, sealed: Buffer, bound: Buffer): Buffer | null {
  if (sealed.length < nonceBytes + tagBytes) return null;
  const tagAt = sealed.length - tagBytes;
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), options);
  decipher.setAAD(bound);
  decipher.setAuthTag(sealed.subarray(tagAt));
  const clear = decipher.update(sealed.subarray(nonceBytes, tagAt));
  try {
    return Buffer.concat([clear, decipher.final()]);
  } catch {
    return null;
  }
}

/** The bytes of a text in base64url, or null where it is not exactly what encoding them gives. */
export function bytesOf(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  // Node skips what it cannot read: without this, two texts would mean the same bytes.
  return bytes.toString('base64url') === text ? bytes : null;
}
