/** Each study in a trader's words: what it does, what can be changed, what its answer means. */
import type { StudyKey } from '#core/optimise/studies/registry.ts';
import type { StudyOptions } from '#core/optimise/studies/study.ts';
import type { StudySummary } from '#core/optimise/studies/summary.ts';
import { percentText } from '#lib/backtest/figures.ts';
import { say } from '../words/language.ts';

export interface StudyField {
  readonly key: keyof StudyOptions;
  readonly label: string;
  /** What is typed ÷ what is meant: 100 where percent are typed for a part of 1. */
  readonly scale: number;
  readonly least: number;
  readonly most: number;
}

export interface StudyWords {
  readonly label: string;
  /** What is done, in one or two sentences. */
  readonly about: string;
  readonly fields: readonly StudyField[];
  /** How many paths are worth waiting for. */
  readonly paths: number;
  /** Whether the run must be better than the paths, or the paths good in themselves. */
  readonly question: 'is-it-chance' | 'does-it-hold';
}

const percent = { scale: 100, least: 0, most: 100 };

export const studyWords: Readonly<Record<StudyKey, StudyWords>> = {
  fills: {
    label: say`worse fills`,
    about: say`Misses some of the entries and makes every fill a little worse, at random, and trades again.`,
    fields: [
      { key: 'worseRate', label: say`Worse by up to, %`, ...percent, most: 5 },
      { key: 'skipShare', label: say`Entries missed, %`, ...percent, most: 90 },
    ],
    paths: 500,
    question: 'does-it-hold',
  },
  noise: {
    label: say`noise on prices`,
    about: say`Moves every price a little, at random, as another broker would have quoted it, and runs the rules again.`,
    fields: [{ key: 'noise', label: say`Of a usual bar, %`, ...percent, most: 200 }],
    paths: 200,
    question: 'does-it-hold',
  },
  blocks: {
    label: say`another history`,
    about: say`Puts together new prices from blocks of the real ones, and runs the rules again. What lasts longer than a block is gone.`,
    fields: [{ key: 'blockBars', label: say`Bars in a block`, scale: 1, least: 1, most: 100_000 }],
    paths: 200,
    question: 'does-it-hold',
  },
  entries: {
    label: say`random entries`,
    about: say`Enters at random instead of when the rules say: as many round trips, held as long, on the same sides, at the same costs.`,
    fields: [],
    paths: 2_000,
    question: 'is-it-chance',
  },
  days: {
    label: say`days without an edge`,
    about: say`Takes the average gain out of its days and draws them again in blocks: as wild, but with nothing to be earned.`,
    fields: [{ key: 'blockDays', label: say`Days in a block`, scale: 1, least: 1, most: 1_000 }],
    paths: 2_000,
    question: 'is-it-chance',
  },
};

export interface Said {
  readonly title: string;
  readonly reason: string;
}

/** The p value below which chance alone is no good explanation; by convention. */
const SELDOM = 0.05;

/** What the answer amounts to, in words that promise nothing. */
export function answerOf(study: StudyKey, summary: StudySummary): Said {
  const { chance, returnBand, lossShare, real } = summary;
  if (studyWords[study].question === 'is-it-chance') {
    const what = study === 'entries' ? say`random entries` : say`such days`;
    return {
      title: say`${percentText(chance * 100)} of ${what} did as well or better.`,
      reason:
        chance <= SELDOM
          ? say`Chance alone seldom gives as much (p value of 5 % or less).`
          : say`Chance gives as much: no evidence that the rules know anything (p value above 5 %).`,
    };
  }
  const title = say`${percentText(lossShare * 100)} of the paths lose money.`;
  if (real.returnPct <= 0)
    return { title, reason: say`The run itself gained nothing to begin with.` };
  if (lossShare > 0.25) {
    const reason =
      study === 'blocks'
        ? say`It needs patterns longer than a block, or this one history: try longer blocks.`
        : say`What it gained hangs on details: do not count on it.`;
    return { title, reason };
  }
  if (returnBand.middle < real.returnPct / 2) {
    return { title, reason: say`The usual path gains less than half of what the run did.` };
  }
  return { title, reason: say`It does not hang on the details that were changed.` };
}
