/** From bars, rule text and settings to a finished run: the same for the worker and the command line. */
import type { WarmupRow } from '#core/code/warm-up.ts';
import type { Failure } from '#core/errors.ts';
import { faultOfPrices, innerKind } from '#core/execution/asked-prices.ts';
import { bandOf, type Band } from '#core/execution/band.ts';
import type { InnerPrices, Market } from '#core/execution/order-desk.ts';
import type { Outcome } from '#core/execution/outcome.ts';
import { canonicalSettings, type RunSettings } from '#core/execution/settings.ts';
import type { Signals } from '#core/execution/signals.ts';
import { hashRun, type HashedRun } from '#core/hash.ts';
import type { Bars } from '#core/market/bars.ts';
import { coveredBars } from '#core/market/inner-prices.ts';
import { firstAtOrAfter } from '#core/market/months.ts';
import { onTimeline } from '#core/market/timeline-bars.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { compileRules, longestSource, type Program } from '#core/rules/compile.ts';
import { evaluateRules } from '#core/rules/evaluate.ts';
import type { Companions } from '#core/rules/frame-bars.ts';
import { inputValues } from '#core/rules/input-values.ts';
import type { Problem } from '#core/rules/problem.ts';
import { computeStatistics, type Statistics } from '#core/statistics/registry.ts';
import { createKernel, type Kernel } from '#workers/kernel/kernel.ts';
import type { BacktestFailure, BacktestProgress } from './api.ts';
import { trade } from './trade.ts';

export interface BacktestInput {
  readonly bars: Bars;
  /** Names the bars in failures. */
  readonly symbol?: string;
  /** What moves inside the bars, where the path of the settings asks for it. */
  readonly inner?: InnerPrices | null;
  /** Further markets that the same rules trade on the same account. */
  readonly others?: readonly Market[];
  /** Bars of other symbols that the rules read, by name. */
  readonly companions?: Companions;
  readonly source: string;
  /** Values for inputs of the rules; missing = the default in the text. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly settings: RunSettings;
}

export interface FinishedRun {
  readonly hash: string;
  /** Every input of the rules with the value it had. */
  readonly inputs: Readonly<Record<string, number>>;
  /** Of the first market; an index of the run's bars like all others here. */
  readonly warmupBars: number;
  /** The bars of the run; with several markets those of the first on the timeline of all. */
  readonly bars: Bars;
  readonly outcome: Outcome;
  readonly stats: Statistics;
  readonly band: Band;
  /** Bars of all markets, and how many had prices inside; null where none were asked for. */
  readonly inner: { readonly bars: number; readonly covered: number } | null;
  /** What a strategy in code wrote; missing = rules, which write nothing. */
  readonly log?: readonly string[];
  /** What history each column of a strategy in code needs; missing = not looked at. */
  readonly warmup?: readonly WarmupRow[];
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
 * `run.too-few-bars` where the rules never get to act, those of `evaluateRules` and `faultOfPrices`.
 */
export function* backtest(
  input: BacktestInput,
  kernel: Kernel = createKernel(),
  hash: StartHash = hashRun,
): Generator<BacktestStep, Result<FinishedRun, BacktestFailure>> {
  const { source, settings, companions } = input;
  if (source.length > longestSource) return fail(tooLong(source.length));
  const { program, problems } = compileRules(source);
  if (!program) return fail(invalidRules(problems));
  const values = inputValues(program, input.inputs);
  if (!values.ok) return values;
  const markets = marketsOf(input);
  const fault = faultOfPrices(markets, settings);
  if (fault) return fail(fault);
  yield { stage: 'indicators', ratio: stages.indicators };
  const signals = yield* progress('indicators', signalsOf(program, markets, input));
  if (!signals.ok) return signals;
  const outcome = yield* progress('trading', trade(markets, signals.value, settings, kernel));
  yield { stage: 'statistics', ratio: stages.statistics };
  const inputs = Object.fromEntries(values.value);
  const canonical = canonicalSettings(settings, inputs);
  const [{ bars, inner }, ...others] = markets as [Market, ...Market[]];
  const hashed = { bars, inner, others, source, canonicalSettings: canonical, outcome };
  const hashing = hash(companions ? { ...hashed, companions } : hashed);
  const measured = measure(outcome, markets, signals.value, settings);
  const fingerprint = yield* progress('statistics', hashing);
  return ok({ hash: fingerprint, inputs, outcome, ...measured });
}

function marketsOf({ bars, symbol = 'these bars', inner, others = [], settings }: BacktestInput) {
  const kind = innerKind(settings);
  const all = [{ symbol, bars, inner: inner ?? null }, ...others];
  // What the path does not walk is no part of the run.
  return all.map((market) => (market.inner?.kind === kind ? market : { ...market, inner: null }));
}

/** The signals of each market, which all act at some time. */
function* signalsOf(
  program: Program,
  markets: readonly Market[],
  { inputs, companions }: BacktestInput,
): Generator<number, Result<readonly Signals[], Failure>> {
  const all: Signals[] = [];
  for (const [k, { symbol, bars }] of markets.entries()) {
    const steps = evaluateRules(program, bars, inputs, undefined, companions);
    let step = steps.next();
    for (; !step.done; step = steps.next()) yield (k + step.value) / markets.length;
    if (!step.value.ok) return step.value;
    const { warmupBars } = step.value.value;
    if (warmupBars + 1 >= bars.length) return fail(tooFewBars(symbol, bars.length, warmupBars));
    all.push(step.value.value);
  }
  return ok(all);
}

/** What is to be said of a run beside its trades. */
function measure(
  outcome: Outcome,
  markets: readonly Market[],
  signals: readonly Signals[],
  settings: RunSettings,
): Pick<FinishedRun, 'warmupBars' | 'bars' | 'stats' | 'band' | 'inner'> {
  const { timelineMs } = outcome;
  const [market] = markets as [Market, ...Market[]];
  const [own] = signals as [Signals, ...Signals[]];
  const laid = markets.map(({ bars }) => (timelineMs ? onTimeline(bars, timelineMs) : bars));
  const [bars, ...others] = laid as [Bars, ...Bars[]];
  const warmupBars = timelineMs
    ? firstAtOrAfter(timelineMs, market.bars.timesMs[own.warmupBars]!)
    : own.warmupBars;
  const inners = markets.flatMap(({ inner }) => (inner ? [inner] : []));
  return {
    warmupBars,
    bars,
    stats: computeStatistics(outcome, bars, warmupBars, settings, others),
    band: bandOf(outcome, { bars, signals: own, settings }),
    inner:
      inners.length === 0
        ? null
        : {
            bars: markets.reduce((sum, each) => sum + each.bars.length, 0),
            covered: inners.reduce((sum, inner) => sum + coveredBars(inner), 0),
          },
  };
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

function tooFewBars(symbol: string, bars: number, warmupBars: number): Failure {
  const detail =
    warmupBars >= bars
      ? `Some series of the rules has no value on any of the ${bars} bars of ${symbol}.`
      : `The rules act after ${warmupBars + 1} bars; of ${symbol} there are ${bars}.`;
  return { code: 'run.too-few-bars', detail, figures: { bars, warmupBars } };
}
