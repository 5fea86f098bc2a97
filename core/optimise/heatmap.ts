/** The scores of a search over two of its inputs, the others summed up in each cell. */
import { axisCount, axisValue, type Axis } from './axis.ts';
import { trialStateCode, type TrialColumns } from './measures.ts';
import { placesOf } from './space.ts';
import { trialCombination, type Sweep } from './sweep.ts';

export interface HeatCell {
  /** null where no trial of the cell may be ranked. */
  readonly score: number | null;
  readonly ranked: number;
  readonly tried: number;
}

export interface HeatLine {
  /** Values of the input, rising: more than one where the axis is too fine to show. */
  readonly from: number;
  readonly to: number;
}

export interface Heatmap {
  readonly columns: readonly HeatLine[];
  readonly rows: readonly HeatLine[];
  /** `cells[row][column]` */
  readonly cells: readonly (readonly HeatCell[])[];
}

export interface HeatmapChoice {
  /** Indices of axes; null = one row. */
  readonly x: number;
  readonly y: number | null;
  /** What stands for several trials in one cell. */
  readonly summary: 'best' | 'median';
  /** Lines shown at most in either direction. */
  readonly most: number;
}

export function heatmap(
  sweep: Pick<Sweep, 'axes' | 'method' | 'seed' | 'drawn'>,
  columns: TrialColumns,
  scored: Float64Array,
  { x, y, summary, most }: HeatmapChoice,
): Heatmap {
  const across = sweep.axes[x]!;
  const down = y === null ? null : sweep.axes[y]!;
  const wide = Math.ceil(axisCount(across) / most);
  const high = down ? Math.ceil(axisCount(down) / most) : 1;
  const columnLines = linesOf(across, wide);
  const rowLines = down ? linesOf(down, high) : [{ from: 0, to: 0 }];
  const found = rowLines.map(() => columnLines.map(() => ({ scores: [] as number[], tried: 0 })));
  for (let trial = 0; trial < scored.length; trial++) {
    if (columns.states[trial] === trialStateCode.waiting) continue;
    const places = placesOf(sweep.axes, trialCombination(sweep, trial));
    const row = y === null ? 0 : Math.floor(places[y]! / high);
    const cell = found[row]![Math.floor(places[x]! / wide)]!;
    cell.tried++;
    const score = scored[trial]!;
    if (!Number.isNaN(score)) cell.scores.push(score);
  }
  return {
    columns: columnLines,
    rows: rowLines,
    cells: found.map((row) =>
      row.map(({ scores, tried }) => ({
        score: scores.length === 0 ? null : summaries[summary](scores),
        ranked: scores.length,
        tried,
      })),
    ),
  };
}

const summaries: Record<HeatmapChoice['summary'], (scores: readonly number[]) => number> = {
  best: (scores) => scores.reduce((best, score) => Math.max(best, score)),
  median: (scores) => {
    const sorted = scores.toSorted((a, b) => a - b);
    return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
  },
};

function linesOf(axis: Axis, width: number): readonly HeatLine[] {
  const count = axisCount(axis);
  return Array.from({ length: Math.ceil(count / width) }, (_, line) => ({
    from: axisValue(axis, line * width),
    to: axisValue(axis, Math.min(count, (line + 1) * width) - 1),
  }));
}
