/** What a master key must look like, and which ones anybody could guess. */
import { z } from 'zod';

export const keyShape = {
  id: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/),
  key: z.string().regex(/^[0-9a-f]{64}$/),
};

interface NamedKey {
  readonly id: string;
  readonly key: string;
}

/** Why these keys are no good together, as the end of a sentence about them, or null. */
export function weaknessOf(keys: readonly NamedKey[]): string | null {
  if (new Set(keys.map(({ id }) => id)).size < keys.length) return 'name one id twice';
  if (new Set(keys.map(({ key }) => key)).size < keys.length) return 'hold one key twice';
  return keys.some(({ key }) => isGuessable(key)) ? 'hold one that is easy to guess' : null;
}

/** 32 random bytes hold about 30 different ones; fewer than 16, or even steps, were thought up. */
function isGuessable(key: string): boolean {
  const bytes = [...Buffer.from(key, 'hex')];
  const step = (at: number) => (bytes[at]! - bytes[at - 1]! + 256) % 256;
  const isEven = bytes.every((_, at) => at === 0 || step(at) === step(1));
  return new Set(bytes).size < 16 || isEven;
}
