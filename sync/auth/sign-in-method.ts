/** How a session was proved: the strongest of what was shown. */

export type SignInMethod = 'password' | 'totp' | 'recovery-code' | 'passkey' | 'admin-link';

/** Whether more than a password was shown. */
export function hasSecondFactor(method: SignInMethod): boolean {
  return method === 'totp' || method === 'recovery-code' || method === 'passkey';
}
