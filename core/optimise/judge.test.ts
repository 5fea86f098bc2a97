/** Ranking, plateau, map and walk-forward over measures written by hand. */
import { expect, test } from 'vitest';
import { heatmap } from './heatmap.ts';
import { emptyColumns, trialStateCode, type TrialColumns } from './measures.ts';
import { plateauScore } from './plateau.ts';
import { rank, scores } from './rank.ts';
import { segmentsOf } from './segments.ts';
import { walkForward } from './walk-forward.ts';

const layout = {
  segments: 1,
  figures: ['returnPct', 'maxDrawdownPct', 'roundTrips'],
};
type Figures = readonly [returnPct: number, maxDrawdownPct: number, roundTrips: number];

function columnsOf(trials: readonly (Figures | null)[]): TrialColumns {
  const columns = emptyColumns(trials.length, layout);
  trials.forEach((figures, trial) => {
    if (!figures) return;
    columns.states[trial] = trialStateCode.ran;
    columns.values.set(figures, trial * 3);
  });
  return columns;
}

test('ranks by the objective, equal ones by number, and leaves out what breaks a constraint', () => {
  const columns = columnsOf([
    [5, -10, 20],
    [9, -30, 20],
    [7, -10, 3],
    [5, -10, 20],
    [NaN, -10, 20],
    null,
    [8, -20, 10],
  ]);
  const constraints = { minRoundTrips: 10, maxDrawdownPct: 20 };
  const scored = scores(columns, layout, 0, 'returnPct', constraints);
  expect(rank(columns, scored)).toEqual({ order: Int32Array.of(6, 0, 3), leftOut: 3 });
});

const square = [
  { name: 'a', from: 1, to: 3, step: 1 },
  { name: 'b', from: 1, to: 3, step: 1 },
];
const centre = 4;

test('a lone peak has a low plateau, a broad hill a high one', () => {
  const peak = (combination: number) => (combination === centre ? 9 : 1);
  const hill = (combination: number) => (combination === centre ? 9 : 8);
  expect(plateauScore(square, centre, peak)).toBe(1);
  expect(plateauScore(square, centre, hill)).toBe(8);
});

test('neighbours that may not be ranked count as worst, those not tried do not count', () => {
  const barred = (combination: number) => (combination === centre ? 9 : NaN);
  const untried = (combination: number) => (combination === centre ? 9 : null);
  expect(plateauScore(square, centre, barred)).toBeNaN();
  expect(plateauScore(square, centre, untried)).toBeNaN();
  const half = (combination: number) =>
    combination === centre ? 9 : combination < centre ? 7 : null;
  expect(plateauScore(square, centre, half)).toBe(7);
});

test('a map sums up the trials of a cell and says where nothing is', () => {
  const cube = [...square, { name: 'c', from: 1, to: 2, step: 1 }];
  const columns = columnsOf(Array.from({ length: 18 }, (_, i): Figures => [i, -1, 10]));
  columns.states[17] = trialStateCode.waiting;
  const scored = Float64Array.from({ length: 18 }, (_, i) => (i < 2 ? NaN : i));
  const sweep = { axes: cube, method: 'grid', seed: 1 } as const;
  const choice = { x: 1, y: 0, summary: 'median', most: 10 } as const;
  const map = heatmap(sweep, columns, scored, choice);
  expect(map.cells[0]![0]).toEqual({ score: null, ranked: 0, tried: 2 });
  expect(map.cells[1]![0]).toEqual({ score: 6.5, ranked: 2, tried: 2 });
  expect(map.cells[2]![2]).toMatchObject({ tried: 1 });
  const best = heatmap(sweep, columns, scored, { ...choice, summary: 'best' });
  expect(best.cells[1]![0]!.score).toBe(7);
});

test('a fine axis is shown in fewer lines, none of it lost', () => {
  const fine = [{ name: 'a', from: 1, to: 100, step: 1 }];
  const columns = columnsOf(Array.from({ length: 100 }, (): Figures => [1, -1, 10]));
  const scored = new Float64Array(100).fill(1);
  const sweep = { axes: fine, method: 'grid', seed: 1 } as const;
  const map = heatmap(sweep, columns, scored, { x: 0, y: null, summary: 'best', most: 30 });
  expect(map.columns).toHaveLength(25);
  expect(map.columns[0]).toEqual({ from: 1, to: 4 });
  expect(map.cells[0]!.reduce((sum, cell) => sum + cell.tried, 0)).toBe(100);
});

const span = { firstMs: Date.UTC(2000, 0, 3), lastMs: Date.UTC(2010, 0, 1) };

test.each(['rolling', 'anchored'] as const)(
  '%s windows test one after another up to the end, each on what the search did not see',
  (kind) => {
    const segments = segmentsOf({ kind, windows: 4, ratio: 2 }, span);
    const pairs = [0, 2, 4, 6].map((at) => [segments[at]!, segments[at + 1]!] as const);
    expect(pairs.every(([search, test]) => search.toMs === test.fromMs)).toBe(true);
    for (let at = 1; at < pairs.length; at++) {
      expect(pairs[at]![1].fromMs).toBe(pairs[at - 1]![1].toMs);
    }
    expect(pairs.at(-1)![1].toMs).toBe(span.lastMs + 1);
    const starts = new Set(pairs.map(([search]) => search.fromMs));
    expect(starts.size).toBe(kind === 'anchored' ? 1 : 4);
  },
);

test('a walk forward trades what was best before, and chains the tests', () => {
  const segments = segmentsOf({ kind: 'rolling', windows: 2, ratio: 1 }, span);
  const wide = { segments: 4, figures: layout.figures };
  const columns = emptyColumns(2, wide);
  columns.states.fill(trialStateCode.ran);
  const trial = (returns: readonly number[]) => returns.flatMap((each) => [each, -1, 10]);
  columns.values.set([...trial([10, 20, 1, 99]), ...trial([5, 99, 30, -10])]);
  const walked = walkForward(columns, wide, segments, {
    objective: 'returnPct',
    constraints: { minRoundTrips: 1, maxDrawdownPct: null },
  });
  expect(walked.windows.map((window) => window.trial)).toEqual([0, 1]);
  expect(walked.windows.map((window) => window.testReturnPct)).toEqual([20, -10]);
  expect(walked.testReturnPct).toBeCloseTo(8, 10);
  expect(walked.profitable).toBe(1);
  expect(walked.efficiency).toBeGreaterThan(0);
});

test('a window in which nothing may be ranked trades nothing', () => {
  const segments = segmentsOf({ kind: 'anchored', windows: 2, ratio: 1 }, span);
  const walked = walkForward(
    emptyColumns(1, { segments: 4, figures: layout.figures }),
    { segments: 4, figures: layout.figures },
    segments,
    { objective: 'returnPct', constraints: { minRoundTrips: 1, maxDrawdownPct: null } },
  );
  expect(walked.windows.map((window) => window.trial)).toEqual([null, null]);
  expect(walked).toMatchObject({ testReturnPct: 0, efficiency: null });
});
