/** A signal on every bar: which way it points, how clearly, and the series that it goes by. */
import { assert } from '../assert.ts';
import type { Bars } from '../market/bars.ts';
import type { Failure } from '../errors.ts';
import { ok, type Result } from '../result.ts';
import { compileRules, type Program } from '../rules/compile.ts';
import { evaluateRules, evaluateSeries } from '../rules/evaluate.ts';
import type { SignalRule } from './signal.ts';

export interface SignalColumns {
  /** 1 up, −1 down, 0 neither. Value i is of bars 0 … i alone. */
  readonly sides: Int8Array;
  /** 0 … 100; NaN where it cannot be told. */
  readonly strength: Float64Array;
  readonly named: ReadonlyMap<string, Float64Array>;
  /** Nothing is told up to and including this bar. */
  readonly warmupBars: number;
}

export interface ReadySignal {
  readonly rule: SignalRule;
  readonly program: Program;
}

/** Throws if the text is wrong: a bug of ours. */
export function readySignal(rule: SignalRule): ReadySignal {
  const { program, problems } = compileRules(rule.rules);
  assert(program !== null, `the rules of ${rule.name} compile: ${JSON.stringify(problems)}`);
  return { rule, program };
}

/** Errors: those of `evaluateRules`. */
export function signalColumns(
  { program }: ReadySignal,
  bars: Bars,
): Result<SignalColumns, Failure> {
  const work = evaluateRules(program, bars, {});
  let step = work.next();
  while (!step.done) step = work.next();
  if (!step.value.ok) return step.value;
  const { entry: sides, warmupBars } = step.value.value;
  const series = evaluateSeries(program, bars, {});
  if (!series.ok) return series;
  const named = new Map(series.value.map(({ name, values }) => [name, values]));
  const strength = named.get('strength');
  assert(strength !== undefined, 'a signal names its strength');
  return ok({ sides, strength, named, warmupBars });
}
