/** Whether a passphrase is good enough to seal data with: as good as the password of an account. */
import { lengthWeakness } from '#core/identity/password-policy.ts';
import { loadPasswordJudge, weaknessWords } from '../account/password-strength.ts';

/** Why it is refused, in words; undefined for a good one. */
export async function passphraseFault(
  passphrase: string,
  words: readonly string[],
): Promise<string | undefined> {
  const judge = await loadPasswordJudge().catch(() => null);
  const weakness = judge ? judge(passphrase, words).weakness : lengthWeakness(passphrase);
  return weakness ? weaknessWords[weakness] : undefined;
}

/** The end of a recovery code, which shows that it was kept. */
export const SHOWN_LETTERS = 4;

export function isEndOf(code: string, typed: string): boolean {
  return typed.trim().toUpperCase() === code.slice(-SHOWN_LETTERS);
}
