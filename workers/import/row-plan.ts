/** Which rows of a file are ordinary, and where in them everything stands. */
import type { ColumnRole } from './api.ts';
import type { Layout } from './layout.ts';
import { planTime, type TimePlan } from './time-plan.ts';

export interface RowPlan {
  readonly time: TimePlan;
  readonly separator: number;
  readonly point: number;
  readonly lineEnd: number;
  readonly datesAlone: boolean;
  /** What the columns after the prices are; ignored ones at the end are left out. */
  readonly rest: Uint8Array;
}

/** The kinds of column after the prices. */
export const restCode = { skip: 0, volume: 1, tickVolume: 2, spread: 3 } as const;

/** An Int32 holds any number of nine digits. */
export const MOST_INT_DIGITS = 9;
/** A double holds any number of fifteen. */
export const MOST_DOUBLE_DIGITS = 15;

const prices: readonly ColumnRole[] = ['open', 'high', 'low', 'close'];
const asks: readonly ColumnRole[] = ['askOpen', 'askHigh', 'askLow', 'askClose'];

/**
 * Ordinary is a time of fixed width, then open, high, low, close (and the same of the ask), then
 * whole numbers. Null when the layout's rows are not: every row is a careful one.
 */
export function planRow(layout: Layout): RowPlan | null {
  const { roles, timeTemplate, timeOfDayTemplate } = layout;
  if (timeTemplate === null || (roles[0] !== 'time' && roles[0] !== 'date')) return null;
  const apart = roles.includes('timeOfDay');
  if (apart && (roles[1] !== 'timeOfDay' || timeOfDayTemplate === null)) return null;
  const separator = layout.separator.charCodeAt(0);
  const time = planTime(timeTemplate, timeOfDayTemplate, separator);
  const first = apart ? 2 : 1;
  const expected = roles.includes('askOpen') ? [...prices, ...asks] : prices;
  if (time === null || expected.some((role, i) => roles[first + i] !== role)) return null;
  const rest = roles.slice(first + expected.length);
  while (rest.at(-1) === 'ignore') rest.pop();
  return {
    time,
    separator,
    point: layout.decimal.charCodeAt(0),
    lineEnd: layout.lineEnd,
    datesAlone: layout.datesAlone,
    rest: Uint8Array.from(rest, (role) => restCode[role as keyof typeof restCode] ?? restCode.skip),
  };
}
