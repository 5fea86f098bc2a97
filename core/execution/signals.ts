/**
 * What a strategy asks for on each bar, in columns: the one thing that passes from the rules to
 * the reference broker and to the kernel. Every value at bar i is computed from bars 0 … i.
 */
import type { OrderPlan } from './order-plan.ts';

/** How large an entry is. Fractions are of equity at the fill, 1 = 100 %; see `sizing.ts`. */
export type Sizing =
  | { readonly kind: 'equity'; readonly fraction: number }
  | { readonly kind: 'units'; readonly units: number }
  | { readonly kind: 'lots'; readonly lots: number }
  /** Loses `fraction` of equity at the stop; an entry without a stop is dropped. */
  | { readonly kind: 'risk'; readonly fraction: number };

/** Levels in price units for an entry signalled on each bar; NaN = none on that bar. */
export interface SideLevels {
  readonly long: Float64Array;
  readonly short: Float64Array;
}

export interface Signals {
  readonly length: number;
  /** W: the first bar on which every series has a value; rules act from bar W + 1. */
  readonly warmupBars: number;
  /** 1 = enter long, -1 = enter short, 0 = none: the first entry rule that holds. */
  readonly entry: Int8Array;
  /** Bit 1 = exit a long, bit 2 = exit a short. */
  readonly exit: Uint8Array;
  readonly stop: SideLevels | null;
  readonly target: SideLevels | null;
  readonly sizing: Sizing;
  /** Orders beyond the above; then its rules, levels and sizing count where both speak. */
  readonly plan?: OrderPlan;
}

export const EXIT_LONG = 1;
export const EXIT_SHORT = 2;
