/** Says what makes a password easy to guess; loaded when the first one is chosen, being large. */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import {
  isPersonal,
  lengthWeakness,
  type PasswordWeakness,
} from '#core/identity/password-policy.ts';
import { readCommonPasswords } from './common-passwords.ts';

/** `words` are what is known of the password's owner; null when nothing speaks against it. */
export type PasswordJudge = (password: string, words: readonly string[]) => PasswordWeakness | null;

/** Guessing power is judged by the beginning: the judge's work grows steeply with length. */
const judgedLength = 40;
const productWords = ['offing', 'trading', 'trader'];

export async function createPasswordJudge(): Promise<PasswordJudge> {
  const common = await readCommonPasswords();
  const judge = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return (password, words) => {
    const byLength = lengthWeakness(password);
    if (byLength) return byLength;
    if (common.has(password.toLowerCase())) return 'common';
    if (isPersonal(password, [...words, ...productWords])) return 'personal';
    const { score } = judge.check(password.slice(0, judgedLength), [...words, ...productWords]);
    // 2 of 4: withstands about 10⁸ guesses, far beyond what the limits let through.
    return score < 2 ? 'common' : null;
  };
}
