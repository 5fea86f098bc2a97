/**
 * The run's own days with their mean taken away, drawn again in blocks: how good as many days
 * look that are as wild and as clustered, and gain nothing in the long run.
 *
 * Source: White 2000, A Reality Check for Data Snooping, for a single rule; Politis and Romano
 * 1994 for the blocks.
 */
import { mean } from '../../statistics/moments.ts';
import { dailyReturns, dayEndBars } from '../../statistics/returns.ts';
import { endOfFactors } from './path-end.ts';
import { drawBlocks } from './stationary-blocks.ts';
import type { Study } from './study.ts';

export const daysWithoutEdge: Study = ({ bars, options, outcome }) => {
  const { returns } = dailyReturns(outcome.equity, dayEndBars(bars.timesMs));
  const centre = mean(returns);
  if (returns.length < 20 || centre === null || outcome.roundTrips.count < 2) return null;
  return {
    real: endOfFactors(returns.map((value) => 1 + value)),
    path: (random) =>
      endOfFactors(
        Array.from(
          drawBlocks(returns.length, options.blockDays, random),
          (day) => 1 + returns[day]! - centre,
        ),
      ),
  };
};
