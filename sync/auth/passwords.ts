/** Turns passwords into Argon2id hashes and back into yes or no, a bounded number at a time. */
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Failure } from '#core/errors.ts';
import { maxPasswordLength } from '#core/identity/password-policy.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { PasswordJudge } from './password-judge.ts';
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
  judge(password: string, words: readonly string[]): Promise<Result<void, Failure>>;
}

// Argon2id, RFC 9106: 64 MiB, three passes, one lane.
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 };
/** Each takes a core and 64 MiB for its time. */
const atOnce = 2;
const mostWaiting = 100;

export function createPasswords(): Passwords {
  const run = turnstile(atOnce, mostWaiting);
  const nobody = hashOfNobody();
  let judge: PasswordJudge | null = null;
  return {
    hash: (password) => run(() => hash(password, cost)),
    matches: (known, password) =>
      run(async () => {
        const tooLong = [...password].length > maxPasswordLength;
        const right = await verify(known ?? nobody, tooLong ? '' : password);
        return right && known !== null && !tooLong;
      }),
    async judge(password, words) {
      judge ??= await (await import('./password-judge.ts')).createPasswordJudge();
      const weakness = judge(password, words);
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

/** Of a password that nobody knows, so that an unknown account costs what a known one costs. */
function hashOfNobody(): string {
  const random = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('=', '');
  const { memoryCost, timeCost, parallelism } = cost;
  const figures = `m=${memoryCost},t=${timeCost},p=${parallelism}`;
  return `$argon2id$v=19$${figures}$${random(16)}$${random(32)}`;
}
