/**
 * A mark on a device that has signed in to an account before.
 *
 * Strangers guessing at an account share one allowance; a device with the mark has its own, so
 * that nobody can lock an owner out by guessing. `<account id>.<nonce>.<HMAC-SHA256>`.
 * Source: OWASP, Slow Down Online Guessing Attacks with Device Cookies.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export function makeDeviceMark(secret: string, userId: string): string {
  const nonce = randomBytes(16).toString('base64url');
  return `${userId}.${nonce}.${sign(secret, userId, nonce)}`;
}

/** The device's own nonce where the mark is ours and of this account, else null. */
export function readDeviceMark(secret: string, mark: string | null, userId: string): string | null {
  const [markedId, nonce, signature] = mark?.split('.') ?? [];
  if (!nonce || !signature || markedId !== userId) return null;
  const expected = Buffer.from(sign(secret, userId, nonce));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected) ? nonce : null;
}

function sign(secret: string, userId: string, nonce: string): string {
  return createHmac('sha256', secret).update(`device|${userId}|${nonce}`).digest('base64url');
}
