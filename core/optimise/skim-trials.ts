/** Trials run by an engine that is faster than core, measured from sums in place of arrays. */
import { assert } from '../assert.ts';
import { isSimple } from '../execution/is-simple.ts';
import { sliceBars, type Bars } from '../market/bars.ts';
import { periodsPerYear } from '../statistics/calendar.ts';
import { dayEndBars } from '../statistics/returns.ts';
import { evaluateRules } from '../rules/evaluate.ts';
import { inputValues } from '../rules/input-values.ts';
import type { Program } from '../rules/program.ts';
import type { MeasureTrial } from './evaluator.ts';
import { briefFigures, type MeasuredBrief } from './run-brief.ts';
import { barsOf, type Segment } from './segments.ts';
import { valuesOf } from './space.ts';
import type { Sweep } from './sweep.ts';
import type { MeasuredBars, TrialEngine } from './trial-engine.ts';

type Figure = (brief: MeasuredBrief) => number | null;

/** null where the engine cannot; `whole` runs the trials that it leaves. */
export function skimTrials(
  engine: TrialEngine,
  program: Program,
  bars: Bars,
  sweep: Sweep,
  whole: MeasureTrial,
): MeasureTrial | null {
  const { settings, segments } = sweep;
  if (segments.some(({ without }) => without)) return null;
  if (!asksSimply(program, bars, sweep)) return null;
  const skimmer = engine.open(program, bars, sweep);
  if (!skimmer) return null;
  const stretches = segments.map((segment) => stretchOf(segment, bars));
  const kept = sweep.figures.map((key) => (briefFigures as Record<string, Figure>)[key]!);
  assert(kept.every(Boolean), 'every figure of the search is known');
  return (inputs, values, first) => {
    const known = inputValues(program, inputs);
    if (!known.ok) return 'refused';
    const state = skimmer.run(known.value);
    if (state === 'left') return whole(inputs, values, first);
    if (state === 'short') return 'short';
    let at = first;
    for (const stretch of stretches) {
      const brief = stretch && skimmer.measure(stretch.bars);
      const startCash = stretch?.bars.from === 0 ? settings.cash : (brief?.firstEquity ?? 0);
      const measured =
        brief && startCash > 0 ? { ...brief, startCash, periodsPerYear: stretch!.perYear } : null;
      for (const figure of kept) {
        const value = measured && figure(measured);
        values[at++] = value !== null && Number.isFinite(value) ? value : NaN;
      }
    }
    return 'ran';
  };
}

/** How many bars show what kinds of orders rules ask for. */
const SHOWN_BARS = 64;

/** Whether rules and settings ask for nothing that only the broker knows. */
function asksSimply(program: Program, bars: Bars, sweep: Sweep): boolean {
  const few = sliceBars(bars, 0, SHOWN_BARS);
  return [sweep.inputs, { ...sweep.inputs, ...valuesOf(sweep.axes, 0) }].some((inputs) => {
    const steps = evaluateRules(program, few, inputs);
    let step = steps.next();
    while (!step.done) step = steps.next();
    return step.value.ok && isSimple(sweep.settings, step.value.value);
  });
}

function stretchOf(
  segment: Segment,
  bars: Bars,
): { readonly bars: MeasuredBars; readonly perYear: number } | null {
  const { from, to } = barsOf(segment, bars.timesMs);
  if (to - from < 1) return null;
  const start = Math.max(0, from - 1);
  const timesMs = bars.timesMs.subarray(start, to);
  const dayEnds = dayEndBars(timesMs).map((bar) => bar + start);
  return { bars: { start, from, to, dayEnds }, perYear: periodsPerYear(timesMs) };
}
