/** What IndexedDB says when it cannot, as one of our failures. */
import type { Failure } from '#core/errors.ts';

/** Failures of the disk or the browser; anything else is a bug and is thrown on. */
export function storeFailure(error: unknown): Failure {
  const names = namesOf(error);
  if (names.includes('QuotaExceededError')) {
    return { code: 'store.full', detail: 'There is no room left on this device for more data.' };
  }
  if (names.some((name) => unavailable.has(name))) {
    return {
      code: 'store.unavailable',
      detail: `The browser's database does not answer (${names.join(', ')}).`,
    };
  }
  throw error;
}

const unavailable = new Set([
  'AbortError',
  'DatabaseClosedError',
  'InvalidStateError',
  'MissingAPIError',
  'NotReadableError',
  'OpenFailedError',
  'SecurityError',
  'TimeoutError',
  'TransactionInactiveError',
  'UnknownError',
  'VersionError',
]);

/** Dexie wraps the browser's own error, sometimes twice, and a bulk failure holds a list. */
function namesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 3) return [];
  const { name, inner, failures } = error as {
    name?: unknown;
    inner?: unknown;
    failures?: unknown;
  };
  const listed = Array.isArray(failures) ? failures.slice(0, 3) : [];
  return [
    ...(typeof name === 'string' ? [name] : []),
    ...namesOf(inner, depth + 1),
    ...listed.flatMap((failure) => namesOf(failure, depth + 1)),
  ];
}
