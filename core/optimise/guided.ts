/**
 * Searches that learn, generation by generation: what a generation tries is worked out from the
 * seed and from what all generations before it came to.
 *
 * A generation is a barrier, so that the number of workers changes nothing, and the choices are
 * never stored: they are worked out again from the trials that are. A guide that chose otherwise
 * would therefore misread stored searches: `guided.test.ts` holds the choices of each.
 */
import { axisCount } from './axis.ts';
import { bayesian } from './bayesian.ts';
import { genetic } from './genetic.ts';
import type { Guide, Places, Tried } from './guide.ts';
import { createRandom } from '../market/made-bars.ts';
import { trialStateCode, type TrialColumns } from './measures.ts';
import { permuted } from './permutation.ts';
import { rank, scores } from './rank.ts';
import { combinationCount } from './space.ts';
import type { SearchMethod, Sweep } from './sweep.ts';

/** null for a search that knows beforehand what it tries. */
export const guides: Readonly<Record<SearchMethod, Guide | null>> = {
  grid: null,
  random: null,
  genetic,
  bayesian,
};

/** Draws without anything new, before any untried combination will do. */
const REPEATS = 24;

/** The choices of a search of which nothing is known yet; undefined where it needs none. */
export function noneDrawn({ method, trials }: Sweep): Float64Array | undefined {
  return guides[method] ? new Float64Array(trials).fill(-1) : undefined;
}

/** Chooses on into `sweep.drawn`, as far as the trials in `columns` are known. */
export function drawOn(sweep: Sweep, columns: TrialColumns): void {
  while (drawNext(sweep, columns));
}

/** Chooses one generation more; false where none is left or what it depends on is not known. */
export function drawNext(sweep: Sweep, columns: TrialColumns): boolean {
  const guide = guides[sweep.method];
  const { drawn } = sweep;
  if (!guide || !drawn) return false;
  const from = drawn.indexOf(-1);
  if (from < 0) return false;
  const before = columns.states.subarray(Math.max(0, from - guide.generationTrials), from);
  if (before.includes(trialStateCode.waiting)) return false;
  drawGeneration(sweep, drawn, columns, guide, from);
  return true;
}

function drawGeneration(
  sweep: Sweep,
  drawn: Float64Array,
  columns: TrialColumns,
  guide: Guide,
  from: number,
): void {
  const { axes, seed, trials } = sweep;
  const to = Math.min(from + guide.generationTrials, trials);
  const all = combinationCount(axes);
  const seen = new Set(drawn.subarray(0, from));
  const random = createRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(from, 0x85ebca77));
  const counts = axes.map(axisCount);
  const isTaken = (places: Places) => seen.has(combinationOf(counts, places));
  const ranked = triedOf(sweep, columns, counts, from);
  const choose = from === 0 ? null : guide.chooser({ counts, ranked, isTaken, random });
  let place = 0;
  const untried = () => {
    for (;;) {
      const combination = permuted(all, seed, place++);
      if (!seen.has(combination)) return combination;
    }
  };
  for (let trial = from; trial < to; trial++) {
    const combination = (choose && fresh(counts, choose)) ?? untried();
    seen.add(combination);
    drawn[trial] = combination;
  }
}

function fresh(counts: readonly number[], choose: () => Places | null): number | null {
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const places = choose();
    if (places) return combinationOf(counts, places);
  }
  return null;
}

/** What was tried, the best first; what may not be ranked comes last, in the order of its trials. */
function triedOf(
  sweep: Sweep,
  columns: TrialColumns,
  counts: readonly number[],
  trials: number,
): readonly Tried[] {
  const { drawn, segments, figures, objective, constraints } = sweep;
  const layout = { segments: segments.length, figures };
  const past = { ...columns, states: columns.states.subarray(0, trials) };
  const scored = scores(past, layout, 0, objective, constraints);
  const { order } = rank(past, scored);
  const barred = Array.from(scored.keys()).filter((trial) => Number.isNaN(scored[trial]!));
  return [...order, ...barred].map((trial) => ({
    places: placesIn(counts, drawn![trial]!),
    score: scored[trial]!,
  }));
}

/** As `placesOf` and `combinationAt`, the axes counted once: a search asks some thousand times. */
function placesIn(counts: readonly number[], combination: number): Places {
  const places = new Array<number>(counts.length);
  let rest = combination;
  for (let axis = counts.length - 1; axis >= 0; axis--) {
    places[axis] = rest % counts[axis]!;
    rest = Math.floor(rest / counts[axis]!);
  }
  return places;
}

function combinationOf(counts: readonly number[], places: Places): number {
  let number = 0;
  for (let axis = 0; axis < counts.length; axis++) number = number * counts[axis]! + places[axis]!;
  return number;
}
