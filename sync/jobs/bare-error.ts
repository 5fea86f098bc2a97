/** What may be said of an unforeseen error in a log: where it arose and its code, not its message. */
import { rootCode } from '../database/lost-connection.ts';

export interface BareError {
  readonly type: string;
  /** The code of the innermost cause, such as `ECONNREFUSED` or a Postgres SQLSTATE. */
  readonly code: string;
  readonly frames: readonly string[];
}

/** Messages are left out: those of a failed query or of a mail server hold addresses and values. */
export function bareError(error: unknown): BareError {
  if (!(error instanceof Error)) return { type: typeof error, code: '', frames: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    code: rootCode(error),
    frames: frames.map((line) => line.trim()).slice(0, 12),
  };
}
