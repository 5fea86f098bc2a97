/**
 * Whether the best of a whole search is better than the best of as many tries without an edge.
 *
 * The days of all tries are drawn again together, in blocks, their own means taken away: what the
 * best shows then is luck, and the tries' resemblance to each other is counted rightly. Each try
 * counts by its mean daily return ÷ deviation. Source: White 2000, A Reality Check for Data
 * Snooping, Econometrica 68(5); Hansen 2005, A Test for Superior Predictive Ability, for dividing
 * by the deviation.
 */
import type { Failure } from '../../errors.ts';
import { sliceBars, type Bars } from '../../market/bars.ts';
import { createRandom } from '../../market/made-bars.ts';
import { fail, ok, type Result } from '../../result.ts';
import { compileRules } from '../../rules/compile.ts';
import { mean, sampleVariance } from '../../statistics/moments.ts';
import { dailyReturns, dayEndBars } from '../../statistics/returns.ts';
import { besideSlice, nothingBeside, type Beside } from '../beside.ts';
import { trialRunner } from '../evaluator.ts';
import { barsOf } from '../segments.ts';
import { trialInputs, type Sweep } from '../sweep.ts';
import { drawBlocks } from './stationary-blocks.ts';

export interface RealityRequest {
  readonly sweep: Sweep;
  /** Index of the segment that was searched. */
  readonly segment: number;
  readonly draws: number;
  /** How long blocks of days are in the mean. */
  readonly blockDays: number;
  readonly seed: number;
}

/** Of some trials: the best of them, really and on each draw; −∞ where none traded. */
export interface RealityPart {
  readonly best: number;
  readonly drawn: Float64Array;
  /** Trials that traded. */
  readonly tries: number;
}

export interface Reality {
  /** Share of draws on which luck alone did as well or better, the real one counted; 0 … 1. */
  readonly chance: number;
  readonly draws: number;
  readonly tries: number;
}

/**
 * Trials `from` up to but not including `to`; yields the finished part, 0 … 1. Error:
 * `rules.invalid`.
 */
export function* realityPart(
  request: RealityRequest,
  bars: Bars,
  { from, to }: { readonly from: number; readonly to: number },
  beside: Beside = nothingBeside,
): Generator<number, Result<RealityPart, Failure>> {
  const { sweep, segment, draws } = request;
  const { program } = compileRules(sweep.source);
  if (!program) return fail({ code: 'rules.invalid', detail: 'The rules have errors.' });
  const span = barsOf(sweep.segments[segment]!, bars.timesMs);
  const part = sliceBars(bars, span.from, span.to);
  const dayEnds = dayEndBars(part.timesMs);
  const run = trialRunner(program, part, sweep, besideSlice(beside, span.from, span.to));
  const times = daysDrawn(dayEnds.length - 1, request);
  const drawn = new Float64Array(draws).fill(-Infinity);
  let best = -Infinity;
  let tries = 0;
  for (let trial = from; trial < to; trial++) {
    const came = run(trialInputs(sweep, trial));
    if (came.state === 'ran') {
      const { returns } = dailyReturns(came.outcome.equity, dayEnds);
      const centre = mean(returns) ?? 0;
      const deviation = Math.sqrt(sampleVariance(returns) ?? 0);
      if (deviation > 0) {
        tries++;
        best = Math.max(best, centre / deviation);
        const off = returns.map((value) => (value - centre) / (deviation * returns.length));
        for (let draw = 0; draw < draws; draw++) {
          drawn[draw] = Math.max(drawn[draw]!, sumOf(times[draw]!, off));
        }
      }
    }
    yield (trial + 1 - from) / (to - from);
  }
  return ok({ best, drawn, tries });
}

/** null where no trial traded. */
export function realityOf(parts: readonly RealityPart[]): Reality | null {
  const tries = parts.reduce((sum, part) => sum + part.tries, 0);
  if (tries === 0) return null;
  const best = Math.max(...parts.map((part) => part.best));
  const draws = parts[0]!.drawn.length;
  let atLeast = 0;
  for (let draw = 0; draw < draws; draw++) {
    if (parts.some((part) => part.drawn[draw]! >= best)) atLeast++;
  }
  return { chance: (atLeast + 1) / (draws + 1), draws, tries };
}

/** How often each day comes on each draw: the same days for every trial, whoever computes it. */
function daysDrawn(days: number, { draws, blockDays, seed }: RealityRequest): Uint16Array[] {
  return Array.from({ length: draws }, (_, draw) => {
    const random = createRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(draw + 1, 0xc2b2ae35));
    const times = new Uint16Array(days);
    for (const day of drawBlocks(days, blockDays, random)) times[day]!++;
    return times;
  });
}

function sumOf(times: Uint16Array, values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += times[i]! * values[i]!;
  return sum;
}
