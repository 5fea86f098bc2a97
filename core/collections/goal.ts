/** What the trader wants to reach, or to stay below, in each week or month. */
import type { Collection } from './collection.ts';
import { id } from './row-shapes.ts';
import { finite, matching, oneOf, orNull } from './shape.ts';

/** What is measured; `core/journal/goal-periods.ts` says how. */
export const goalMeasures = [
  ...(['net', 'r', 'trips', 'plans', 'reviews', 'mistakes', 'rating', 'criteria'] as const),
] as const;
export type GoalMeasure = (typeof goalMeasures)[number];
export type GoalPeriod = 'week' | 'month';

export interface Goal {
  readonly id: string;
  readonly measure: GoalMeasure;
  readonly period: GoalPeriod;
  /** In the unit of what is measured: money, R, a count, of five, percent. */
  readonly target: number;
  /** Of a net result: the money that it is counted in; null = that of which most was traded. */
  readonly currency: string | null;
  /** `2026-11-27`: a day of the first period that counts. */
  readonly fromDay: string;
  readonly createdMs: number;
  readonly updatedMs: number;
}

export const goals: Collection = {
  name: 'goals',
  schemaVersion: 1,
  key: 'id',
  fields: {
    measure: { merge: 'value', shape: oneOf([...goalMeasures]) },
    period: { merge: 'value', shape: oneOf(['week', 'month']) },
    target: { merge: 'value', shape: finite },
    currency: { merge: 'value', shape: orNull(id) },
    fromDay: { merge: 'value', shape: matching(/^\d{4}-\d{2}-\d{2}$/) },
    createdMs: { merge: 'value', shape: finite },
    updatedMs: { merge: 'value', shape: finite },
  },
};
