/**
 * Tokens that devices, mails and programs carry: `<account id>.<43 characters of base64url>`.
 *
 * The account stands in front so that even looking a token up names the tenant; the database
 * holds the SHA-256 of the rest, which is enough for 256 random bits.
 */
import { createHash, randomBytes } from 'node:crypto';

export interface TokenName {
  readonly userId: string;
  /** SHA-256 of the secret part, hexadecimal. */
  readonly hash: string;
}

export interface Token extends TokenName {
  /** The only place where the whole token is: to be handed over once and forgotten. */
  readonly text: string;
}

const shape = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

export function makeToken(userId: string): Token {
  const secret = randomBytes(32).toString('base64url');
  return { userId, hash: sha256(secret), text: `${userId}.${secret}` };
}

/** What the token names, or null where it cannot be one of ours. */
export function readToken(text: string): TokenName | null {
  const match = shape.exec(text);
  return match ? { userId: match[1]!, hash: sha256(match[2]!) } : null;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
