/** The columns a rule text needs, each named once: what is written twice is computed once. */
import type { Constant, ConstantOperator } from './constant.ts';
import type { FieldName } from './fields.ts';
import type { CompareOperator } from './syntax.ts';

/** A column by its index in the plan, or a number that is the same on every bar. */
export type Operand = { readonly column: number } | { readonly constant: Constant };

/** Where columns are computed: the run's own bars, those of another symbol, of a longer timeframe. */
export interface Frame {
  /** null = the instrument of the run. */
  readonly symbol: string | null;
  /** null = bars as they are. */
  readonly timeframe: string | null;
  /** By whose clocks its days begin; null = UTC. */
  readonly zone: string | null;
}

/** Index of the run's own bars among the frames. */
export const ownFrame = 0;

/** How a column is made from the bars and from columns with a lower index. */
export type PlanNode = Made & {
  /** Index of the frame it is computed in; missing = the run's own bars. */
  readonly frame?: number;
};

type Made =
  | { readonly op: 'field'; readonly field: FieldName }
  | {
      readonly op: 'indicator';
      readonly name: string;
      readonly sources: readonly number[];
      readonly parameters: readonly Constant[];
    }
  | { readonly op: 'output'; readonly of: number; readonly index: number }
  | {
      readonly op: 'arithmetic';
      readonly operator: ConstantOperator;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly op: 'absolute'; readonly of: number }
  | { readonly op: 'history'; readonly of: number; readonly barsAgo: Constant }
  | {
      readonly op: 'compare';
      readonly operator: CompareOperator;
      readonly left: Operand;
      readonly right: Operand;
    }
  | {
      readonly op: 'cross';
      readonly direction: 'above' | 'below' | 'either';
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly op: 'and' | 'or'; readonly left: number; readonly right: number }
  | { readonly op: 'not'; readonly of: number }
  /** A column of another frame, as it is known when each bar closes. */
  | { readonly op: 'align'; readonly of: number }
  /** Open times of the bars as the clocks of a zone show them, in milliseconds. */
  | { readonly op: 'wall'; readonly zone: string }
  | { readonly op: 'time'; readonly part: TimePart; readonly of: number }
  | ({ readonly op: 'session'; readonly of: number } & DaySpan)
  | ({
      readonly op: 'sessionExtreme';
      readonly side: 'high' | 'low';
      readonly of: number;
      readonly values: number;
    } & DaySpan)
  | { readonly op: 'barsSince'; readonly condition: number }
  | {
      readonly op: 'since';
      readonly measure: 'highest' | 'lowest' | 'value';
      readonly condition: number;
      readonly of: number;
    }
  | { readonly op: 'count'; readonly condition: number; readonly bars: Constant }
  /** How many of the conditions hold. */
  | { readonly op: 'tally'; readonly of: readonly number[] };

export type TimePart = 'minute' | 'hour' | 'weekday' | 'day' | 'month';

/** A part of every day by the clocks of its zone; it may go past midnight. */
export interface DaySpan {
  readonly fromMs: number;
  readonly lengthMs: number;
}

export interface PlanBuilder {
  /** Index of the node, the same for the same node. */
  add(node: PlanNode): number;
  nodes(): readonly PlanNode[];
  frames(): readonly Frame[];
  /** Index of the frame, the same for the same frame. */
  frameOf(frame: Frame): number;
  /** The same plan; what is added goes into another frame. */
  within(frame: number): PlanBuilder;
}

export function createPlan(): PlanBuilder {
  const nodes: PlanNode[] = [];
  const known = new Map<string, number>();
  const frames: Frame[] = [{ symbol: null, timeframe: null, zone: null }];
  const within = (frame: number): PlanBuilder => ({
    add(made) {
      const node = frame === ownFrame ? made : { ...made, frame };
      const key = JSON.stringify(node);
      const found = known.get(key);
      if (found !== undefined) return found;
      known.set(key, nodes.length);
      return nodes.push(node) - 1;
    },
    nodes: () => nodes,
    frames: () => frames,
    frameOf({ symbol, timeframe, zone }) {
      const at = frames.findIndex(
        (one) => one.symbol === symbol && one.timeframe === timeframe && one.zone === zone,
      );
      return at >= 0 ? at : frames.push({ symbol, timeframe, zone }) - 1;
    },
    within,
  });
  return within(ownFrame);
}

/** Indices of the columns a node is made from. */
export function nodeSources(node: PlanNode): readonly number[] {
  switch (node.op) {
    case 'field':
      return [];
    case 'indicator':
      return node.sources;
    case 'output':
    case 'absolute':
    case 'history':
    case 'not':
    case 'align':
    case 'time':
    case 'session':
      return [node.of];
    case 'wall':
      return [];
    case 'sessionExtreme':
      return [node.of, node.values];
    case 'barsSince':
    case 'count':
      return [node.condition];
    case 'since':
      return [node.condition, node.of];
    case 'tally':
      return node.of;
    case 'and':
    case 'or':
      return [node.left, node.right];
    case 'arithmetic':
    case 'compare':
    case 'cross':
      return [node.left, node.right].flatMap((side) => ('column' in side ? [side.column] : []));
  }
}

/** Numbers a node is made with. */
export function nodeConstants(node: PlanNode): readonly Constant[] {
  switch (node.op) {
    case 'indicator':
      return node.parameters;
    case 'history':
      return [node.barsAgo];
    case 'count':
      return [node.bars];
    case 'arithmetic':
    case 'compare':
    case 'cross':
      return [node.left, node.right].flatMap((side) => ('constant' in side ? [side.constant] : []));
    default:
      return [];
  }
}
