/** What a figure of the fear and greed index is called, as its makers call it. */
import { say } from '../words/language.ts';

export interface Mood {
  readonly upTo: number;
  readonly word: string;
}

/** Source: alternative.me, the words that come with its figures. */
export const moods: readonly Mood[] = [
  { upTo: 25, word: say`Extreme fear` },
  { upTo: 46, word: say`Fear` },
  { upTo: 54, word: say`Neutral` },
  { upTo: 75, word: say`Greed` },
  { upTo: 100, word: say`Extreme greed` },
];

export function moodOf(value: number): string {
  return moods.find(({ upTo }) => value <= upTo)?.word ?? say`Extreme greed`;
}
