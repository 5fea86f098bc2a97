/** Keeps dear work to a few at a time, and the line before it short. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';

/**
 * Runs what it is given, at most `most` at a time, in the order in which it came; refuses with
 * `limits.too-many-calls` when the line behind them is too long.
 */
export function turnstile(most: number, longestLine: number) {
  let inside = 0;
  const line: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<Result<T, Failure>> => {
    if (inside >= most && line.length >= longestLine) {
      const detail = 'Too many passwords are being checked.';
      return fail({ code: 'limits.too-many-calls', detail, figures: { retryAfterMs: 5_000 } });
    }
    if (inside >= most) await new Promise<void>((resolve) => line.push(resolve));
    else inside++;
    try {
      return ok(await work());
    } finally {
      const next = line.shift();
      if (next) next();
      else inside--;
    }
  };
}
