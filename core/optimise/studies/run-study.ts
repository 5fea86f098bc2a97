/** Paths of a study, by their numbers: whoever computes which changes nothing. */
import { assert } from '../../assert.ts';
import type { Failure } from '../../errors.ts';
import { onBarsAlone } from '../../execution/asked-prices.ts';
import type { Outcome } from '../../execution/outcome.ts';
import type { InnerPrices } from '../../execution/order-desk.ts';
import type { RunSettings } from '../../execution/settings.ts';
import type { Signals } from '../../execution/signals.ts';
import { sliceBars, type Bars } from '../../market/bars.ts';
import { createRandom } from '../../market/made-bars.ts';
import { fail, ok, type Result } from '../../result.ts';
import { compileRules } from '../../rules/compile.ts';
import { evaluateRules } from '../../rules/evaluate.ts';
import { besideSlice, nothingBeside, type Beside } from '../beside.ts';
import { barsOf } from '../segments.ts';
import type { PathEnd } from './path-end.ts';
import { studies, type StudyKey } from './registry.ts';
import type { StudyOptions } from './study.ts';

/** A run with one set of inputs over a stretch of a series. */
export interface RunInQuestion {
  readonly seriesId: string;
  readonly fromMs: number;
  /** Not included. */
  readonly toMs: number;
  readonly source: string;
  readonly inputs: Readonly<Record<string, number>>;
  readonly settings: RunSettings;
}

export interface StudyRequest extends RunInQuestion {
  readonly study: StudyKey;
  readonly options: StudyOptions;
  readonly seed: number;
}

/** Paths that follow each other; of each, what it came to. */
export interface StudyPart {
  readonly real: PathEnd;
  readonly returnPct: Float64Array;
  readonly drawdownPct: Float64Array;
}

export type Trade = (
  bars: Bars,
  signals: Signals,
  settings: RunSettings,
  inner: InnerPrices | null,
) => Outcome;

/**
 * Paths `from` up to but not including `to`; yields the finished part, 0 … 1. null where the run
 * has too little to study. Errors: `rules.invalid`, `run.too-few-bars`, those of `evaluateRules`.
 */
export function* runStudy(
  request: StudyRequest,
  bars: Bars,
  { from, to }: { readonly from: number; readonly to: number },
  trade: Trade,
  beside: Beside = nothingBeside,
): Generator<number, Result<StudyPart | null, Failure>> {
  const { settings, inputs, options, seed } = request;
  const { program } = compileRules(request.source);
  if (!program) return fail({ code: 'rules.invalid', detail: 'The rules have errors.' });
  const span = barsOf(request, bars.timesMs);
  const part = sliceBars(bars, span.from, span.to);
  const { inner, companions } = besideSlice(beside, span.from, span.to);
  const signals = finish(evaluateRules(program, part, inputs, undefined, companions));
  if (!signals.ok) return signals;
  if (signals.value.warmupBars + 1 >= part.length) return fail(tooFewBars(part.length));
  const paths = studies[request.study]({
    bars: part,
    settings,
    options,
    signals: signals.value,
    outcome: trade(part, signals.value, settings, inner),
    trade: (asked) => trade(part, asked, settings, inner),
    tradeBars: (other, asked) => trade(other, asked, onBarsAlone(settings), null),
    rules(other) {
      const asked = finish(evaluateRules(program, other, inputs, undefined, companions));
      assert(asked.ok, 'rules that run on the prices run on others like them');
      return asked.value.warmupBars + 1 < other.length ? asked.value : null;
    },
  });
  if (!paths) return ok(null);
  const returnPct = new Float64Array(to - from);
  const drawdownPct = new Float64Array(to - from);
  for (let path = from; path < to; path++) {
    const random = createRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(path + 1, 0x85ebca77));
    const end = paths.path(random);
    returnPct[path - from] = end.returnPct;
    drawdownPct[path - from] = end.drawdownPct;
    yield (path + 1 - from) / (to - from);
  }
  return ok({ real: paths.real, returnPct, drawdownPct });
}

function finish<T>(steps: Generator<number, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

function tooFewBars(bars: number): Failure {
  return {
    code: 'run.too-few-bars',
    detail: `The rules never get to act on ${bars} bars.`,
    figures: { bars },
  };
}
