/** How a session was proved: the strongest of what was shown. */

export const signInMethods = [
  'password',
  'totp',
  'recovery-code',
  'passkey',
  'admin-link',
] as const;
export type SignInMethod = (typeof signInMethods)[number];

/** Whether more than a password was shown. */
export function hasSecondFactor(method: SignInMethod): boolean {
  return method === 'totp' || method === 'recovery-code' || method === 'passkey';
}
