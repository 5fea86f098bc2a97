/** The axes of parallel coordinates: each input and figure from its least to its greatest value. */
import { axisCount, axisValue } from '#core/optimise/axis.ts';
import { figures, type FigureKey } from '#core/optimise/figures.ts';
import type { TrialColumns } from '#core/optimise/measures.ts';
import { placesOf } from '#core/optimise/space.ts';
import { trialCombination, type Sweep } from '#core/optimise/sweep.ts';
import { plainNumber } from '#lib/backtest/figures.ts';
import { figureText, readFigure } from './trial-rows.ts';
import { say, sayKnown } from '../words/language.ts';

export interface ParallelAxis {
  readonly id: string;
  readonly label: string;
  /** A figure that was measured, not an input that was set. */
  readonly measured: boolean;
  readonly low: number;
  readonly high: number;
  readonly value: (trial: number) => number | null;
  readonly text: (value: number) => string;
}

/** Bounds of an axis, both included. */
export interface Brush {
  readonly low: number;
  readonly high: number;
}

/** By the id of the axis. */
export type Brushes = Readonly<Record<string, Brush>>;

/** Inputs first, then the objective, then the objective on unseen prices. */
export function parallelAxes(
  sweep: Sweep,
  columns: TrialColumns,
  order: Int32Array,
  at: {
    readonly segment: number;
    readonly tested: number | null;
    readonly objective: FigureKey;
  },
): readonly ParallelAxis[] {
  const inputs = sweep.axes.map((axis, index): ParallelAxis => ({
    id: `input ${axis.name}`,
    label: axis.name,
    measured: false,
    low: axis.from,
    high: axisValue(axis, axisCount(axis) - 1),
    value: (trial) => axisValue(axis, placesOf(sweep.axes, trialCombination(sweep, trial))[index]!),
    text: plainNumber,
  }));
  const measured = (segment: number, label: string): ParallelAxis => {
    const value = readFigure(columns, sweep, segment, at.objective);
    const [low, high] = reachOf(order, value);
    const text = (one: number) => figureText(at.objective, one);
    return { id: `figure ${segment}`, label, measured: true, low, high, value, text };
  };
  const label = sayKnown(figures.find(({ key }) => key === at.objective)!.label);
  return [
    ...inputs,
    measured(at.segment, label),
    ...(at.tested === null ? [] : [measured(at.tested, say`On unseen`)]),
  ];
}

function reachOf(
  order: Int32Array,
  value: (trial: number) => number | null,
): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const trial of order) {
    const one = value(trial);
    if (one === null) continue;
    low = Math.min(low, one);
    high = Math.max(high, one);
  }
  return low <= high ? [low, high] : [0, 0];
}

/** Where a value lies on its axis: 0 at the low end, 1 at the high one. */
export function shareOf({ low, high }: ParallelAxis, value: number): number {
  return high > low ? (value - low) / (high - low) : 0.5;
}

/** The trials that lie within every brush, in the same order. */
export function brushed(
  order: Int32Array,
  axes: readonly ParallelAxis[],
  brushes: Brushes,
): Int32Array {
  const set = axes.flatMap((axis) => {
    const brush = brushes[axis.id];
    return brush ? [{ value: axis.value, ...brush }] : [];
  });
  if (set.length === 0) return order;
  return order.filter((trial) =>
    set.every(({ value, low, high }) => {
      const one = value(trial);
      return one !== null && one >= low && one <= high;
    }),
  );
}
