/** Searches that learn, over landscapes whose best place is known. */
import { expect, test } from 'vitest';
import { createRandom, makeBars } from '../market/made-bars.ts';
import { createEvaluator, type Evaluator } from './evaluator.ts';
import { drawOn, guides, noneDrawn } from './guided.ts';
import { emptyColumns, trialStateCode } from './measures.ts';
import { makeSweep } from './made-sweep.ts';
import { combinationCount, placesOf } from './space.ts';
import { trialCombination, type SearchMethod, type Sweep } from './sweep.ts';
import { searchWhole } from './whole-search.ts';

const bars = makeBars({ count: 300, seed: 4 });
const axes = [
  { name: 'a', from: 1, to: 40, step: 1 },
  { name: 'b', from: 1, to: 40, step: 1 },
  { name: 'c', from: 1, to: 12, step: 1 },
];
const all = combinationCount(axes);
const learned = (['genetic', 'bayesian'] as const).map((method) => [method] as const);

function guided(method: SearchMethod, change: Partial<Sweep> = {}): Sweep {
  const batchTrials = guides[method]?.batchTrials ?? 50;
  const figures = ['returnPct', 'roundTrips', 'maxDrawdownPct'];
  const objective = 'returnPct' as const;
  const made = makeSweep(bars, { method, axes, batchTrials, figures, objective, ...change });
  return { ...made, drawn: noneDrawn(made) };
}

/** Answers a made landscape in place of backtests. */
function landscape(sweep: Sweep, height: (places: readonly number[]) => number): Evaluator {
  return {
    evaluate(from, to) {
      const columns = emptyColumns(to - from, { segments: 1, figures: sweep.figures });
      columns.states.fill(trialStateCode.ran);
      for (let trial = from; trial < to; trial++) {
        const places = placesOf(sweep.axes, trialCombination(sweep, trial));
        columns.values.set([height(places), 50, -5], (trial - from) * 3);
      }
      return columns;
    },
  };
}

function finish<T>(steps: Generator<number, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** A hill whose top lies anywhere, a lower one beside it, and ripples over both. */
function planted(seed: number) {
  const random = createRandom(seed + 77);
  const top = axes.map((_, axis) => Math.floor(random() * (axis === 2 ? 12 : 40)));
  const other = axes.map((_, axis) => Math.floor(random() * (axis === 2 ? 12 : 40)));
  const far = (places: readonly number[], from: readonly number[]) =>
    places.reduce((sum, at, axis) => sum + ((at - from[axis]!) / (axis === 2 ? 4 : 12)) ** 2, 0);
  return (places: readonly number[]) => {
    const ripple = 0.02 * (((places[0]! * 7 + places[1]! * 13 + places[2]! * 5) % 11) / 11);
    return 1 / (1 + far(places, top)) + 0.5 / (1 + far(places, other)) + ripple;
  };
}

/** The share of all combinations that are better than the best found. */
function shareAbove(method: SearchMethod, seed: number, trials: number): number {
  const height = planted(seed);
  const sweep = guided(method, { seed, trials });
  const columns = finish(searchWhole(sweep, landscape(sweep, height)));
  const best = Math.max(
    ...Array.from({ length: trials }, (_, trial) => columns.values[trial * 3]!),
  );
  let above = 0;
  for (let n = 0; n < all; n++) if (height(placesOf(axes, n)) > best) above++;
  return above / all;
}

test.each(learned)(
  'the %s search comes to the top of a planted hill in a fortieth of the grid',
  (method) => {
    const seeds = Array.from({ length: 24 }, (_, seed) => seed);
    const trials = all / 40;
    const above = seeds.map((seed) => shareAbove(method, seed, trials)).toSorted((a, b) => a - b);
    const chance = seeds
      .map((seed) => shareAbove('random', seed, trials))
      .toSorted((a, b) => a - b);
    // One in five thousand of all combinations is at most three of them.
    expect(above.filter((share) => share <= 1 / 5_000).length).toBeGreaterThanOrEqual(20);
    expect(chance.filter((share) => share <= 1 / 5_000).length).toBeLessThanOrEqual(4);
  },
);

test.each(learned)('the %s search tries nothing twice, up to the whole space', (method) => {
  const small = [
    { name: 'a', from: 1, to: 9, step: 1 },
    { name: 'b', from: 1, to: 7, step: 1 },
  ];
  const sweep = guided(method, { axes: small, trials: 63 });
  finish(
    searchWhole(
      sweep,
      landscape(sweep, ([a, b]) => a! - b!),
    ),
  );
  expect([...sweep.drawn!].toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 63 }, (_, n) => n),
  );
});

test.each(learned)('the choices of the %s search follow from the trials alone', (method) => {
  const sweep = guided(method, { trials: 200, seed: 5 });
  const columns = finish(searchWhole(sweep, landscape(sweep, planted(1))));
  const again = { ...sweep, drawn: noneDrawn(sweep) };
  drawOn(again, columns);
  expect(again.drawn).toEqual(sweep.drawn);
  const other = guided(method, { trials: 200, seed: 6 });
  finish(searchWhole(other, landscape(other, planted(1))));
  expect(other.drawn).not.toEqual(sweep.drawn);
});

test.each(learned)('nothing of a generation of the %s search waits for itself', (method) => {
  const { generationTrials } = guides[method]!;
  const sweep = guided(method, { trials: 3 * generationTrials });
  const columns = emptyColumns(sweep.trials, { segments: 1, figures: sweep.figures });
  drawOn(sweep, columns);
  expect(sweep.drawn!.indexOf(-1)).toBe(generationTrials);
  columns.states.fill(trialStateCode.ran, 0, generationTrials - 1);
  drawOn(sweep, columns);
  expect(sweep.drawn!.indexOf(-1)).toBe(generationTrials);
  columns.states.fill(trialStateCode.refused, 0, generationTrials);
  drawOn(sweep, columns);
  expect(sweep.drawn!.indexOf(-1)).toBe(2 * generationTrials);
});

test('stored searches are read as they were made: the choices of each guide stay', () => {
  const choices = (method: SearchMethod) => {
    const sweep = guided(method, { trials: 144, seed: 11 });
    finish(searchWhole(sweep, landscape(sweep, planted(2))));
    return [50, 80, 143].map((trial) => sweep.drawn![trial]);
  };
  expect({ genetic: choices('genetic'), bayesian: choices('bayesian') }).toMatchInlineSnapshot(`
    {
      "bayesian": [
        465,
        955,
        2360,
      ],
      "genetic": [
        3238,
        6710,
        4786,
      ],
    }
  `);
});

test('a search that learns runs over real backtests', () => {
  const made = makeSweep(bars, { method: 'bayesian', trials: 40, batchTrials: 2 });
  const sweep = { ...made, drawn: noneDrawn(made) };
  const evaluator = createEvaluator(sweep, bars);
  if (!evaluator.ok) throw new Error(evaluator.error.detail);
  const columns = finish(searchWhole(sweep, evaluator.value));
  expect(columns.states.every((state) => state !== trialStateCode.waiting)).toBe(true);
  expect(new Set(sweep.drawn).size).toBe(40);
});
