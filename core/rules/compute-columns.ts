/** Computes the columns a program needs, each once, and lets go of each after its last use. */
import { assert, unreachable } from '../assert.ts';
import type { Failure } from '../errors.ts';
import type { SideLevels } from '../execution/signals.ts';
import { firstValue } from '../indicators/first-value.ts';
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
import {
  alignColumn,
  alignment,
  frameBars,
  type Companions,
  type FrameBars,
} from './frame-bars.ts';
import { indicatorColumns } from './indicator-columns.ts';
import { nodeSources, ownFrame, type Frame, type Operand, type PlanNode } from './plan.ts';
import { barsSinceColumn, countColumn, sinceColumn, tallyColumn } from './since-columns.ts';
import { sessionColumn, sessionExtremeColumn, timeColumn, wallColumn } from './time-columns.ts';

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
 * after each, and within an indicator over many bars.
 *
 * Errors: `run.volume-missing` where the rules read volume and the bars have none,
 * `run.symbol-missing`, `run.timeframe-too-short`.
 */
export function* computeColumns(
  { plan, frames }: { readonly plan: readonly PlanNode[]; readonly frames: readonly Frame[] },
  wanted: readonly number[],
  bars: Bars,
  inputs: InputValues,
  memory?: ColumnMemory,
  companions: Companions = new Map(),
): Generator<number, Result<Columns, Failure>> {
  const needed = neededNodes(plan, wanted);
  const lastUse = lastUses(plan, needed, wanted);
  const placed = framesOf(plan, frames, needed, bars, companions);
  if (!placed.ok) return placed;
  const made = new Map<number, Column>();
  const starts = new Map<number, number>();
  let warmupBars = 0;
  let done = 0;
  for (const index of needed) {
    const node = plan[index]!;
    const recalled = memory?.recall(index, inputs);
    const context = contextOf(plan, index, made, starts, placed.value, inputs);
    const steps = makeNode(node, context, recalled);
    let step = steps.next();
    for (; !step.done; step = steps.next()) yield (done + step.value) / needed.length;
    const column = step.value;
    if (column === null) return fail(missingVolume);
    if (!recalled) memory?.keep(index, inputs, column);
    made.set(index, column);
    const start = startOf(node, column, context);
    starts.set(index, start);
    if (node.frame === undefined) warmupBars = Math.max(warmupBars, start);
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
function startOf(node: PlanNode, column: Column, context: Context): number {
  if (column instanceof Float64Array) return firstValue(column);
  if (node.op === 'indicator') return 0;
  const inner = context.start;
  if (node.op === 'align') return firstAtLeast(context.alignment(node.of), inner);
  return node.op === 'history' ? inner + constantValue(node.barsAgo, context.inputs) : inner;
}

function firstAtLeast(rising: Int32Array, least: number): number {
  const found = rising.findIndex((value) => value >= least);
  return found < 0 ? rising.length : found;
}

/** What a node is computed from. */
interface Context {
  readonly made: ReadonlyMap<number, Column>;
  readonly bars: Bars;
  readonly inputs: InputValues;
  /** First bar on which everything the node is made from has a value. */
  readonly start: number;
  /** For each bar the bar of another column's frame that is known by then, -1 for none. */
  alignment(column: number): Int32Array;
}

type PlacedFrames = ReadonlyMap<number, FrameBars>;

function framesOf(
  plan: readonly PlanNode[],
  frames: readonly Frame[],
  needed: readonly number[],
  bars: Bars,
  companions: Companions,
): Result<PlacedFrames, Failure> {
  const wanted = new Set(needed.map((index) => plan[index]!.frame ?? ownFrame));
  if (wanted.size === 1 && wanted.has(ownFrame)) {
    return ok(new Map([[ownFrame, { bars, knownMs: bars.timesMs }]]));
  }
  return frameBars(frames, wanted.add(ownFrame), bars, companions);
}

function contextOf(
  plan: readonly PlanNode[],
  index: number,
  made: ReadonlyMap<number, Column>,
  starts: ReadonlyMap<number, number>,
  placed: PlacedFrames,
  inputs: InputValues,
): Context {
  const node = plan[index]!;
  const here = placed.get(node.frame ?? ownFrame) ?? placed.get(ownFrame)!;
  return {
    made,
    inputs,
    bars: here.bars,
    start: Math.max(0, ...nodeSources(node).map((source) => starts.get(source)!)),
    alignment: (column) => alignment(placed.get(plan[column]!.frame ?? ownFrame)!, here),
  };
}

/** The column of the node; yields the finished part, 0 … 1, where that takes long. */
function* makeNode(
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
