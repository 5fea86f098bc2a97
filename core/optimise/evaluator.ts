/** Runs trials of one search over the same bars, what they share computed once. */
import { assert } from '../assert.ts';
import type { Failure } from '../errors.ts';
import { interleave } from '../execution/kernel-bars.ts';
import { createScratch, runKernel } from '../execution/kernel.ts';
import type { Outcome } from '../execution/outcome.ts';
import type { Bars } from '../market/bars.ts';
import { fail, ok, type Result } from '../result.ts';
import { compileRules, type Program } from '../rules/compile.ts';
import { evaluateRules } from '../rules/evaluate.ts';
import { columnCache } from './column-cache.ts';
import { figures } from './figures.ts';
import { emptyColumns, trialStateCode, type TrialColumns } from './measures.ts';
import { rulerFor } from './purged-ruler.ts';
import { trialInputs, type Sweep } from './sweep.ts';

export interface Evaluator {
  /** The measures of trials `from` up to but not including `to`. */
  evaluate(from: number, to: number): TrialColumns;
}

/** What the columns shared between trials may take in one worker. */
const CACHE_BYTES = 48 * 1024 * 1024;

/**
 * Errors: `rules.invalid`, `run.volume-missing`, `optimise.prices-changed` where the bars are not
 * those that the search began with.
 */
export function createEvaluator(sweep: Sweep, bars: Bars): Result<Evaluator, Failure> {
  const same =
    bars.length === sweep.bars &&
    bars.timesMs[0] === sweep.firstMs &&
    bars.timesMs.at(-1) === sweep.lastMs;
  if (!same) return fail(pricesChanged(sweep));
  const { program } = compileRules(sweep.source);
  if (!program) return fail({ code: 'rules.invalid', detail: 'The rules have errors.' });
  const { settings } = sweep;
  const run = trialRunner(program, bars, sweep);
  const rulers = sweep.segments.map((segment) => rulerFor(segment, bars));
  const layout = { segments: rulers.length, figures: sweep.figures };
  const kept = sweep.figures.map((key) => figures.find((figure) => figure.key === key)!);
  assert(kept.every(Boolean), 'every figure of the search is known');

  return ok({
    evaluate(from, to) {
      const columns = emptyColumns(to - from, layout);
      let at = 0;
      for (let trial = from; trial < to; trial++) {
        const came = run(trialInputs(sweep, trial));
        columns.states[trial - from] = trialStateCode[came.state];
        for (const ruler of rulers) {
          const facts =
            came.state === 'ran'
              ? ruler.measure(came.outcome, settings.cash, came.warmupBars)
              : null;
          for (const figure of kept) {
            const value = facts && figure.compute(facts);
            columns.values[at++] = value !== null && Number.isFinite(value) ? value : NaN;
          }
        }
      }
      return columns;
    },
  });
}

type Came =
  | { readonly state: 'ran'; readonly outcome: Outcome; readonly warmupBars: number }
  | { readonly state: 'refused' | 'short' };

/** The outcome's equity is overwritten by the next run. */
export function trialRunner(
  program: Program,
  bars: Bars,
  { axes, settings }: Pick<Sweep, 'axes' | 'settings'>,
): (inputs: Readonly<Record<string, number>>) => Came {
  const varied = axes.map((axis) => axis.name.toLowerCase());
  const memory = columnCache(program, { varied, mostBytes: CACHE_BYTES });
  const kernelBars = interleave(bars);
  const scratch = createScratch(bars.length);
  return (inputs) => {
    const signals = finish(evaluateRules(program, bars, inputs, memory));
    if (!signals.ok) return { state: 'refused' };
    const { warmupBars } = signals.value;
    if (warmupBars + 1 >= bars.length) return { state: 'short' };
    const outcome = finish(runKernel(kernelBars, signals.value, settings, { scratch }));
    return { state: 'ran', outcome, warmupBars };
  };
}

function finish<T>(steps: Generator<number, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

function pricesChanged({ seriesId, bars }: Sweep): Failure {
  const detail = `${seriesId} is no longer the series of ${bars} bars that the search began with.`;
  return { code: 'optimise.prices-changed', detail, figures: { series: seriesId, bars } };
}
