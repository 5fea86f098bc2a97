/** What only the arrays of a run tell: whether it went broke, what was still open at its end. */
import { exitReasons } from '#core/execution/outcome.ts';
import type { Run } from '#core/collections/run.ts';
import type { RunArrays } from '#workers/store/database.ts';

export interface ArrayFacts {
  readonly ruined: boolean;
  /** Money in the last equity that no closed round trip explains; 0 where nothing was open. */
  readonly openProfit: number;
}

const ruinIndex = exitReasons.indexOf('ruin');

export function arrayFacts(run: Run, arrays: RunArrays): ArrayFacts {
  const { equity, roundTrips } = arrays;
  let profit = 0;
  for (const each of roundTrips.profit) profit += each;
  const last = equity.at(-1) ?? run.settings.cash;
  const unexplained = last - run.settings.cash - profit;
  // Sums in another order differ in the last digits; a real position does not vanish there.
  const noise = 1e-9 * Math.max(Math.abs(last), run.settings.cash) * Math.max(1, roundTrips.count);
  return {
    ruined: roundTrips.exitReason.includes(ruinIndex),
    openProfit: Math.abs(unexplained) > Math.max(noise, 1e-6) ? unexplained : 0,
  };
}
