/** Ranked trials as rows of a table: their inputs, what they did in the search and in the test. */
import { figures, type FigureKey } from '#core/optimise/figures.ts';
import { figureReader, type TrialColumns } from '#core/optimise/measures.ts';
import { trialInputs, type Sweep } from '#core/optimise/sweep.ts';
import { percentText, plainNumber, ratioText } from '#lib/backtest/figures.ts';
import type { Column } from '#lib/ui/table.ts';
import { numberText } from '#lib/words/numbers.ts';
import { layoutOf } from './stored-sweeps.ts';
import { say, sayKnown } from '../words/language.ts';

export interface TrialRow {
  readonly trial: number;
  /** From 1. */
  readonly rank: number;
}

/** Null where undefined, for tables. */
export function readFigure(
  columns: TrialColumns,
  sweep: Sweep,
  segment: number,
  key: FigureKey,
): (trial: number) => number | null {
  const read = figureReader(columns, layoutOf(sweep), segment, key);
  return (trial) => {
    const value = read(trial);
    return Number.isNaN(value) ? null : value;
  };
}

export function figureText(key: FigureKey, value: number | null): string {
  const unit = figures.find((figure) => figure.key === key)!.unit;
  if (unit === 'percent') return percentText(value);
  return unit === 'count' ? numberText(value) : ratioText(value);
}

interface Score {
  /** Of the search. */
  readonly segment: number;
  /** Of the unseen prices; null where none were kept apart. */
  readonly tested: number | null;
  readonly objective: FigureKey;
  /** The plateau score of a trial; null where it has none. */
  readonly plateau: (trial: number) => number | null;
}

export function trialColumns(
  sweep: Sweep,
  columns: TrialColumns,
  { segment: searched, tested, objective, plateau }: Score,
): readonly Column<TrialRow>[] {
  const label = (key: FigureKey) => sayKnown(figures.find((figure) => figure.key === key)!.label);
  const about = (key: FigureKey) =>
    sayKnown(figures.find((figure) => figure.key === key)!.definition);
  const figure = (
    segment: number,
    key: FigureKey,
    more: Partial<Column<TrialRow>> = {},
  ): Column<TrialRow> => {
    const read = readFigure(columns, sweep, segment, key);
    return {
      id: `${key}-${segment}`,
      label: label(key),
      about: about(key),
      number: true,
      value: (row) => read(row.trial),
      text: (row) => figureText(key, read(row.trial)),
      ...more,
    };
  };
  const others = (['returnPct', 'maxDrawdownPct', 'roundTrips'] as const).filter(
    (key) => key !== objective,
  );
  return [
    { id: 'rank', label: '#', value: (row) => row.rank, number: true, width: '48px' },
    ...sweep.axes.map((axis): Column<TrialRow> => ({
      id: `input-${axis.name}`,
      label: axis.name,
      number: true,
      value: (row) => trialInputs(sweep, row.trial)[axis.name]!,
      text: (row) => plainNumber(trialInputs(sweep, row.trial)[axis.name]!),
    })),
    figure(searched, objective),
    ...(tested !== null
      ? [
          figure(tested, objective, {
            label: say`On unseen`,
            about: say`${about(objective)} On the prices that the search did not see.`,
          }),
        ]
      : []),
    {
      id: 'plateau',
      label: say`Plateau`,
      about: say`The median of the objective here and one step away: high where it is no lone peak.`,
      number: true,
      value: (row) => plateau(row.trial),
      text: (row) => figureText(objective, plateau(row.trial)),
    },
    ...others.map((key) => figure(searched, key, key === 'roundTrips' ? {} : { minor: true })),
  ];
}
