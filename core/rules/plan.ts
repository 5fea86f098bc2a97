/** The columns a rule text needs, each named once: what is written twice is computed once. */
import type { Constant, ConstantOperator } from './constant.ts';
import type { FieldName } from './fields.ts';
import type { CompareOperator } from './syntax.ts';

/** A column by its index in the plan, or a number that is the same on every bar. */
export type Operand = { readonly column: number } | { readonly constant: Constant };

/** How a column is made from the bars and from columns with a lower index. */
export type PlanNode =
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
  | { readonly op: 'not'; readonly of: number };

export interface PlanBuilder {
  /** Index of the node, the same for the same node. */
  add(node: PlanNode): number;
  nodes(): readonly PlanNode[];
}

export function createPlan(): PlanBuilder {
  const nodes: PlanNode[] = [];
  const known = new Map<string, number>();
  return {
    add(node) {
      const key = JSON.stringify(node);
      const found = known.get(key);
      if (found !== undefined) return found;
      known.set(key, nodes.length);
      return nodes.push(node) - 1;
    },
    nodes: () => nodes,
  };
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
      return [node.of];
    case 'and':
    case 'or':
      return [node.left, node.right];
    case 'arithmetic':
    case 'compare':
    case 'cross':
      return [node.left, node.right].flatMap((side) => ('column' in side ? [side.column] : []));
  }
}
