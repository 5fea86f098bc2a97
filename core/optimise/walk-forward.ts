/**
 * What came of choosing the best inputs again for each test, on the prices of its search: windows
 * one after another, or the folds of a cross-validation.
 */
import type { ObjectiveKey } from './figures.ts';
import { figureReader, type MeasureLayout, type TrialColumns } from './measures.ts';
import { rank, scores, type Constraints } from './rank.ts';
import { mean, sampleVariance } from '../statistics/moments.ts';
import { segmentMs, type Segment } from './segments.ts';

export interface Window {
  readonly search: Segment;
  readonly test: Segment;
  /** The best of the search; null where none may be ranked, and nothing is traded. */
  readonly trial: number | null;
  readonly searchScore: number | null;
  readonly testScore: number | null;
  readonly searchReturnPct: number | null;
  readonly testReturnPct: number | null;
  readonly testRoundTrips: number | null;
}

export interface WalkForward {
  readonly windows: readonly Window[];
  /** Return of the tests one after another, each with the money the one before left. */
  readonly testReturnPct: number;
  /** Tests that made money. */
  readonly profitable: number;
  /** Mean of the objective over the tests; null without any. */
  readonly testMean: number | null;
  /** Sample deviation of the objective from test to test; null below two. */
  readonly testSpread: number | null;
  /**
   * Annual return in the tests ÷ annual return in the searches, 1 = as good on unseen prices;
   * null where the searches lost. Source: Pardo 2008, The Evaluation and Optimization of Trading
   * Strategies, "walk-forward efficiency".
   */
  readonly efficiency: number | null;
}

/** Windows that are not measured yet have no trial. */
export function walkForward(
  columns: TrialColumns,
  layout: MeasureLayout,
  segments: readonly Segment[],
  judged: { readonly objective: ObjectiveKey; readonly constraints: Constraints },
): WalkForward {
  const { objective, constraints } = judged;
  const windows: Window[] = [];
  for (let at = 0; at + 1 < segments.length; at += 2) {
    const scored = scores(columns, layout, at, objective, constraints);
    const trial = rank(columns, scored).order[0] ?? null;
    const read = (segment: number, key: string) => {
      const value = trial === null ? NaN : figureReader(columns, layout, segment, key)(trial);
      return Number.isNaN(value) ? null : value;
    };
    windows.push({
      search: segments[at]!,
      test: segments[at + 1]!,
      trial,
      searchScore: read(at, objective),
      testScore: read(at + 1, objective),
      searchReturnPct: read(at, 'returnPct'),
      testReturnPct: read(at + 1, 'returnPct'),
      testRoundTrips: read(at + 1, 'roundTrips'),
    });
  }
  const traded = windows.filter((window) => window.testReturnPct !== null);
  const growth = traded.reduce((product, { testReturnPct }) => product * factor(testReturnPct), 1);
  const searched = traded.reduce((sum, one) => sum + Math.log(factor(one.searchReturnPct)), 0);
  const searchYears = traded.reduce((sum, { search }) => sum + years(search), 0);
  const testYears = traded.reduce((sum, { test }) => sum + years(test), 0);
  const searchAnnual = Math.exp(searched / searchYears) - 1;
  const testAnnual = growth ** (1 / testYears) - 1;
  const testScores = Float64Array.from(traded.flatMap(({ testScore }) => testScore ?? []));
  const variance = sampleVariance(testScores);
  return {
    windows,
    testMean: mean(testScores),
    testSpread: variance === null ? null : Math.sqrt(variance),
    testReturnPct: (growth - 1) * 100,
    profitable: traded.filter(({ testReturnPct }) => testReturnPct! > 0).length,
    efficiency: traded.length > 0 && searchAnnual > 0 ? testAnnual / searchAnnual : null,
  };
}

function factor(returnPct: number | null): number {
  return 1 + (returnPct ?? 0) / 100;
}

function years(segment: Segment): number {
  return segmentMs(segment) / (365.25 * 86_400_000);
}
