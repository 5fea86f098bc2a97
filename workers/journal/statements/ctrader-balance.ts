/** The balances that stand beside closings, as a chain: each begins where the one before ended. */
import { exactSum, type DraftDeal } from './draft.ts';

export interface Closing {
  readonly line: number;
  readonly atMs: number;
  readonly net: number;
  /** Of the account after it. */
  readonly balance: number | null;
  readonly deals: readonly DraftDeal[];
}

export interface Chain {
  readonly closings: readonly Closing[];
  readonly startBalance: number | null;
  readonly endBalance: number | null;
  /** What the balance changed by between two of them. */
  readonly gaps: readonly { readonly line: number; readonly amount: number }[];
}

const beforeOf = ({ balance, net }: Closing): number => exactSum([balance ?? NaN, -net]);

/** By time; those of one moment in the order in which their balances go on. */
export function chained(unordered: readonly Closing[]): Chain {
  const byTime = unordered.toSorted((a, b) => a.atMs - b.atMs);
  const first = byTime[0];
  if (!first || byTime.some(({ balance }) => balance === null)) {
    return { closings: byTime, startBalance: null, endBalance: null, gaps: [] };
  }
  const closings: Closing[] = [];
  const gaps: { line: number; amount: number }[] = [];
  let at: number | null = null;
  for (let from = 0; from < byTime.length;) {
    const { atMs } = byTime[from]!;
    let end = from;
    while (byTime[end]?.atMs === atMs) end++;
    const group = byTime.slice(from, end);
    from = end;
    while (group.length > 0) {
      const next: Closing = group.splice(nextOf(group, at), 1)[0]!;
      const before: number = beforeOf(next);
      if (at !== null && before !== at) {
        gaps.push({ line: next.line, amount: exactSum([before, -at]) });
      }
      at = next.balance;
      closings.push(next);
    }
  }
  return { closings, startBalance: beforeOf(closings[0]!), endBalance: at, gaps };
}

/** The one that goes on where the last ended, else one that goes on from no other of them. */
function nextOf(group: readonly Closing[], at: number | null): number {
  const on = group.findIndex((each) => beforeOf(each) === at);
  if (on >= 0) return on;
  const ends = new Set(group.map(({ balance }) => balance));
  return Math.max(
    0,
    group.findIndex((each) => !ends.has(beforeOf(each))),
  );
}
