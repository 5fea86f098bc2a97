/** What several accounts were worth together over time, from the equity that was seen of each. */
import type { EquityPoint } from '#core/broker/views.ts';

export interface SeenEquity {
  readonly accountId: string;
  /** Rising in time. */
  readonly points: readonly EquityPoint[];
}

/**
 * The sum at every time that one of them was seen: of each its last equity. An account counts from
 * its first sight on; what it had before is not known, and is taken to be what it had then, so that
 * an account that is merely seen for the first time moves nothing.
 */
export function worthOverTime(seen: readonly SeenEquity[]): readonly EquityPoint[] {
  const lists = seen.filter(({ points }) => points.length > 0);
  const last = lists.map(({ points }) => points[0]!);
  const places = lists.map(() => 0);
  const times = [...new Set(lists.flatMap(({ points }) => points.map(({ atMs }) => atMs)))];
  return times
    .sort((a, b) => a - b)
    .map((atMs) => {
      lists.forEach(({ points }, k) => {
        for (let next = points[places[k]!]; next && next.atMs <= atMs;) {
          last[k] = next;
          places[k]!++;
          next = points[places[k]!];
        }
      });
      const sum = (of: (point: EquityPoint) => number) => last.reduce((n, at) => n + of(at), 0);
      return { atMs, balance: sum((at) => at.balance), equity: sum((at) => at.equity) };
    });
}
