/** The shape of one statistic: its name, its unit, what it means, how it is computed. */
import type { RunFacts } from './facts.ts';

/** `percent` is a number such as 12.5 for 12.5 %; `ratio` has no unit. */
export type StatisticUnit = 'money' | 'percent' | 'ratio' | 'durationMs' | 'count';

/** `Facts` are what it needs of a run; a search computes no more than `RunFacts`. */
export interface Statistic<Facts extends RunFacts = RunFacts> {
  readonly key: string;
  readonly unit: StatisticUnit;
  /** Short English name. */
  readonly label: string;
  /** One sentence for a trader who asks what the number means. */
  readonly definition: string;
  /** The figure, or null where it is undefined for this run. */
  readonly compute: (facts: Facts) => number | null;
}
