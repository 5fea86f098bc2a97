/**
 * How good the surroundings of a combination are: the median score of itself and of those at most
 * one step away on one or two inputs. A lone peak scores low, a broad hill high.
 */
import { axisCount, type Axis } from './axis.ts';
import { combinationAt, placesOf } from './space.ts';

/**
 * `scoreAt` answers NaN for a combination that may not be ranked, which then counts as worst, and
 * null for one not tried, which does not count. NaN where less than half of the surroundings,
 * and at least two combinations besides itself, were tried.
 */
export function plateauScore(
  axes: readonly Axis[],
  combination: number,
  scoreAt: (combination: number) => number | null,
): number {
  const places = placesOf(axes, combination);
  const around = neighbours(axes, places);
  const found = around.map(scoreAt).filter((score) => score !== null);
  if (found.length < 2 || found.length * 2 < around.length) return NaN;
  const own = scoreAt(combination);
  return median([own ?? NaN, ...found].map((score) => (Number.isNaN(score) ? -Infinity : score)));
}

function neighbours(axes: readonly Axis[], places: readonly number[]): number[] {
  const counts = axes.map(axisCount);
  const out: number[] = [];
  const visit = (at: number, moved: readonly number[], moves: number) => {
    if (at === axes.length) {
      if (moves > 0) out.push(combinationAt(axes, moved));
      return;
    }
    for (const step of moves < 2 ? [-1, 0, 1] : [0]) {
      const place = places[at]! + step;
      if (place < 0 || place >= counts[at]!) continue;
      visit(at + 1, [...moved, place], moves + Math.abs(step));
    }
  };
  visit(0, [], 0);
  return out;
}

/** The mean of the middle two of an even number; NaN where that is endless. */
function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const value =
    sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return Number.isFinite(value) ? value : NaN;
}
