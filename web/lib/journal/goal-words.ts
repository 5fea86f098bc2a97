/** Goals in words: what is measured, in which unit, how far it is. */
import type { Goal, GoalMeasure } from '#core/collections/goal.ts';
import type { PeriodResult } from '#core/journal/goal-periods.ts';
import { say } from '../words/language.ts';
import { none, numberText } from '../words/numbers.ts';
import { moneyText, rText } from './trip-words.ts';

export const measureWords: Readonly<Record<GoalMeasure, string>> = {
  net: say`Net result at least`,
  r: say`Result in R at least`,
  trips: say`Round trips at most`,
  plans: say`Days with a plan at least`,
  reviews: say`Days with a review at least`,
  mistakes: say`Mistakes at most`,
  rating: say`Mean rating at least`,
  criteria: say`Criteria of playbooks met at least`,
};

/** Digits of what is measured. */
const digits: Readonly<Record<GoalMeasure, number>> = {
  ...{ net: 2, r: 2, trips: 0, plans: 0, reviews: 0, mistakes: 0, rating: 1, criteria: 0 },
};

/** `+120.50 USD`, `4`, `80 %`. */
export function goalValueText(
  measure: GoalMeasure,
  value: number | null,
  currency: string | null,
): string {
  if (value === null) return none;
  if (measure === 'net') return moneyText(value, currency);
  if (measure === 'r') return rText(value);
  const text = numberText(value, digits[measure]);
  return measure === 'criteria' ? `${text} %` : text;
}

/** `Net result at least +200.00 USD a week`. */
export function goalText(goal: Goal, currency: string | null): string {
  const what = `${measureWords[goal.measure]} ${goalValueText(goal.measure, goal.target, currency)}`;
  return goal.period === 'week' ? say`${what} a week` : say`${what} a month`;
}

export const stateWords: Readonly<Record<PeriodResult['state'], string>> = {
  kept: say`kept`,
  missed: say`missed`,
  open: say`under way`,
  none: say`nothing to measure`,
};

/** Told by its shape too: a colour alone must not say it. */
export const stateMarks: Readonly<Record<PeriodResult['state'], string>> = {
  ...{ kept: '✓', missed: '✗', open: '…', none: '–' },
};

/** Why it cannot be a goal, in words; null when it can. */
export function targetFault(measure: GoalMeasure, target: number | null): string | null {
  if (target === null) return say`A goal has a number to reach.`;
  const isCount = ['trips', 'plans', 'reviews', 'mistakes'].includes(measure);
  if (isCount && (!Number.isInteger(target) || target < 0)) {
    return say`A count is a whole number, 0 or more.`;
  }
  if (measure === 'rating' && (target < 1 || target > 5)) return say`Ratings go from 1 to 5.`;
  if (measure === 'criteria' && (target <= 0 || target > 100)) {
    return say`A share goes from 1 to 100 %.`;
  }
  return null;
}
