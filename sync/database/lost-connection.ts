/** Tells a database that cannot be asked just now from one that was asked something wrong. */

/** drizzle wraps what happened, with the query's values in its message: only the cause is said. */
export function rootCause(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? rootCause(error.cause) : error;
}

export function rootCode(error: unknown): string {
  const cause = rootCause(error);
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

/**
 * Refused, reset and lost connections, a Postgres that starts or stops (57P0x, 08xxx), and one that
 * has no connection left for us (53300).
 */
export function isLostConnection(error: unknown): boolean {
  return /^(ECONNREFUSED|ECONNRESET|EPIPE|CONNECT_TIMEOUT|CONNECTION_\w+|57P0[1-3]|53300|08\w{3})$/.test(
    rootCode(error),
  );
}
