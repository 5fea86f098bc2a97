/** What a comparison of two groups says, for who trades and has no time for statistics. */
import type { Chance } from '#core/journal/permutation-test.ts';
import { say } from '../words/language.ts';
import { numberText } from '../words/numbers.ts';

/** How far apart their means are; `by` is the way between them, whose sign the words tell. */
export function apartText(name: string, apart: number, by: string): string {
  if (apart === 0) return say`Both brought the same in the mean.`;
  const plain = by.replace(/^\+/, '');
  return apart > 0
    ? say`${name} brought ${plain} more a round trip.`
    : say`${name} brought ${plain} less a round trip.`;
}

/** How often chance alone parts the same round trips as far. */
export function chanceText({ share, draws }: Chance): string {
  const shown = numberText(draws);
  if (share <= 1 / (draws + 1)) {
    return say`Dealt into two groups at random ${shown} times, the same round trips never came as far apart.`;
  }
  if (share > 2 / 3) return say`Chance alone does as well most of the time.`;
  return say`Chance alone does as well in 1 of ${numberText(Math.max(2, 1 / share))}.`;
}

/** What that is worth. */
export function verdictText({ share }: Chance): string {
  if (share > 0.2) return say`That is no sign that the two differ.`;
  if (share > 0.05) return say`That is a hint at most; more round trips will tell.`;
  if (share > 0.01)
    return say`That is hardly chance, if it is the only comparison that you tried: of twenty such, one comes out like this for nothing.`;
  return say`That is hardly chance, unless you tried a hundred comparisons to find it.`;
}
