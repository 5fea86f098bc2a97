/** Monthly returns as a table: a row a year, a column a month. */
import type { MonthReturn } from './monthly-returns.ts';

export interface YearRow {
  readonly year: number;
  /** January first, 0.01 is 1 %; null where the month has no bars. */
  readonly months: readonly (number | null)[];
  /** The months chained. */
  readonly ratio: number;
}

/** One row for each year that has bars, oldest first. */
export function yearTable(returns: readonly MonthReturn[]): readonly YearRow[] {
  const years = [...new Set(returns.map(({ year }) => year))];
  return years.map((year) => {
    const own = returns.filter((each) => each.year === year);
    const months = Array.from(
      { length: 12 },
      (_, month) => own.find((each) => each.month === month)?.ratio ?? null,
    );
    return { year, months, ratio: own.reduce((growth, { ratio }) => growth * (1 + ratio), 1) - 1 };
  });
}
