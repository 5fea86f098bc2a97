/** From bars, rule text and settings to a finished run: the same for the worker and the command line. */
import type { Outcome } from '#core/execution/outcome.ts';
import { canonicalSettings, type RunSettings } from '#core/execution/settings.ts';
import { hashRun, type HashedRun } from '#core/hash.ts';
import type { Bars } from '#core/market/bars.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { compileRules, longestSource } from '#core/rules/compile.ts';
import { evaluateRules } from '#core/rules/evaluate.ts';
import { inputValues } from '#core/rules/input-values.ts';
import type { Problem } from '#core/rules/problem.ts';
import { computeStatistics, type Statistics } from '#core/statistics/registry.ts';
import { createKernel, type Kernel } from '#workers/kernel/kernel.ts';
import type { BacktestFailure, BacktestProgress } from './api.ts';

export interface BacktestInput {
  readonly bars: Bars;
  readonly source: string;
  /** Values for inputs of the rules; missing = the default in the text. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly settings: RunSettings;
}

export interface FinishedRun {
  readonly hash: string;
  /** Every input of the rules with the value it had. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly warmupBars: number;
  readonly outcome: Outcome;
  readonly stats: Statistics;
}

/** Yielded where nothing can be done before the promise, which never rejects, resolves. */
export interface Waiting {
  readonly until: Promise<unknown>;
}

export type BacktestStep = BacktestProgress & Partial<Waiting>;

/** Begins to hash a run and comes to its fingerprint: `hashRun`, or what equals it. */
export type StartHash = (run: HashedRun) => Generator<number | Waiting, string>;

/** Where each stage begins; loading comes before the first, saving after the last. */
const stages = { indicators: 0.1, trading: 0.5, statistics: 0.65, saving: 0.95 } as const;

/**
 * Yields often enough to report and to be cancelled between two steps. Whoever runs many hands
 * in one kernel, which keeps the bars of the latest. Whoever hands in a `hash` that works beside
 * this thread waits for `until` where a step has it.
 *
 * Errors: `rules.invalid` with the problems, `rules.too-long`, `run.input-unknown`, `run.input-invalid`,
 * `run.too-few-bars` where the rules never get to act.
 */
export function* backtest(
  input: BacktestInput,
  kernel: Kernel = createKernel(),
  hash: StartHash = hashRun,
): Generator<BacktestStep, Result<FinishedRun, BacktestFailure>> {
  const { bars, source, settings } = input;
  if (source.length > longestSource) return fail(tooLong(source.length));
  const { program, problems } = compileRules(source);
  if (!program) return fail(invalidRules(problems));
  const values = inputValues(program, input.inputs);
  if (!values.ok) return values;
  yield { stage: 'indicators', ratio: stages.indicators };
  const signals = yield* progress('indicators', evaluateRules(program, bars, input.inputs));
  if (!signals.ok) return signals;
  const { warmupBars } = signals.value;
  if (warmupBars + 1 >= bars.length) return fail(tooFewBars(bars.length, warmupBars));
  const outcome = yield* progress('trading', kernel.run(bars, signals.value, settings));
  yield { stage: 'statistics', ratio: stages.statistics };
  const inputs = Object.fromEntries(values.value);
  const canonical = canonicalSettings(settings, inputs);
  const hashing = hash({ bars, source, canonicalSettings: canonical, outcome });
  const stats = computeStatistics(outcome, bars, warmupBars, settings);
  const fingerprint = yield* progress('statistics', hashing);
  return ok({ hash: fingerprint, inputs, warmupBars, outcome, stats });
}

/** Passes a step's own share, 0 … 1, on as a share of the whole run. */
function* progress<T>(
  stage: 'indicators' | 'trading' | 'statistics',
  step: Generator<number | Waiting, T>,
): Generator<BacktestStep, T> {
  const from = stages[stage];
  const to = {
    indicators: stages.trading,
    trading: stages.statistics,
    statistics: stages.saving,
  }[stage];
  for (;;) {
    const next = step.next();
    if (next.done) return next.value;
    if (typeof next.value === 'number') yield { stage, ratio: from + (to - from) * next.value };
    else yield { stage, ratio: from, ...next.value };
  }
}

function invalidRules(problems: readonly Problem[]): BacktestFailure {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const detail = errors
    .map(({ line, column, reason, suggestion }) => `${line}:${column} ${reason} ${suggestion}`)
    .map((text) => text.trim())
    .join('\n');
  return { code: 'rules.invalid', detail, problems };
}

function tooLong(characters: number): BacktestFailure {
  const detail = `The rule text has ${characters} characters; at most ${longestSource} can be run.`;
  return { code: 'rules.too-long', detail, figures: { characters, most: longestSource } };
}

function tooFewBars(bars: number, warmupBars: number): BacktestFailure {
  const detail =
    warmupBars >= bars
      ? `Some series of the rules has no value on any of the ${bars} bars.`
      : `The rules act after ${warmupBars + 1} bars; there are ${bars}.`;
  return { code: 'run.too-few-bars', detail, figures: { bars, warmupBars } };
}
