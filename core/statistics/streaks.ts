/** The longest unbroken row of round trips, in closing order, whose profit passes a test. */
import type { RoundTripColumns } from '../execution/outcome.ts';

export function longestStreak(
  { profit, count }: RoundTripColumns,
  passes: (money: number) => boolean,
): number {
  let longest = 0;
  let current = 0;
  for (let k = 0; k < count; k++) {
    current = passes(profit[k]!) ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}
