/** Whether a goal was kept in each of its weeks or months, and how far the one under way is. */
import type { Goal, GoalMeasure, GoalPeriod } from '../collections/goal.ts';
import { dayAfter } from './day-streaks.ts';
import { tidy } from './decimal-sums.ts';
import type { GoalDay } from './goal-days.ts';

/** What must stay below its target; all else must reach it. */
const limits: readonly GoalMeasure[] = ['trips', 'mistakes'];
export const isLimit = (measure: GoalMeasure): boolean => limits.includes(measure);

/** What more of a period cannot undo once it is reached, or passed. */
const rising: readonly GoalMeasure[] = ['trips', 'mistakes', 'plans', 'reviews'];

export interface PeriodResult {
  /** Its first and its last day. */
  readonly from: string;
  readonly until: string;
  /** Null where there is nothing to measure. */
  readonly value: number | null;
  /** `open`: it goes on, and may still turn out either way; `none`: it is over, nothing was measured. */
  readonly state: 'kept' | 'missed' | 'open' | 'none';
}

export interface Measured {
  readonly days: readonly GoalDay[];
  /** Days with a plan, with a review. */
  readonly plans: readonly string[];
  readonly reviews: readonly string[];
  readonly today: string;
}

/** The first day of a period: a Monday, or the first of a month. */
export function periodStart(day: string, period: GoalPeriod): string {
  if (period === 'month') return `${day.slice(0, 7)}-01`;
  return dayAfter(day, -((new Date(day).getUTCDay() + 6) % 7));
}

export function periodEnd(start: string, period: GoalPeriod): string {
  if (period === 'week') return dayAfter(start, 6);
  const [year = 0, month = 1] = start.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The newest `most` of them, from the one that counts first to that of `until`; the first first. */
export function goalPeriods(
  goal: Pick<Goal, 'measure' | 'period' | 'target' | 'currency' | 'fromDay'>,
  measured: Measured,
  { until, most }: { readonly until: string; readonly most: number },
): readonly PeriodResult[] {
  const first = periodStart(goal.fromDay, goal.period);
  const found: PeriodResult[] = [];
  let start = periodStart(until, goal.period);
  while (start >= first && found.length < most) {
    found.push(result(goal, measured, start));
    start = periodStart(dayAfter(start, -1), goal.period);
  }
  return found.reverse();
}

function result(
  goal: Pick<Goal, 'measure' | 'period' | 'target' | 'currency'>,
  measured: Measured,
  from: string,
): PeriodResult {
  const until = periodEnd(from, goal.period);
  const { measure, target } = goal;
  const value = valueIn(goal, measured, { from, until });
  const isOver = until < measured.today;
  const isReached = value !== null && (isLimit(measure) ? value <= target : value >= target);
  const isSettled = isOver || (rising.includes(measure) && isReached !== isLimit(measure));
  if (value === null) return { from, until, value, state: isOver ? 'none' : 'open' };
  return { from, until, value, state: !isSettled ? 'open' : isReached ? 'kept' : 'missed' };
}

function valueIn(
  { measure, currency }: Pick<Goal, 'measure' | 'currency'>,
  { days, plans, reviews }: Measured,
  { from, until }: { readonly from: string; readonly until: string },
): number | null {
  const isWithin = (day: string) => day >= from && day <= until;
  if (measure === 'plans') return new Set(plans.filter(isWithin)).size;
  if (measure === 'reviews') return new Set(reviews.filter(isWithin)).size;
  const money = measure === 'net' ? (currency ?? mainCurrency(days)) : null;
  const own = days.filter(
    (each) => isWithin(each.day) && (measure !== 'net' || each.currency === money),
  );
  const sum = (of: (day: GoalDay) => number) => tidy(own.reduce((all, day) => all + of(day), 0));
  const mean = (of: number, count: number) => (count === 0 ? null : of / count);
  switch (measure) {
    case 'trips':
      return sum(({ trips }) => trips);
    case 'mistakes':
      return sum(({ mistakes }) => mistakes);
    case 'net':
      return own.length === 0 ? null : sum(({ net }) => net);
    case 'r':
      return sum(({ withR }) => withR) === 0 ? null : sum(({ r }) => r);
    case 'rating':
      return mean(
        sum(({ rating }) => rating),
        sum(({ rated }) => rated),
      );
    case 'criteria':
      return mean(
        sum(({ met }) => 100 * met),
        sum(({ criteria }) => criteria),
      );
  }
}

/** That of most round trips; null where nobody told one. */
export function mainCurrency(days: readonly GoalDay[]): string | null {
  const counts = new Map<string | null, number>();
  for (const { currency, trips } of days) {
    counts.set(currency, (counts.get(currency) ?? 0) + trips);
  }
  const [most] = [...counts].toSorted(
    ([a, m], [b, n]) => n - m || (String(a) < String(b) ? -1 : 1),
  );
  return most?.[0] ?? null;
}
