/** What a password must be: long, and not one that everybody tries. No rules about its characters. */

export const minPasswordLength = 12;
/** Longer ones are refused rather than cut: a hash of a part would accept the part. */
export const maxPasswordLength = 256;

export type PasswordWeakness = 'short' | 'long' | 'common' | 'personal';

/** Counted as people count: a character outside the basic plane is one. */
export function lengthWeakness(password: string): PasswordWeakness | null {
  const length = [...password].length;
  if (length < minPasswordLength) return 'short';
  return length > maxPasswordLength ? 'long' : null;
}

/** Whether it is little more than what everybody can know of its owner or of this product. */
export function isPersonal(password: string, words: readonly string[]): boolean {
  const rest = words
    .flatMap((word) => word.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length >= 4)
    .reduce((text, word) => text.replaceAll(word, ''), password.toLowerCase());
  return [...rest].length < minPasswordLength / 2;
}
