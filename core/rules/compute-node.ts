/** Computes one column of a plan from those it is made of. */
import { unreachable } from '../assert.ts';
import type { Bars } from '../market/bars.ts';
import {
  absoluteColumn,
  arithmeticColumn,
  compareColumn,
  crossColumn,
  historyColumn,
  logicColumn,
  notColumn,
} from './column-operations.ts';
import { constantValue, type InputValues } from './constant.ts';
import { readColumn } from './fields.ts';
import { alignColumn } from './frame-bars.ts';
import { indicatorColumns } from './indicator-columns.ts';
import type { Operand, PlanNode } from './plan.ts';
import { barsSinceColumn, countColumn, sinceColumn, tallyColumn } from './since-columns.ts';
import { sessionColumn, sessionExtremeColumn, timeColumn, wallColumn } from './time-columns.ts';

export type Column = Float64Array | Uint8Array | readonly Float64Array[];

/** What a node is computed from. */
export interface Context {
  readonly made: ReadonlyMap<number, Column>;
  readonly bars: Bars;
  readonly inputs: InputValues;
  /** First bar on which everything the node is made from has a value. */
  readonly start: number;
  /** For each bar the bar of another column's frame that is known by then, -1 for none. */
  alignment(column: number): Int32Array;
}

/** The column of the node; yields the finished part, 0 … 1, where that takes long. */
export function* makeNode(
  node: PlanNode,
  context: Context,
  recalled: Column | undefined,
): Generator<number, Column | null> {
  if (recalled) return recalled;
  if (node.op !== 'indicator') return computeNode(node, context);
  const sources = node.sources.map((source) => context.made.get(source) as Float64Array);
  const parameters = node.parameters.map((one) => constantValue(one, context.inputs));
  return yield* indicatorColumns(node.name, sources, parameters);
}

function computeNode(
  node: Exclude<PlanNode, { readonly op: 'indicator' }>,
  context: Context,
): Column | null {
  const { made, bars, inputs, start } = context;
  const series = (column: number) => made.get(column) as Float64Array;
  const condition = (column: number) => made.get(column) as Uint8Array;
  const operand = (one: Operand): Float64Array =>
    'column' in one ? series(one.column) : Float64Array.of(constantValue(one.constant, inputs));
  switch (node.op) {
    case 'field':
      return readColumn(node.field, bars);
    case 'output':
      return (made.get(node.of) as readonly Float64Array[])[node.index]!;
    case 'arithmetic':
      return arithmeticColumn(bars.length, node.operator, operand(node.left), operand(node.right));
    case 'absolute':
      return absoluteColumn(series(node.of));
    case 'history':
      return historyColumn(
        made.get(node.of) as Float64Array | Uint8Array,
        constantValue(node.barsAgo, inputs),
      );
    case 'compare':
      return compareColumn(bars.length, node.operator, operand(node.left), operand(node.right));
    case 'cross':
      return crossColumn(bars.length, node.direction, operand(node.left), operand(node.right));
    case 'and':
    case 'or':
      return logicColumn(node.op, condition(node.left), condition(node.right));
    case 'not':
      return notColumn(condition(node.of));
    case 'align':
      return alignColumn(made.get(node.of) as Float64Array, context.alignment(node.of));
    case 'wall':
      return wallColumn(bars.timesMs, node.zone);
    case 'time':
      return timeColumn(series(node.of), node.part);
    case 'session':
      return sessionColumn(series(node.of), node);
    case 'sessionExtreme':
      return sessionExtremeColumn(series(node.of), series(node.values), node.side, node);
    case 'barsSince':
      return barsSinceColumn(condition(node.condition), start);
    case 'since':
      return sinceColumn(node.measure, condition(node.condition), series(node.of), start);
    case 'count':
      return countColumn(condition(node.condition), constantValue(node.bars, inputs), start);
    case 'tally':
      return tallyColumn(bars.length, node.of.map(condition), start);
    default:
      return unreachable(node);
  }
}
