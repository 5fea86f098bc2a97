/** Turns passwords into Argon2id hashes and back into yes or no, a bounded number at a time. */
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import type { Failure } from '#core/errors.ts';
import {
  isPersonal,
  lengthWeakness,
  maxPasswordLength,
  type PasswordWeakness,
} from '#core/identity/password-policy.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { readCommonPasswords } from './common-passwords.ts';
import { turnstile } from './turnstile.ts';

export interface Passwords {
  /** The hash in PHC form; `limits.too-many-calls` when too many wait already. */
  hash(password: string): Promise<Result<string, Failure>>;
  /**
   * Whether the password belongs to the hash. Without a hash, of an account that is not there,
   * the same work is done and the answer is no.
   */
  matches(hash: string | null, password: string): Promise<Result<boolean, Failure>>;
  /** `auth.password-weak` with the reason; `words` are what is known of its owner. */
  judge(password: string, words: readonly string[]): Result<void, Failure>;
}

// Argon2id, RFC 9106: 64 MiB, three passes, one lane.
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 };
/** Each takes a core and 64 MiB for its time. */
const atOnce = 2;
const mostWaiting = 100;
/** Guessing power is judged by the beginning: the judge's work grows steeply with length. */
const judgedLength = 40;
const productWords = ['offing', 'trading', 'trader'];

export async function createPasswords(): Promise<Passwords> {
  const common = await readCommonPasswords();
  const judge = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const run = turnstile(atOnce, mostWaiting);
  // Of a password that nobody has, so that an unknown account costs what a known one costs.
  const nobody = await hash(randomBytes(32).toString('base64url'), cost);
  return {
    hash: (password) => run(() => hash(password, cost)),
    matches: (known, password) =>
      run(async () => {
        const tooLong = [...password].length > maxPasswordLength;
        const right = await verify(known ?? nobody, tooLong ? '' : password);
        return right && known !== null && !tooLong;
      }),
    judge(password, words) {
      const weakness = weaknessOf(password, words, { judge, common });
      return weakness === null
        ? ok(undefined)
        : fail({
            code: 'auth.password-weak',
            detail: `The password is too weak: ${weakness}.`,
            figures: { reason: weakness },
          });
    },
  };
}

function weaknessOf(
  password: string,
  words: readonly string[],
  { judge, common }: { readonly judge: ZxcvbnFactory; readonly common: ReadonlySet<string> },
): PasswordWeakness | null {
  const byLength = lengthWeakness(password);
  if (byLength) return byLength;
  if (common.has(password.toLowerCase())) return 'common';
  if (isPersonal(password, [...words, ...productWords])) return 'personal';
  const { score } = judge.check(password.slice(0, judgedLength), [...words, ...productWords]);
  // 2 of 4: withstands about 10⁸ guesses, far beyond what the limits let through.
  return score < 2 ? 'common' : null;
}
