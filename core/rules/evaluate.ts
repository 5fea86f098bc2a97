/** Runs a program over bars: what it asks for on each bar, in columns. */
import type { Failure } from '../errors.ts';
import type { SideLevels, Signals, Sizing } from '../execution/signals.ts';
import type { Bars } from '../market/bars.ts';
import { fail, ok, type Result } from '../result.ts';
import { computeColumns, type ColumnMemory } from './compute-columns.ts';
import type { Companions } from './frame-bars.ts';
import { inputValues } from './input-values.ts';
import { expectedEntries, withOwnLevels } from './expected-entries.ts';
import { levelColumns, levelPrices } from './levels.ts';
import { needsPlan, orderColumns } from './order-rules.ts';
import { fixedSizing, planOrders } from './plan-orders.ts';
import type { Program } from './program.ts';
import type { Pane } from './value.ts';

/** Stands in for a size that varies and is in the plan. */
const allEquity: Sizing = { kind: 'equity', fraction: 1 };

/**
 * Signals for every bar; value i is computed of bars 0 … i alone.
 *
 * Yields the finished part, 0 … 1, between columns, so that whoever drives it can stop. Nothing
 * is signalled up to and including bar `warmupBars`, which is the number of bars where some
 * series never gets a value. `companions` holds the bars of each of `program.symbols`. Errors:
 * `run.input-unknown`, `run.input-invalid`, `run.volume-missing`, `run.symbol-missing`,
 * `run.timeframe-too-short`.
 */
export function* evaluateRules(
  program: Program,
  bars: Bars,
  inputs: Readonly<Record<string, number>>,
  memory?: ColumnMemory,
  companions?: Companions,
): Generator<number, Result<Signals, Failure>> {
  const values = inputValues(program, inputs);
  if (!values.ok) return values;
  const conditions = [...program.entries, ...program.exits].map((rule) => rule.condition);
  const levels = [...levelColumns(program.stop), ...levelColumns(program.target)];
  const wanted = [...conditions, ...levels, ...orderColumns(program)];
  const computed = yield* computeColumns(program, wanted, bars, values.value, memory, companions);
  if (!computed.ok) return computed;

  const columns = computed.value;
  const run = { columns, bars, inputs: values.value };
  const plan = needsPlan(program) ? planOrders(program, run) : null;
  const leveled = program.stop !== null || program.target !== null;
  const expected = plan && leveled ? expectedEntries(plan, bars) : null;
  const levelFrom = (kind: 'stop' | 'target', from?: SideLevels) => {
    const levels = program[kind];
    return levels && levelPrices(kind, levels, columns, bars, values.value, from);
  };
  const level = (kind: 'stop' | 'target') => {
    if (!program[kind]) return null;
    // Levels of entries that wait for a price depend on that price too.
    if (expected || !memory) return levelFrom(kind, expected ?? undefined);
    return memory.levels(kind, values.value, () => levelFrom(kind)!);
  };
  const first = columns.warmupBars + 1;
  const entry = new Int8Array(bars.length);
  for (const { side, condition } of program.entries.toReversed()) {
    const holds = columns.condition(condition);
    for (let i = first; i < entry.length; i++) if (holds[i] === 1) entry[i] = side;
  }
  const exit = new Uint8Array(bars.length);
  for (const { sides, condition } of program.exits) {
    const holds = columns.condition(condition);
    for (let i = first; i < exit.length; i++) if (holds[i] === 1) exit[i] = exit[i]! | sides;
  }
  return ok({
    length: bars.length,
    warmupBars: columns.warmupBars,
    entry,
    exit,
    stop: level('stop'),
    target: level('target'),
    sizing: fixedSizing(program.size, values.value) ?? allEquity,
    ...(plan && { plan: expected ? withOwnLevels(plan, bars, levelFrom) : plan }),
  });
}

export interface NamedSeries {
  /** As the text names it; `bands.upper` for one of several outputs. */
  readonly name: string;
  readonly values: Float64Array;
  readonly pane: Pane;
}

/**
 * The series that the text names with `let` or draws with `plot`, for a chart: NaN where there
 * is nothing to draw.
 *
 * Errors: those of `evaluateRules`.
 */
export function evaluateSeries(
  program: Program,
  bars: Bars,
  inputs: Readonly<Record<string, number>>,
  companions?: Companions,
): Result<readonly NamedSeries[], Failure> {
  const values = inputValues(program, inputs);
  if (!values.ok) return values;
  const wanted = program.named.map((one) => one.column);
  const work = computeColumns(program, wanted, bars, values.value, undefined, companions);
  let step = work.next();
  while (!step.done) step = work.next();
  if (!step.value.ok) return fail(step.value.error);
  const columns = step.value.value;
  return ok(
    program.named.map(({ name, column, pane }) => {
      const values = columns.series(column).map((value) => (Number.isFinite(value) ? value : NaN));
      return { name, values, pane };
    }),
  );
}
