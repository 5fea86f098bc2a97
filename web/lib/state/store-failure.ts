/** What the browser's storage throws, as one of our failures. */
import type { Failure } from '#core/errors.ts';

const codes: Readonly<Record<string, Failure['code']>> = {
  QuotaExceededError: 'store.full',
  MissingAPIError: 'store.unavailable',
  OpenFailedError: 'store.unavailable',
  InvalidStateError: 'store.unavailable',
  DatabaseClosedError: 'store.unavailable',
  SecurityError: 'store.unavailable',
  VersionError: 'store.unavailable',
  UnknownError: 'store.unavailable',
  NotFoundError: 'store.not-found',
};

/** The failure behind an error of IndexedDB or Dexie, which wraps the real one as `inner`. */
export function storeFailure(error: unknown): Failure {
  const names: string[] = [];
  for (let at = error; at instanceof Error || at instanceof DOMException;) {
    names.push(at.name);
    at = 'inner' in at ? at.inner : undefined;
  }
  const known = names.findLast((name) => name in codes);
  return {
    code: (known ? codes[known] : undefined) ?? 'store.damaged',
    detail: error instanceof Error ? error.message : String(error),
  };
}
