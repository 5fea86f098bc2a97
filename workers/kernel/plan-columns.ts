/**
 * The columns of a rule text in the kernel's memory, one made of the others: what
 * `computeColumns` of core comes to, bit for bit, conditions as bitsets.
 */
import { assert } from '#core/assert.ts';
import { nodeInputs } from '#core/optimise/column-cache.ts';
import { constantValue, type Constant, type InputValues } from '#core/rules/constant.ts';
import { readColumn } from '#core/rules/fields.ts';
import type { Operand, PlanNode } from '#core/rules/plan.ts';
import type { ColumnRoom } from './column-room.ts';
import { openComparisons, type Compared } from './comparisons.ts';
import { openIndicators, parametersOf } from './indicators.ts';
import { madeColumns, type Band, type Bits, type Made, type Series } from './made-columns.ts';

export interface PlanColumns {
  /** Columns are of these inputs from now on; those of before that are not kept are gone. */
  begin(inputs: InputValues): void;
  /** 0 … 1 of the bars where it holds. */
  condition(node: number): Bits;
  series(node: number): Series;
}

type Read = Extract<PlanNode, { op: 'compare' | 'cross' | 'arithmetic' }>;

/** As the kernel numbers them. */
const operators = { '+': 0, '-': 1, '*': 2, '/': 3, min: 4, max: 5 } as const;

const known: ReadonlySet<string> = new Set([
  ...['field', 'indicator', 'output', 'arithmetic', 'absolute'],
  ...['history', 'compare', 'cross', 'and', 'or', 'not'],
]);

/** Whether every column is one that can be made here; the volume of bars without any cannot. */
export function knowsPlan(plan: readonly PlanNode[], { bars }: ColumnRoom): boolean {
  return plan.every(
    (node) =>
      known.has(node.op) &&
      !('frame' in node) &&
      (node.op !== 'field' || readColumn(node.field, bars) !== null),
  );
}

