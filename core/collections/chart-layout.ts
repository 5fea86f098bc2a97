/** A layout of charts as the trader set it up: its grid, what each pane shows, what is linked. */
import type { Collection } from './collection.ts';
import { id, name } from './row-shapes.ts';
import { finite, flag, list, object, orElse, orNull, text, type Shape } from './shape.ts';

/** `one`; two side by side; two stacked; four. */
export const chartGrids = ['one', 'columns', 'rows', 'four'] as const;
export type ChartGrid = (typeof chartGrids)[number];

export const barStyles = ['candles', 'hollow', 'bars', 'line', 'area'] as const;
export type BarStyle = (typeof barStyles)[number];

/** Keys of the panes, in the order in which a grid fills with them. */
export const paneKeys = ['a', 'b', 'c', 'd'] as const;
export type PaneKey = (typeof paneKeys)[number];

export interface ChartSymbol {
  readonly symbol: string;
  /** Null: of the prices stored on the device. */
  readonly accountId: string | null;
}

export interface ChartIndicator {
  readonly id: string;
  /** As the registry of indicators calls it. */
  readonly name: string;
  /** What it is computed of where it takes any series: `close`, `high` … */
  readonly field: string;
  readonly parameters: readonly number[];
  /** Names of inks, one for each output. */
  readonly inks: readonly string[];
  readonly isHidden: boolean;
}

export interface ChartPane {
  readonly symbol: ChartSymbol | null;
  readonly timeframe: string;
  /** One of `barStyles`; a later version may know more. */
  readonly style: string;
  readonly indicators: readonly ChartIndicator[];
  readonly hasSessions: boolean;
}

export interface ChartLayout {
  readonly id: string;
  readonly name: string;
  /** One of `chartGrids`; a later version may know more. */
  readonly grid: string;
  readonly panes: Readonly<Record<string, ChartPane>>;
  /** A symbol chosen in one pane is chosen in all. */
  readonly linksSymbol: boolean;
  readonly linksTimeframe: boolean;
  readonly hidesDrawings: boolean;
  readonly createdMs: number;
  readonly updatedMs: number;
}

const mostIndicators = 30;

const indicator: Shape<ChartIndicator> = object<ChartIndicator>({
  id,
  name: id,
  field: id,
  parameters: list(finite, 20),
  inks: list(text(40), 20),
  isHidden: flag,
});

export const chartPane: Shape<ChartPane> = object<ChartPane>({
  symbol: orNull(object<ChartSymbol>({ symbol: id, accountId: orNull(id) })),
  timeframe: id,
  style: id,
  indicators: list(indicator, mostIndicators),
  hasSessions: orElse(flag, false),
});

export const layouts: Collection = {
  name: 'layouts',
  schemaVersion: 1,
  key: 'id',
  fields: {
    name: { merge: 'value', shape: name },
    grid: { merge: 'value', shape: id },
    panes: { merge: 'map', shape: chartPane },
    linksSymbol: { merge: 'value', shape: flag },
    linksTimeframe: { merge: 'value', shape: flag },
    hidesDrawings: { merge: 'value', shape: flag },
    createdMs: { merge: 'value', shape: finite },
    updatedMs: { merge: 'value', shape: finite },
  },
};
