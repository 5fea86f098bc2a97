/** Why the server will not start, in one sentence an operator can act on. */
import { fail, type Result } from '#core/result.ts';

export interface Refusal {
  readonly code: 'boot.refused';
  readonly sentence: string;
}

/** A failed result that ends the start; `sentence` is printed as it is and the exit code is 1. */
export function refuse(sentence: string): Result<never, Refusal> {
  return fail({ code: 'boot.refused', sentence });
}
