/** Computes the columns a program needs, each once, and lets go of each after its last use. */
import { assert, unreachable } from '../assert.ts';
import type { Failure } from '../errors.ts';
import type { SideLevels } from '../execution/signals.ts';
import { firstValue } from '../indicators/first-value.ts';
import { findIndicator } from '../indicators/registry.ts';
import type { Bars } from '../market/bars.ts';
import { fail, ok, type Result } from '../result.ts';
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
import { nodeSources, type Operand, type PlanNode } from './plan.ts';

export interface Columns {
  /** Prices, indicators and what is computed of them. */
  series(column: number): Float64Array;
  /** 1 where it holds. */
  condition(column: number): Uint8Array;
  /** First bar on which every column has a value; the number of bars where there is none. */
  readonly warmupBars: number;
}

export type Column = Float64Array | Uint8Array | readonly Float64Array[];

/** Keeps columns for another computation of the same program over the same bars. */
export interface ColumnMemory {
  recall(node: number, inputs: InputValues): Column | undefined;
  keep(node: number, inputs: InputValues, column: Column): void;
  /** What was made for a level before, where it can be the same, else what `make` makes. */
  levels(kind: 'stop' | 'target', inputs: InputValues, make: () => SideLevels): SideLevels;
}

/**
 * Computes the columns in `wanted` and those they are made from; yields the finished part, 0 … 1,
 * after each. Errors: `run.volume-missing` where the rules read volume and the bars have none.
 */
export function* computeColumns(
  plan: readonly PlanNode[],
  wanted: readonly number[],
  bars: Bars,
  inputs: InputValues,
  memory?: ColumnMemory,
): Generator<number, Result<Columns, Failure>> {
  const needed = neededNodes(plan, wanted);
  const lastUse = lastUses(plan, needed, wanted);
  const made = new Map<number, Column>();
  const starts = new Map<number, number>();
  let warmupBars = 0;
  let done = 0;
  for (const index of needed) {
    const node = plan[index]!;
    const recalled = memory?.recall(index, inputs);
    const column = recalled ?? computeNode(node, made, bars, inputs);
    if (column === null) return fail(missingVolume);
    if (!recalled) memory?.keep(index, inputs, column);
    made.set(index, column);
    const start = startOf(node, column, starts, inputs);
    starts.set(index, start);
    warmupBars = Math.max(warmupBars, start);
    for (const source of nodeSources(node)) {
      if (lastUse.get(source) === index) made.delete(source);
    }
    yield ++done / needed.length;
  }
  return ok({
    warmupBars: Math.min(warmupBars, bars.length),
    series: (column) => {
      const found = made.get(column);
      assert(found instanceof Float64Array, 'the column is a wanted series');
      return found;
    },
    condition: (column) => {
      const found = made.get(column);
      assert(found instanceof Uint8Array, 'the column is a wanted condition');
      return found;
    },
  });
}

/** Volume is the one field that bars may lack. */
const missingVolume: Failure = {
  code: 'run.volume-missing',
  detail: 'The rules use volume, which the price series does not have.',
  figures: { name: 'volume' },
};

/** In an order in which each comes after what it is made from. */
function neededNodes(plan: readonly PlanNode[], wanted: readonly number[]): readonly number[] {
  const needed = new Set(wanted);
  for (let index = plan.length - 1; index >= 0; index--) {
    if (needed.has(index)) for (const source of nodeSources(plan[index]!)) needed.add(source);
  }
  return [...needed].sort((a, b) => a - b);
}

function lastUses(
  plan: readonly PlanNode[],
  needed: readonly number[],
  wanted: readonly number[],
): ReadonlyMap<number, number> {
  const last = new Map<number, number>();
  for (const index of needed) {
    for (const source of nodeSources(plan[index]!)) last.set(source, index);
  }
  for (const index of wanted) last.set(index, Infinity);
  return last;
}

/** First bar with a value; a condition has one once everything it is made from has. */
function startOf(
  node: PlanNode,
  column: Column,
  starts: ReadonlyMap<number, number>,
  inputs: InputValues,
): number {
  if (column instanceof Float64Array) return firstValue(column);
  if (node.op === 'indicator') return 0;
  const inner = Math.max(0, ...nodeSources(node).map((source) => starts.get(source)!));
  return node.op === 'history' ? inner + constantValue(node.barsAgo, inputs) : inner;
}

function computeNode(
  node: PlanNode,
  made: ReadonlyMap<number, Column>,
  bars: Bars,
  inputs: InputValues,
): Column | null {
  const series = (column: number) => made.get(column) as Float64Array;
  const condition = (column: number) => made.get(column) as Uint8Array;
  const operand = (one: Operand): Float64Array =>
    'column' in one ? series(one.column) : Float64Array.of(constantValue(one.constant, inputs));
  switch (node.op) {
    case 'field':
      return readColumn(node.field, bars);
    case 'indicator':
      return findIndicator(node.name)!.compute(
        node.sources.map(series),
        node.parameters.map((parameter) => constantValue(parameter, inputs)),
      );
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
    default:
      return unreachable(node);
  }
}
