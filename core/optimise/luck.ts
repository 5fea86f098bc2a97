/** Whether a result could be luck: the order of its round trips, and the same rules on shuffled prices. */
import { createRandom } from '../market/made-bars.ts';
import { sliceBars, type Bars } from '../market/bars.ts';
import type { Failure } from '../errors.ts';
import { ok, type Result } from '../result.ts';
import { compileRules } from '../rules/compile.ts';
import { onBarsAlone } from '../execution/asked-prices.ts';
import { besideSlice, nothingBeside, type Beside } from './beside.ts';
import { createEvaluator, trialRunner } from './evaluator.ts';
import { noneDrawn } from './guided.ts';
import { rank, scores, type Constraints } from './rank.ts';
import { barsOf } from './segments.ts';
import { shuffledPrices } from './shuffled-prices.ts';
import { trialInputs, type Sweep } from './sweep.ts';
import { walkOrders, type WalkOrders } from './order-paths.ts';
import { tradeOrder, type TradeOrder } from './trade-order.ts';
import type { ObjectiveKey } from './figures.ts';
import { searchWhole } from './whole-search.ts';

export interface LuckRequest {
  readonly sweep: Sweep;
  /** The trial in question. */
  readonly trial: number;
  /** Index of the segment that it was found in. */
  readonly segment: number;
  readonly objective: ObjectiveKey;
  /**
   * `rule`: this trial alone on shuffled prices · `search`: the best of the whole search on them,
   * which takes as many times longer and also counts how often was tried.
   */
  readonly scope: 'rule' | 'search';
  readonly shuffles: number;
  readonly seed: number;
}

export interface Luck {
  /** null below two round trips. */
  readonly order: TradeOrder | null;
  /** The objective on the real prices; null where undefined. */
  readonly score: number | null;
  /** The objective on each shuffled series, rising; −∞ where nothing could be ranked. */
  readonly shuffled: Float64Array;
  /** Share of shuffled series at least as good, the real one counted as one of them; 0 … 1. */
  readonly chance: number | null;
}

const ORDER_RUNS = 10_000;

/**
 * Yields the finished part, 0 … 1. The same seed gives the same answer. Shuffled bars have nothing
 * inside them, so that they and the real ones are compared on the bars alone; the round trips of
 * `order` are those of the trial. Errors: those of `createEvaluator`.
 */
export function* luckOf(
  request: LuckRequest,
  bars: Bars,
  walk: WalkOrders = walkOrders,
  beside: Beside = nothingBeside,
): Generator<number, Result<Luck, Failure>> {
  const { sweep, segment, shuffles, seed } = request;
  const { from, to } = barsOf(sweep.segments[segment]!, bars.timesMs);
  const part = sliceBars(bars, from, to);
  const partBeside = besideSlice(beside, from, to);
  const compared: Compared = {
    ...request,
    sweep: { ...sweep, settings: onBarsAlone(sweep.settings) },
    companions: partBeside.companions,
  };
  const real = yield* scoreOn(compared, part, 0, 1 / (shuffles + 1));
  if (!real.ok) return real;
  const shuffled = new Float64Array(shuffles);
  for (let k = 0; k < shuffles; k++) {
    const prices = shuffledPrices(part, createRandom(seed + k));
    const score = yield* scoreOn(compared, prices, (k + 1) / (shuffles + 1), 1 / (shuffles + 1));
    if (!score.ok) return score;
    shuffled[k] = Number.isNaN(score.value) ? -Infinity : score.value;
  }
  shuffled.sort();
  const score = Number.isNaN(real.value) ? null : real.value;
  const atLeast = score === null ? 0 : shuffled.filter((value) => value >= score).length;
  return ok({
    order: orderOf(request, part, partBeside, walk),
    score,
    shuffled,
    chance: score === null ? null : (atLeast + 1) / (shuffles + 1),
  });
}

const anyTrial: Constraints = { minRoundTrips: 1, maxDrawdownPct: null };

/** On the bars alone, those of other symbols as they are. */
interface Compared extends LuckRequest, Pick<Beside, 'companions'> {}

/** The objective of the trial, or of the best of the search, over all of `bars`. */
function* scoreOn(
  { sweep, trial, objective, scope, companions }: Compared,
  bars: Bars,
  start: number,
  share: number,
): Generator<number, Result<number, Failure>> {
  const firstMs = bars.timesMs[0] ?? 0;
  const lastMs = bars.timesMs.at(-1) ?? 0;
  const whole: Sweep = {
    ...sweep,
    bars: bars.length,
    firstMs,
    lastMs,
    segments: [{ role: 'search', fromMs: firstMs, toMs: lastMs + 1 }],
    drawn: scope === 'search' ? noneDrawn(sweep) : sweep.drawn,
  };
  const evaluator = createEvaluator(whole, bars, undefined, { inner: null, companions });
  if (!evaluator.ok) return evaluator;
  const layout = { segments: 1, figures: sweep.figures };
  if (scope === 'rule') {
    const columns = evaluator.value.evaluate(trial, trial + 1);
    yield start + share;
    return ok(scores(columns, layout, 0, objective, anyTrial)[0]!);
  }
  const steps = searchWhole(whole, evaluator.value);
  let step = steps.next();
  while (!step.done) {
    yield start + share * step.value;
    step = steps.next();
  }
  const scored = scores(step.value, layout, 0, objective, sweep.constraints);
  const best = rank(step.value, scored).order[0];
  return ok(best === undefined ? NaN : scored[best]!);
}

function orderOf(
  { sweep, trial, seed }: LuckRequest,
  bars: Bars,
  beside: Beside,
  walk: WalkOrders,
): TradeOrder | null {
  const { program } = compileRules(sweep.source);
  const came = program && trialRunner(program, bars, sweep, beside)(trialInputs(sweep, trial));
  if (came?.state !== 'ran') return null;
  const { profit } = came.outcome.roundTrips;
  return tradeOrder(profit, sweep.settings.cash, { runs: ORDER_RUNS, seed, walk });
}
