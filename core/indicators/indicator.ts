/** What an indicator says of itself, so that rules, editor, chart and reference page need no more. */
import type { Memory } from './memory.ts';

/** A column an indicator reads: `series` is the one it is asked for, the others are the bars'. */
export type IndicatorSource = 'series' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'openMs';

export interface IndicatorParameter {
  readonly name: string;
  readonly description: string;
  /** A whole number of bars, or any number. */
  readonly kind: 'period' | 'number';
  readonly min: number;
  readonly max: number;
  /** What platforms commonly use; null where it must be given. */
  readonly default: number | null;
}

export interface Indicator {
  /** The name in a rule text. */
  readonly name: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  /** Where the formula is from, and how the first value is made. */
  readonly reference: string;
  readonly sources: readonly IndicatorSource[];
  readonly parameters: readonly IndicatorParameter[];
  /** Names of the outputs; one that is empty for an indicator with a single column. */
  readonly outputs: readonly string[];
  /** Where it is drawn: over the prices, in a pane of its own, or where its source is. */
  readonly pane: 'price' | 'own' | 'source';
  /** A series of values unless told; a condition is 1 on the bars where it holds, else 0. */
  readonly result?: 'condition';
  /** Later bars change values it has given: good for drawing, and no rule may use it. */
  readonly repaints?: true;
  /**
   * Columns as long as the sources, NaN before the first value and never after.
   *
   * With a memory the sources are the next chunk of longer ones: together the chunks give, bit for
   * bit, what one call over the whole gives. What repaints has no such form and keeps nothing.
   */
  readonly compute: (
    sources: readonly Float64Array[],
    parameters: readonly number[],
    memory?: Memory,
  ) => readonly Float64Array[];
}

const longestPeriod = 100_000;

/** A parameter that counts bars, from `min` (1 unless told) up. */
export function periodParameter(
  name: string,
  description: string,
  options: { readonly default?: number; readonly min?: number } = {},
): IndicatorParameter {
  return {
    name,
    description,
    kind: 'period',
    min: options.min ?? 1,
    max: longestPeriod,
    default: options.default ?? null,
  };
}

/** Any number from `min` to `max`. */
export function numberParameter(
  name: string,
  description: string,
  options: { readonly min: number; readonly max: number; readonly default: number },
): IndicatorParameter {
  return { name, description, kind: 'number', ...options };
}

/** The hour at which a trading day begins, in UTC. */
export const dayStartParameter: IndicatorParameter = {
  name: 'day_start',
  description: 'Hour at which a day begins, UTC.',
  kind: 'period',
  min: 0,
  max: 23,
  default: 0,
};
