/**
 * Columns of the rules kept from one trial to the next, over the same bars.
 *
 * A column is known by the values of the inputs it depends on. One that depends on every varied
 * input comes only once in a search and is not kept. Beyond the allowance the one unused for
 * longest goes. Of stops and targets the last are kept.
 */
import type { Column, ColumnMemory } from '../rules/compute-columns.ts';
import type { Constant, InputValues } from '../rules/constant.ts';
import { nodeConstants, nodeSources, type Operand, type PlanNode } from '../rules/plan.ts';
import type { Level, Program } from '../rules/program.ts';
import type { SideLevels } from '../execution/signals.ts';

interface CacheOptions {
  /** Lower-case names of the inputs that the search varies. */
  readonly varied: readonly string[];
  readonly mostBytes: number;
}

export function columnCache(
  program: Pick<Program, 'plan' | 'stop' | 'target'>,
  { varied, mostBytes }: CacheOptions,
): ColumnMemory {
  const all = nodeInputs(program.plan);
  const inputs = all.map((names) => varied.filter((name) => names.has(name)));
  const levelNames = (kind: 'stop' | 'target') => {
    const sides = [program[kind]?.long, program[kind]?.short];
    const names = new Set(sides.flatMap((level) => (level ? levelInputs(level, all) : [])));
    return varied.filter((name) => names.has(name));
  };
  const levelsOn = { stop: levelNames('stop'), target: levelNames('target') };
  const lastLevels = new Map<string, { readonly key: string; readonly levels: SideLevels }>();
  const returns = inputs.map((names) => names.length < varied.length);
  const kept = new Map<string, { readonly column: Column; readonly bytes: number }>();
  let bytes = 0;
  let frames: ReturnType<NonNullable<ColumnMemory['frames']>> | null = null;

  const keyOf = (node: number, values: InputValues) => {
    let key = `${node}`;
    for (const name of inputs[node]!) key += `,${values.get(name)}`;
    return key;
  };
  return {
    recall(node, values) {
      if (!returns[node]) return undefined;
      const key = keyOf(node, values);
      const found = kept.get(key);
      if (!found) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found.column;
    },
    keep(node, values, column) {
      if (!returns[node]) return;
      const size = bytesOf(column);
      if (size > mostBytes) return;
      for (const [key, oldest] of kept) {
        if (bytes + size <= mostBytes) break;
        kept.delete(key);
        bytes -= oldest.bytes;
      }
      kept.set(keyOf(node, values), { column, bytes: size });
      bytes += size;
    },
    levels(kind, values, make) {
      const key = levelsOn[kind].map((name) => values.get(name)).join();
      const last = lastLevels.get(kind);
      if (last?.key === key) return last.levels;
      const levels = make();
      lastLevels.set(kind, { key, levels });
      return levels;
    },
    frames: (make) => (frames ??= make()),
  };
}

/** Names of the inputs that a stop or a target depends on. */
function levelInputs(level: Level, columns: readonly ReadonlySet<string>[]): readonly string[] {
  const names = new Set<string>();
  const of = (side: Operand) => {
    if ('constant' in side) addInputs(side.constant, names);
    else for (const name of columns[side.column]!) names.add(name);
  };
  switch (level.kind) {
    case 'fraction':
      addInputs(level.fraction, names);
      break;
    case 'points':
    case 'pips':
      addInputs(level.count, names);
      break;
    case 'distance':
      of(level.distance);
      break;
    case 'price':
      of(level.price);
      break;
  }
  return [...names];
}

function bytesOf(column: Column): number {
  if (column instanceof Float64Array || column instanceof Uint8Array) return column.byteLength;
  return column.reduce((sum, part) => sum + part.byteLength, 0);
}

/**
 * Names of the inputs that each column depends on, through those it is made from too.
 *
 * `parametersOf` knows of outputs that depend on some of their indicator's parameters alone: their
 * indices, null where all count.
 */
export function nodeInputs(
  plan: readonly PlanNode[],
  parametersOf: (indicator: string, output: number) => readonly number[] | null = () => null,
): readonly ReadonlySet<string>[] {
  const all: ReadonlySet<string>[] = [];
  const inputsOf = (node: PlanNode, constants: readonly Constant[]) => {
    const names = new Set(nodeSources(node).flatMap((source) => [...all[source]!]));
    for (const constant of constants) addInputs(constant, names);
    return names;
  };
  for (const node of plan) {
    const made = node.op === 'output' ? plan[node.of]! : node;
    const few =
      node.op === 'output' && made.op === 'indicator' ? parametersOf(made.name, node.index) : null;
    if (few === null || made.op !== 'indicator') all.push(inputsOf(node, nodeConstants(node)));
    else
      all.push(
        inputsOf(
          made,
          few.map((k) => made.parameters[k]!),
        ),
      );
  }
  return all;
}

function addInputs(constant: Constant, names: Set<string>): void {
  if (constant.kind === 'input') names.add(constant.name);
  if (constant.kind === 'absolute') addInputs(constant.of, names);
  if (constant.kind !== 'arithmetic') return;
  addInputs(constant.left, names);
  addInputs(constant.right, names);
}
