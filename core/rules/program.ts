/** A rule text made ready to run: a plan of columns and what is done with them. */
import type { Constant, Requirement } from './constant.ts';
import type { EntryOrderRule, OrderRules } from './order-rules.ts';
import type { Frame, Operand, PlanNode } from './plan.ts';
import type { Pane } from './value.ts';

export interface ProgramInput {
  /** As written. */
  readonly name: string;
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Counts bars somewhere in the rules, so only whole numbers will do. */
  readonly integer?: boolean;
}

/** Where a stop or a target stands, seen from the close of the signal bar. */
export type Level =
  /** close × (1 ± fraction) */
  | { readonly kind: 'fraction'; readonly fraction: Constant }
  /** close ± distance */
  | { readonly kind: 'distance'; readonly distance: Operand }
  /** close ± count steps of the last or, for pips, the last whole digit */
  | { readonly kind: 'points' | 'pips'; readonly count: Constant }
  | { readonly kind: 'price'; readonly price: Operand };

/** null where that side has none. */
export interface Levels {
  readonly long: Level | null;
  readonly short: Level | null;
}

export type SizePlan =
  | { readonly kind: 'equity' | 'units' | 'lots' | 'risk'; readonly amount: Constant }
  /** `column` is the volatility of a bar in percent. */
  | { readonly kind: 'volatility'; readonly amount: Constant; readonly column: number }
  | {
      readonly kind: 'kelly';
      readonly part: Constant;
      readonly trips: Constant;
      /** Part of equity until there are so many. */
      readonly otherwise: Constant;
    };

export interface Program {
  readonly source: string;
  readonly inputs: readonly ProgramInput[];
  readonly plan: readonly PlanNode[];
  /** Where the columns of the plan are computed; the first is the run's own bars. */
  readonly frames: readonly Frame[];
  /** Other symbols whose bars the rules read, each once, in the order of the text. */
  readonly symbols: readonly string[];
  /** In the order of the text: the first that holds wins. */
  readonly entries: readonly {
    readonly side: 1 | -1;
    readonly condition: number;
    readonly order: EntryOrderRule;
  }[];
  /** Bits of `core/execution/signals.ts`. */
  readonly exits: readonly { readonly sides: number; readonly condition: number }[];
  readonly stop: Levels | null;
  readonly target: Levels | null;
  readonly size: SizePlan;
  readonly orders: OrderRules;
  readonly requirements: readonly Requirement[];
  /** Series the text gives a name, in its order. */
  readonly named: readonly {
    readonly name: string;
    readonly column: number;
    readonly pane: Pane;
  }[];
}
