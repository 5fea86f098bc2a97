/**
 * Columns of the rules kept from one trial to the next, over the same bars.
 *
 * A column is known by the values of the inputs it depends on. One that depends on every varied
 * input comes only once in a search and is not kept. Beyond the allowance the one unused for
 * longest goes.
 */
import type { Column, ColumnMemory } from '../rules/compute-columns.ts';
import type { Constant, InputValues } from '../rules/constant.ts';
import { nodeSources, type Operand, type PlanNode } from '../rules/plan.ts';

interface CacheOptions {
  /** Lower-case names of the inputs that the search varies. */
  readonly varied: readonly string[];
  readonly mostBytes: number;
}

export function columnCache(
  plan: readonly PlanNode[],
  { varied, mostBytes }: CacheOptions,
): ColumnMemory {
  const inputs = nodeInputs(plan).map((names) => varied.filter((name) => names.has(name)));
  const returns = inputs.map((names) => names.length < varied.length);
  const kept = new Map<string, { readonly column: Column; readonly bytes: number }>();
  let bytes = 0;

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
  };
}

function bytesOf(column: Column): number {
  if (column instanceof Float64Array || column instanceof Uint8Array) return column.byteLength;
  return column.reduce((sum, part) => sum + part.byteLength, 0);
}

/** Names of the inputs that each column depends on, through those it is made from too. */
function nodeInputs(plan: readonly PlanNode[]): readonly ReadonlySet<string>[] {
  const all: Set<string>[] = [];
  for (const node of plan) {
    const names = new Set(nodeSources(node).flatMap((source) => [...all[source]!]));
    for (const constant of nodeConstants(node)) addInputs(constant, names);
    all.push(names);
  }
  return all;
}

function nodeConstants(node: PlanNode): readonly Constant[] {
  const of = (side: Operand) => ('constant' in side ? [side.constant] : []);
  if (node.op === 'indicator') return node.parameters;
  if (node.op === 'history') return [node.barsAgo];
  return 'operator' in node || node.op === 'cross' ? [...of(node.left), ...of(node.right)] : [];
}

function addInputs(constant: Constant, names: Set<string>): void {
  if (constant.kind === 'input') names.add(constant.name);
  if (constant.kind === 'absolute') addInputs(constant.of, names);
  if (constant.kind !== 'arithmetic') return;
  addInputs(constant.left, names);
  addInputs(constant.right, names);
}
