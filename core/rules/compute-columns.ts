/** Computes the columns a program needs, each once, and lets go of each after its last use. */
import { assert } from '../assert.ts';
import type { Failure } from '../errors.ts';
import type { SideLevels } from '../execution/signals.ts';
import { firstValue } from '../indicators/first-value.ts';
import type { Bars } from '../market/bars.ts';
import { fail, ok, type Result } from '../result.ts';
import { makeNode, type Column, type Context } from './compute-node.ts';
import { constantValue, type InputValues } from './constant.ts';
import { frameBars, type Companions, type Frames } from './frame-bars.ts';
import { nodeSources, ownFrame, type Frame, type PlanNode } from './plan.ts';

export interface Columns {
  /** Prices, indicators and what is computed of them. */
  series(column: number): Float64Array;
  /** 1 where it holds. */
  condition(column: number): Uint8Array;
  /** First bar on which every column has a value; the number of bars where there is none. */
  readonly warmupBars: number;
}

export type { Column } from './compute-node.ts';

/** Keeps columns for another computation of the same program over the same bars. */
export interface ColumnMemory {
  recall(node: number, inputs: InputValues): Column | undefined;
  keep(node: number, inputs: InputValues, column: Column): void;
  /** What was made for a level before, where it can be the same, else what `make` makes. */
  levels(kind: 'stop' | 'target', inputs: InputValues, make: () => SideLevels): SideLevels;
  /** The bars of other timeframes and symbols, which no input changes. */
  frames?(make: () => Result<Frames, Failure>): Result<Frames, Failure>;
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
  const place = () => framesOf(plan, frames, needed, bars, companions);
  const placed = memory?.frames ? memory.frames(place) : place();
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

function framesOf(
  plan: readonly PlanNode[],
  frames: readonly Frame[],
  needed: readonly number[],
  bars: Bars,
  companions: Companions,
): Result<Frames, Failure> {
  const wanted = new Set(needed.map((index) => plan[index]!.frame ?? ownFrame));
  return frameBars(frames, wanted, bars, companions);
}

function contextOf(
  plan: readonly PlanNode[],
  index: number,
  made: ReadonlyMap<number, Column>,
  starts: ReadonlyMap<number, number>,
  placed: Frames,
  inputs: InputValues,
): Context {
  const node = plan[index]!;
  const frame = node.frame ?? ownFrame;
  return {
    made,
    inputs,
    bars: placed.barsOf(frame),
    start: Math.max(0, ...nodeSources(node).map((source) => starts.get(source)!)),
    alignment: (column) => placed.alignment(plan[column]!.frame ?? ownFrame, frame),
  };
}