export function openPlan(
  room: ColumnRoom,
  plan: readonly PlanNode[],
  { varied, mostBytes }: { readonly varied: readonly string[]; readonly mostBytes: number },
): PlanColumns {
  const { kernel, bars, words } = room;
  const columns = madeColumns(room, mostBytes);
  const comparisons = openComparisons(room, columns, wholeOf);
  const indicators = openIndicators(room, columns);
  const depends = nodeInputs(plan, parametersOf).map((names) =>
    varied.filter((name) => names.has(name)),
  );
  let inputs: InputValues = new Map();
  let ids = 0;
  let present = new Map<number, Made>();

  /** Columns that depend on every varied input come once in a search: they are not kept. */
  function keyOf(node: number): string | null {
    const names = depends[node]!;
    if (varied.length > 0 && names.length === varied.length) return null;
    let key = `${node}`;
    for (const name of names) key += `,${inputs.get(name)}`;
    return key;
  }

  function make(node: number): Made {
    const met = present.get(node);
    if (met) return met;
    const key = keyOf(node);
    const found = (key === null ? undefined : columns.recall(key)) ?? compute(node, key);
    present.set(node, found);
    return found;
  }

  function series(node: number): Series {
    const made = make(node);
    if (made.kind === 'band') return wholeOf(made);
    assert(made.kind === 'series', 'the column is a series');
    return made;
  }
  function condition(node: number): Bits {
    const made = make(node);
    assert(made.kind === 'bits', 'the column is a condition');
    return made;
  }
  function compared(operand: Operand): Compared {
    if ('constant' in operand) return value(operand.constant);
    const made = make(operand.column);
    assert(made.kind === 'series' || made.kind === 'band', 'series are compared');
    return made;
  }
  const value = (constant: Constant) => constantValue(constant, inputs);

  function seriesAt(at: number, key: string | null, warmup: number): Series {
    const start = kernel.startOf(at, bars.length);
    const lasts = key !== null;
    return columns.keep(key, {
      ...({ kind: 'series', id: ++ids, at, shadow: 0, start, lasts, used: 0 } as const),
      warmup: Math.max(start, warmup),
    });
  }
  function wholeOf(band: Band): Series {
    if (band.whole) return band.whole;
    const at = room.take(room.seriesBytes);
    kernel.bandOf(at, band.middle.at, band.width.at, band.factor, words);
    const key = band.lasts ? `band ${band.middle.id} ${band.width.id} ${band.factor}` : null;
    return (band.whole = seriesAt(at, key, band.warmup));
  }

  function bits(node: Read | Extract<PlanNode, { op: 'and' | 'or' | 'not' }>, key: string | null) {
    const at = room.take(room.bitsBytes);
    let sources: readonly { readonly start: number; readonly warmup: number }[];
    switch (node.op) {
      case 'and':
      case 'or': {
        const [a, b] = [condition(node.left), condition(node.right)];
        if (node.op === 'and') kernel.bitsAnd(at, a.at, b.at, words);
        else kernel.bitsOr(at, a.at, b.at, words);
        sources = [a, b];
        break;
      }
      case 'not': {
        const a = condition(node.of);
        kernel.bitsNot(at, a.at, bars.length);
        sources = [a];
        break;
      }
      default: {
        const [a, b] = [compared(node.left), compared(node.right)];
        if (node.op === 'compare') comparisons.compare(node.operator, a, b, at);
        else if (node.op === 'cross') comparisons.cross(node.direction, a, b, at);
        sources = [a, b].filter((one) => typeof one !== 'number');
      }
    }
    const start = Math.max(0, ...sources.map((one) => one.start));
    const warmup = Math.max(start, ...sources.map((one) => one.warmup));
    return columns.keep(key, { kind: 'bits', at, start, warmup, used: 0 });
  }

  function arithmetic(node: Extract<PlanNode, { op: 'arithmetic' }>, key: string | null): Series {
    const place = (operand: Operand) => {
      if ('column' in operand) return { ...series(operand.column), step: 512 };
      const at = room.take(NUMBER_BYTES);
      kernel.placeNumber(at, value(operand.constant));
      return { at, step: 0, warmup: 0 };
    };
    const [a, b] = [place(node.left), place(node.right)];
    const at = room.take(room.seriesBytes);
    kernel.arithmetic(operators[node.operator], at, a.at, a.step, b.at, b.step, words);
    for (const one of [a, b]) if (one.step === 0) room.give(one.at, NUMBER_BYTES);
    return seriesAt(at, key, Math.max(a.warmup, b.warmup));
  }

  function history(of: Made, ago: number, key: string | null): Made {
    if (of.kind === 'bits') {
      const at = room.take(room.bitsBytes);
      kernel.bitsAgo(at, of.at, ago, bars.length);
      const start = of.start + ago;
      const warmup = Math.max(start, of.warmup);
      return columns.keep(key, { kind: 'bits', at, start, warmup, used: 0 });
    }
    assert(of.kind === 'series' || of.kind === 'band', 'what has a history is a column');
    const source = of.kind === 'band' ? wholeOf(of) : of;
    const at = room.takeSeries();
    const out = room.view(at).fill(NaN);
    if (ago < out.length) out.set(room.view(source.at).subarray(0, out.length - ago), ago);
    return seriesAt(at, key, source.warmup);
  }

  function compute(index: number, key: string | null): Made {
    const node = plan[index]!;
    switch (node.op) {
      case 'field':
        return seriesAt(room.bringIn(readColumn(node.field, bars)!), key, 0);
      case 'indicator': {
        const sources = node.sources.map(series);
        return indicators.compute(node.name, sources, node.parameters.map(value), key);
      }
      case 'output': {
        const all = make(node.of);
        assert(all.kind === 'outputs', 'outputs are those of an indicator');
        return all.each[node.index]!;
      }
      case 'arithmetic':
        return arithmetic(node, key);
      case 'absolute': {
        const of = series(node.of);
        const at = room.take(room.seriesBytes);
        kernel.absolute(at, of.at, words);
        return seriesAt(at, key, of.warmup);
      }
      case 'history':
        return history(make(node.of), value(node.barsAgo), key);
      case 'compare':
      case 'cross':
      case 'and':
      case 'or':
      case 'not':
        return bits(node, key);
      default:
        throw new Error('only plans that are known are computed');
    }
  }

  return {
    begin(values) {
      inputs = values;
      present = new Map();
      columns.begin();
    },
    condition,
    series,
  };
}

const NUMBER_BYTES = 768;
