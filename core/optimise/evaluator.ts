/** Runs trials of one search over the same bars, what they share computed once. */
import { assert } from '../assert.ts';
import type { Failure } from '../errors.ts';
import { faultOfPrices } from '../execution/asked-prices.ts';
import { runBroker } from '../execution/broker/broker.ts';
import { isSimple } from '../execution/is-simple.ts';
import { interleave } from '../execution/kernel-bars.ts';
import { createScratch, runKernel } from '../execution/kernel.ts';
import type { Outcome } from '../execution/outcome.ts';
import { ruleTrader } from '../execution/rule-trader.ts';
import type { Bars } from '../market/bars.ts';
import { fail, ok, type Result } from '../result.ts';
import { compileRules, type Program } from '../rules/compile.ts';
import { evaluateRules } from '../rules/evaluate.ts';
import { nothingBeside, type Beside } from './beside.ts';
import { columnCache } from './column-cache.ts';
import { figures } from './figures.ts';
import { emptyColumns, trialStateCode, type TrialColumns, type TrialState } from './measures.ts';
import { rulerFor } from './purged-ruler.ts';
import { skimTrials } from './skim-trials.ts';
import { pricesChanged, trialInputs, type Sweep } from './sweep.ts';
import type { TrialEngine } from './trial-engine.ts';

export interface Evaluator {
  /** The measures of trials `from` up to but not including `to`. */
  evaluate(from: number, to: number): TrialColumns;
}

/** What the columns shared between trials may take in one worker. */
const CACHE_BYTES = 48 * 1024 * 1024;

/** Runs one trial and writes its figures, segment by segment, to `values` from `at` on. */
export type MeasureTrial = (
  inputs: Readonly<Record<string, number>>,
  values: Float64Array,
  at: number,
) => TrialState;

/**
 * With an engine, trials that it knows are skimmed: the same trades, and figures whose sums were
 * added in another order. Errors: `rules.invalid`, `run.inner-missing`, `run.spread-missing`,
 * `optimise.prices-changed` where the bars are not those that the search began with.
 */
export function createEvaluator(
  sweep: Sweep,
  bars: Bars,
  engine?: TrialEngine,
  beside: Beside = nothingBeside,
): Result<Evaluator, Failure> {
  const same =
    bars.length === sweep.bars &&
    bars.timesMs[0] === sweep.firstMs &&
    bars.timesMs.at(-1) === sweep.lastMs;
  if (!same) return fail(pricesChanged({ ...sweep, id: sweep.seriesId }));
  const market = { symbol: sweep.seriesId, bars, inner: beside.inner };
  const fault = faultOfPrices([market], sweep.settings);
  if (fault) return fail(fault);
  const { program } = compileRules(sweep.source);
  if (!program) return fail({ code: 'rules.invalid', detail: 'The rules have errors.' });
  const whole = measureWhole(program, bars, sweep, beside);
  const measure = (engine && skimTrials(engine, program, bars, sweep, whole)) ?? whole;
  const layout = { segments: sweep.segments.length, figures: sweep.figures };
  const width = layout.segments * layout.figures.length;

  return ok({
    evaluate(from, to) {
      const columns = emptyColumns(to - from, layout);
      for (let trial = from; trial < to; trial++) {
        const row = trial - from;
        const state = measure(trialInputs(sweep, trial), columns.values, row * width);
        columns.states[row] = trialStateCode[state];
      }
      return columns;
    },
  });
}

function measureWhole(program: Program, bars: Bars, sweep: Sweep, beside: Beside): MeasureTrial {
  const run = trialRunner(program, bars, sweep, beside);
  const rulers = sweep.segments.map((segment) => rulerFor(segment, bars));
  const kept = sweep.figures.map((key) => figures.find((figure) => figure.key === key)!);
  assert(kept.every(Boolean), 'every figure of the search is known');
  return (inputs, values, first) => {
    const came = run(inputs);
    if (came.state !== 'ran') return came.state;
    let at = first;
    for (const ruler of rulers) {
      const facts = ruler.measure(came.outcome, sweep.settings.cash, came.warmupBars);
      for (const figure of kept) {
        const value = facts && figure.compute(facts);
        values[at++] = value !== null && Number.isFinite(value) ? value : NaN;
      }
    }
    return 'ran';
  };
}

type Came =
  | { readonly state: 'ran'; readonly outcome: Outcome; readonly warmupBars: number }
  | { readonly state: 'refused' | 'short' };

/** The outcome's equity is overwritten by the next run. */
export function trialRunner(
  program: Program,
  bars: Bars,
  { axes, settings }: Pick<Sweep, 'axes' | 'settings'>,
  { inner, companions }: Beside = nothingBeside,
): (inputs: Readonly<Record<string, number>>) => Came {
  const varied = axes.map((axis) => axis.name.toLowerCase());
  const memory = columnCache(program, { varied, mostBytes: CACHE_BYTES });
  const kernelBars = interleave(bars);
  const scratch = createScratch(bars.length);
  const market = { symbol: '', bars, inner };
  return (inputs) => {
    const signals = finish(evaluateRules(program, bars, inputs, memory, companions));
    if (!signals.ok) return { state: 'refused' };
    const { warmupBars } = signals.value;
    if (warmupBars + 1 >= bars.length) return { state: 'short' };
    const outcome = isSimple(settings, signals.value)
      ? finish(runKernel(kernelBars, signals.value, settings, { scratch }))
      : finish(runBroker([market], ruleTrader([signals.value], settings), settings));
    return { state: 'ran', outcome, warmupBars };
  };
}

function finish<T>(steps: Generator<number, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
