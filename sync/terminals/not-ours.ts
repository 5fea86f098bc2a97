/**
 * Accounts that a host was asked for and has nothing to do with, for a while: without it each
 * order of a person whose own terminal is away asks the database again whose account it is.
 */

export interface NotOurs {
  has(accountId: string): boolean;
  /** To be taken before the account is looked at; adds it, unless any was said to have changed since. */
  lookedAt(accountId: string): { isNotOurs(): void };
  /** Said to have changed: it is to be looked at again. */
  forget(accountId: string): void;
}

/** What an account is never changes; should word of a new one be lost, it is found after this. */
const forMs = 30_000;
const most = 20_000;

export function notOurs({ now }: { now(): number }): NotOurs {
  const untilMs = new Map<string, number>();
  let changes = 0;
  return {
    has: (accountId) => (untilMs.get(accountId) ?? 0) > now(),
    lookedAt(accountId) {
      const before = changes;
      return {
        isNotOurs() {
          if (changes !== before) return;
          if (untilMs.size >= most) untilMs.clear();
          untilMs.set(accountId, now() + forMs);
        },
      };
    },
    forget(accountId) {
      changes += 1;
      untilMs.delete(accountId);
    },
  };
}
