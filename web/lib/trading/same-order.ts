/** Keeps a second press from sending the same order twice: for 2 s after the first it waits. */
export const sameOrderMs = 2_000;

export interface SameOrderGuard {
  /** True where the same was not asked in the last 2 s; then it counts as asked. */
  admits(order: unknown, nowMs: number): boolean;
}

export function sameOrderGuard(): SameOrderGuard {
  const asked = new Map<string, number>();
  return {
    admits(order, nowMs) {
      const key = JSON.stringify(order);
      for (const [other, atMs] of asked) {
        if (Math.abs(nowMs - atMs) >= sameOrderMs) asked.delete(other);
      }
      if (asked.has(key)) return false;
      asked.set(key, nowMs);
      return true;
    },
  };
}
