/** A copy of what is to be logged, without secrets: by their names, at any depth, and by their looks. */
import { describeError, safeCode } from './log-error.ts';
import { hidden, scrub } from './scrub.ts';

/** Ends of names, with neither case nor dashes: `newPassword`, `set-cookie`, `x-csrf-token`. */
const secretName =
  /(pass|password|passphrase|passwordhash|hash|secrets?|tokens?|cookies?|authorization|apikey|credentials?|otp|totp|codes|recoverycode|challenge|privatekey|seed|dsn|params|parameters|body|headers|input)$/;

const deepest = 6;

/**
 * The value as it may be logged: errors described, texts scrubbed, secrets by name replaced.
 *
 * `code` keeps what is known to be an error's code, since a second factor's goes by that name
 * too. A request's id is kept as it is: to be found again is what it is for.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrub(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return describeError(value);
  if (value instanceof Date) return value.toJSON();
  if (depth >= deepest) return hidden;
  if (Array.isArray(value)) return value.map((part) => redact(part, depth + 1));
  if (!isPlain(value)) return `[${value.constructor?.name ?? 'object'}]`;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, redactNamed(name, part, depth)]),
  );
}

function redactNamed(name: string, value: unknown, depth: number): unknown {
  if (name === 'requestId' && typeof value === 'string') return value;
  if (name === 'code' && value !== '') return safeCode(value) ?? hidden;
  const isSecret = secretName.test(name.toLowerCase().replaceAll(/[-_]/g, ''));
  const saysNothing = value === null || value === undefined || typeof value === 'boolean';
  return isSecret && !saysNothing ? hidden : redact(value, depth + 1);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
