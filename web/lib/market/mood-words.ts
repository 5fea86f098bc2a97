/** What a figure of the fear and greed index is called, as its makers call it. */

export interface Mood {
  readonly upTo: number;
  readonly word: string;
}

/** Source: alternative.me, the words that come with its figures. */
export const moods: readonly Mood[] = [
  { upTo: 25, word: 'Extreme fear' },
  { upTo: 46, word: 'Fear' },
  { upTo: 54, word: 'Neutral' },
  { upTo: 75, word: 'Greed' },
  { upTo: 100, word: 'Extreme greed' },
];

export function moodOf(value: number): string {
  return moods.find(({ upTo }) => value <= upTo)?.word ?? 'Extreme greed';
}
