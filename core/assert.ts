/** Bugs throw here and nowhere else; what can happen to an honest user is a `Result`. */

/**
 * Throws when `condition` is false.
 *
 * `mustHold` says what must be true, not what went wrong:
 * `assert(period > 0, 'a period is positive')`.
 */
export function assert(condition: boolean, mustHold: string): asserts condition {
  if (!condition) throw new Error(`Broken promise: ${mustHold}`);
}

/** Marks a branch that the type checker has proved unreachable. */
export function unreachable(value: never): never {
  throw new Error(`Broken promise: every case is handled, not ${JSON.stringify(value)}`);
}
