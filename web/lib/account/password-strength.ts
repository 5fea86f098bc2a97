/**
 * How good a password is, judged on the device as the server will judge it.
 *
 * The judge is fetched when a password is first thought of; its list of known passwords is the
 * beginning of the server's, so the server's answer counts.
 */
import {
  isPersonal,
  lengthWeakness,
  type PasswordWeakness,
} from '#core/identity/password-policy.ts';
import { say } from '../words/language.ts';

export interface PasswordStrength {
  /** 0 … 4. */
  readonly score: number;
  readonly weakness: PasswordWeakness | null;
}
export type PasswordJudge = (password: string, words: readonly string[]) => PasswordStrength;

const productWords = ['offing', 'trading', 'trader'];
/** The judge's work grows steeply with length. */
const judgedLength = 40;

export async function loadPasswordJudge(): Promise<PasswordJudge> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const judge = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return (password, words) => {
    const all = [...words, ...productWords];
    const { score } = judge.check(password.slice(0, judgedLength), all);
    const weakness =
      lengthWeakness(password) ??
      (isPersonal(password, all) ? 'personal' : score < 2 ? 'common' : null);
    return { score: weakness === null ? score : Math.min(score, 1), weakness };
  };
}

/** Why the password is refused, and what would do. */
export const weaknessWords: Readonly<Record<PasswordWeakness, string>> = {
  short: say`Too short: 12 characters or more, a few words in a row for example.`,
  long: say`Too long: at most 256 characters.`,
  common: say`Too easy to guess: it is like passwords that everybody tries.`,
  personal: say`Too close to your name, your e-mail or this app.`,
};

/** The strength in a few words, for who cannot see the bar. */
export function strengthWords({ score, weakness }: PasswordStrength): string {
  if (weakness) return weaknessWords[weakness];
  return score >= 4
    ? say`Strong.`
    : score === 3
      ? say`Good.`
      : say`Good enough. A longer one is better.`;
}

/** The reason in a refusal of the server's, in words. */
export function refusedWords(reason: unknown): string {
  return weaknessWords[reason as PasswordWeakness] ?? say`Choose a longer password.`;
}
