/** Why a note could not be stored, in words. */
import { errorWords } from '#lib/words/errors.ts';
import { storeFailure } from '#workers/store/failure.ts';

export function failureWords(reason: unknown): string {
  return `${errorWords(storeFailure(reason)).what}.`;
}
