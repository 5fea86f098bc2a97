/** How round trips went while they were open, in words: a table's rows, and what the stop had to do. */
import type { OpenFigures, StopUse } from '#core/journal/while-open.ts';
import { say } from '../words/language.ts';
import { none, numberText } from '../words/numbers.ts';

export interface OpenRow {
  readonly label: string;
  readonly about: string;
  /** Counted in the unit of the report: hidden with other amounts where that is money. */
  readonly isResult: boolean;
  readonly text: (figures: OpenFigures | null) => string;
}

/** `text` tells a result in the unit of the report. */
export function openRows(text: (value: number | null) => string): readonly OpenRow[] {
  const row = (label: string, about: string, of: (figures: OpenFigures) => number): OpenRow => ({
    ...{ label, about, isResult: true },
    text: (figures) => plain(text(figures && of(figures))),
  });
  const against = say`The worst that each stood at before its exit.`;
  const ahead = say`The best that each stood at before its exit.`;
  return [
    {
      ...{ label: say`Round trips`, about: say`That could be measured.`, isResult: false },
      text: (figures) => numberText(figures?.trips ?? 0),
    },
    row(say`MAE, mean`, against, ({ averageMae }) => averageMae),
    row(say`MAE, median`, against, ({ medianMae }) => medianMae),
    row(say`MAE, largest`, against, ({ largestMae }) => largestMae),
    row(say`MFE, mean`, ahead, ({ averageMfe }) => averageMfe),
    row(say`MFE, median`, ahead, ({ medianMfe }) => medianMfe),
    row(say`MFE, largest`, ahead, ({ largestMfe }) => largestMfe),
    row(
      say`Given back, mean`,
      say`From the best to the exit.`,
      ({ averageGivenBack }) => averageGivenBack,
    ),
    {
      ...{ label: say`Kept of the best, median`, isResult: false },
      about: say`What the exit brought before costs ÷ MFE, of those that were ahead.`,
      text: (figures) => shareText(figures?.medianKept ?? null),
    },
  ];
}

/** A way that has no direction has no sign. */
export const plain = (text: string): string => text.replace(/^\+/, '');

const shareText = (share: number | null) =>
  share === null ? none : `${numberText(100 * share)} %`;

/** What winners used of the way to their stop, and what nearer stops would have closed. */
export function stopSentences({
  winners,
  losers,
  median,
  most,
  nearer,
}: StopUse): readonly string[] {
  return [
    say`Of ${numberText(winners)} winners with a stop half went no more than ${shareText(median)} of the way to it, nine of ten no more than ${shareText(most)}.`,
    ...nearer.map(
      ({ part, ...closed }) =>
        say`A stop at ${shareText(part)} of the way would have closed ${numberText(closed.winners)} of ${numberText(winners)} winners, and ${numberText(closed.losers)} of ${numberText(losers)} losers earlier.`,
    ),
  ];
}
