/** The names under which calls are counted: they tell an operator what was called, not by whom. */
import { createHmac } from 'node:crypto';

/**
 * Who is counted: an `account`; the `address` of those who are not signed in; the `crowd` of
 * accounts at one address; a `device` that has been signed in to an account before; a
 * `stranger`, all other devices that try the same account; or what may happen `once`.
 */
export type LimitKind = 'account' | 'address' | 'crowd' | 'device' | 'stranger' | 'once';

/** Without `secret` nobody can tell from the key which address or account it stands for. */
export function limitKey(
  secret: string,
  procedure: string,
  kind: LimitKind,
  subject: string,
): string {
  const digest = createHmac('sha256', secret).update(`limits ${subject}`).digest('base64url');
  return `${procedure}|${kind}|${digest.slice(0, 22)}`;
}
