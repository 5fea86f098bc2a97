/** A question put to a run by repeating it many times, each time with something changed by chance. */
import type { Outcome } from '../../execution/outcome.ts';
import type { RunSettings } from '../../execution/settings.ts';
import type { Signals } from '../../execution/signals.ts';
import type { Bars } from '../../market/bars.ts';
import type { PathEnd } from './path-end.ts';

/** How much is changed; each study reads its own. */
export interface StudyOptions {
  /** A fill is worse by up to this part of the price. */
  readonly worseRate: number;
  /** Share of entries that are missed, 0 … 1. */
  readonly skipShare: number;
  /** Deviation of the noise on prices, as a part of the median range of a bar. */
  readonly noise: number;
  /** How long blocks of prices or days are in the mean, in bars and in days. */
  readonly blockBars: number;
  readonly blockDays: number;
}

export const standardOptions: StudyOptions = {
  worseRate: 0.001,
  skipShare: 0.1,
  noise: 0.2,
  blockBars: 20,
  blockDays: 10,
};

/** The run in question and the means to repeat it. */
export interface StudiedRun {
  readonly bars: Bars;
  readonly settings: RunSettings;
  readonly options: StudyOptions;
  readonly signals: Signals;
  readonly outcome: Outcome;
  /** What the rules ask for on other bars; null where they cannot run on them. */
  readonly rules: (bars: Bars) => Signals | null;
  /** Over the prices of the run, with what moves inside its bars. */
  readonly trade: (signals: Signals) => Outcome;
  /** Over bars with nothing inside them: the worse way first where the run walked something. */
  readonly tradeBars: (bars: Bars, signals: Signals) => Outcome;
}

export interface Paths {
  /** What the run itself came to, counted as the paths are. */
  readonly real: PathEnd;
  /** One repetition; the same draws give the same. */
  readonly path: (random: () => number) => PathEnd;
}

/** null where the run has too little to study. */
export type Study = (run: StudiedRun) => Paths | null;
