/** Both checks of a strategy over the prices of a run. */
import type { Failure } from '../../errors.ts';
import { sliceBars, type Bars } from '../../market/bars.ts';
import { fail, ok, type Result } from '../../result.ts';
import { compileRules } from '../../rules/compile.ts';
import { evaluateRules, evaluateSeries } from '../../rules/evaluate.ts';
import type { Companions } from '../../rules/frame-bars.ts';
import { companionsDuring } from '../beside.ts';
import { barsOf } from '../segments.ts';
import type { RunInQuestion } from '../studies/run-study.ts';
import { findLookAhead, type Evaluate, type LookAhead } from './look-ahead.ts';
import { measureWarmUp, type WarmUp } from './warm-up.ts';

export interface Checked {
  readonly lookAhead: LookAhead;
  readonly warmUp: WarmUp | null;
}

/**
 * Yields the finished part, 0 … 1. Bars of other symbols are cut short and begun late like those
 * of the run. Errors: `rules.invalid` and those of `evaluateRules`.
 */
export function* checkRun(
  run: RunInQuestion,
  bars: Bars,
  companions: Companions = new Map(),
): Generator<number, Result<Checked, Failure>> {
  const { program } = compileRules(run.source);
  if (!program) return fail({ code: 'rules.invalid', detail: 'The rules have errors.' });
  const { from, to } = barsOf(run, bars.timesMs);
  const part = sliceBars(bars, from, to);
  const during = (some: Bars) => companionsDuring(companions, some, bars);
  const ask = (some: Bars) =>
    finish(evaluateRules(program, some, run.inputs, undefined, during(some)));
  const possible = ask(part);
  if (!possible.ok) return possible;
  const evaluate: Evaluate = (some) => {
    const signals = ask(some);
    return signals.ok && signals.value.warmupBars + 1 < some.length ? signals.value : null;
  };
  const lines = (some: Bars) => {
    const named = evaluateSeries(program, some, run.inputs, during(some));
    return named.ok ? named.value : [];
  };
  const lookAhead = yield* share(findLookAhead(evaluate, part), 0, 0.8);
  const warmUp = yield* share(measureWarmUp(evaluate, lines, part), 0.8, 1);
  return ok({ lookAhead, warmUp });
}

function* share<T>(steps: Generator<number, T>, from: number, to: number): Generator<number, T> {
  let step = steps.next();
  while (!step.done) {
    yield from + step.value * (to - from);
    step = steps.next();
  }
  return step.value;
}

function finish<T>(steps: Generator<number, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
