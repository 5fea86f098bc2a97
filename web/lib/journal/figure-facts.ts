/** The figures of round trips as facts with words: of those in sight, and of a report. */
import type { Band, GroupFigures } from '#core/journal/group-figures.ts';
import type { TripReport } from '#core/journal/trip-report.ts';
import type { JournalSummary } from '#workers/journal/api.ts';
import { say } from '../words/language.ts';
import { countText, none, numberText } from '../words/numbers.ts';
import { moneyText, rateText, rText, toneOf } from './trip-words.ts';

export interface FigureFact {
  readonly label: string;
  /** What it means, in a sentence. */
  readonly about: string;
  /** Several may stand one below another. */
  readonly texts: readonly string[];
  readonly aside?: string;
  readonly tone?: 'up' | 'down' | undefined;
  /** Hidden with the trader's other amounts. */
  readonly isAmount?: boolean;
  readonly isMain?: boolean;
}

/** Letters of the longest figure: with room for it none is broken. */
export function longestOf(facts: readonly FigureFact[]): number {
  return Math.max(0, ...facts.flatMap(({ texts }) => texts.map(({ length }) => length)));
}

interface Figures extends GroupFigures {
  /** ≥ 0. */
  readonly deepestFall: number;
}

interface Telling {
  readonly text: (value: number | null) => string;
  readonly isAmount: boolean;
}

export function summaryFacts(summary: JournalSummary): readonly FigureFact[] {
  const text = (value: number | null) => moneyText(value, summary.currency);
  const figures = { ...summary, expectancyBand: null, deepestFall: summary.maxDrawdown };
  return [
    ...factsOf(figures, { text, isAmount: true }),
    {
      label: say`Losers in a row`,
      about: say`The most losers one after the other, by the time of their closing.`,
      texts: [String(summary.longestLosing)],
    },
    {
      label: say`Costs`,
      about: say`Commission, fees and swap.`,
      ...{ texts: [text(summary.costs)], isAmount: true },
    },
  ];
}

/** `text` tells a result in the unit of the report. */
export function reportFacts(
  { whole, curve, streaks, unit }: TripReport,
  text: (value: number | null) => string,
): readonly FigureFact[] {
  const figures = { ...whole, deepestFall: curve.deepestFall };
  return [
    ...factsOf(figures, { text, isAmount: unit === 'money' }),
    {
      label: say`Longest streaks`,
      about: say`The most one after the other, by the time of their closing.`,
      texts: [say`${streaks.longestWon} won, ${streaks.longestLost} lost`],
    },
    {
      label: say`Streak now`,
      about: say`The streak that the last closing belongs to.`,
      texts: [streakText(streaks.now)],
    },
  ];
}

function streakText(now: number): string {
  if (now === 0) return none;
  return now > 0 ? countText(now, 'win') : countText(-now, 'loss', 'losses');
}

function factsOf(figures: Figures, { text, isAmount }: Telling): readonly FigureFact[] {
  const { net, expectancy, expectancyBand: band, profitFactor, meanWin, meanLoss } = figures;
  const result = (value: number | null) => ({ texts: [text(value)], isAmount });
  return [
    {
      label: say`Net result`,
      about: say`With commission, fees and swap.`,
      ...{ ...result(net), tone: toneOf(net), isMain: true },
    },
    {
      label: say`Won`,
      about: say`Round trips with a profit, of all that are closed.`,
      texts: [rateText(figures.won, figures.trips)],
      aside: say`of ${numberText(figures.trips)}`,
    },
    {
      label: say`Profit factor`,
      about: say`What was won ÷ what was lost; above 1 the winners carry the losers.`,
      texts: [profitFactor === null ? none : numberText(profitFactor, 2)],
    },
    {
      label: say`Expectancy`,
      about: say`What a round trip brought in the mean.`,
      ...{ ...result(expectancy), tone: toneOf(expectancy) },
    },
    ...(band ? [bandFact(band, { text, isAmount })] : []),
    {
      label: say`Expectancy in R`,
      about: say`The same in units of what the stop would have lost, of those with a stop.`,
      texts: [rText(figures.expectancyR)],
    },
    {
      label: say`Mean win / loss`,
      about: say`Mean of the winners, mean of the losers.`,
      ...{ texts: [`${text(meanWin)} /`, text(meanLoss)], isAmount },
    },
    {
      label: say`Deepest fall`,
      about: say`The deepest fall of the summed results from a peak.`,
      ...result(0 - figures.deepestFall),
    },
  ];
}

const bandFact = ({ low, high }: Band, { text, isAmount }: Telling): FigureFact => ({
  label: say`True expectancy between`,
  about: say`With 95 % certainty, by Student’s t, if the future is like this past.`,
  ...{ texts: [say`${text(low)} and`, text(high)], isAmount },
});
