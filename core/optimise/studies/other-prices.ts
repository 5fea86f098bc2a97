/** The same rules on prices that might have been: with noise, or in blocks in another order. */
import type { Bars } from '../../market/bars.ts';
import { barsFrom, medianRange, noisyBars } from './changed-bars.ts';
import { endOfEquity, type PathEnd } from './path-end.ts';
import { drawBlocks } from './stationary-blocks.ts';
import type { StudiedRun, Study } from './study.ts';

/** Prices that a little earlier, later or elsewhere would have been quoted. */
export const noisyPrices: Study = (run) => {
  const deviation = run.options.noise * medianRange(run.bars);
  return rerun(run, (random) => noisyBars(run.bars, deviation, random));
};

/**
 * Another history of the same market: what lies within a block stays, what follows what does not.
 * Source: Politis and Romano 1994, The Stationary Bootstrap.
 */
export const blocksOfPrices: Study = (run) =>
  rerun(run, (random) =>
    barsFrom(run.bars, drawBlocks(run.bars.length, run.options.blockBars, random)),
  );

function rerun(run: StudiedRun, change: (random: () => number) => Bars) {
  const { cash } = run.settings;
  if (run.bars.length < 2) return null;
  const still: PathEnd = { returnPct: 0, drawdownPct: 0 };
  return {
    real: endOfEquity(run.tradeBars(run.bars, run.signals), cash),
    path(random: () => number) {
      const bars = change(random);
      const signals = run.rules(bars);
      return signals ? endOfEquity(run.tradeBars(bars, signals), cash) : still;
    },
  };
}
