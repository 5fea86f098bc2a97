/** Layouts of charts as a page works with them: the standard one, grids, changes in every pane. */
import {
  barStyles,
  chartGrids,
  paneKeys,
  type BarStyle,
  type ChartGrid,
  type ChartIndicator,
  type ChartLayout,
  type ChartPane,
  type PaneKey,
} from '#core/collections/chart-layout.ts';

export const emptyPane: ChartPane = {
  symbol: null,
  timeframe: 'H1',
  style: 'candles',
  indicators: [],
  hasSessions: false,
};

/** The same on every device, so that two that begin apart mean one layout. */
export const firstLayoutId = 'main';

export function newLayout(id: string, name: string, nowMs: number): ChartLayout {
  return {
    ...{ id, name, grid: 'one', panes: { a: emptyPane } },
    ...{ linksSymbol: false, linksTimeframe: false, hidesDrawings: false },
    ...{ createdMs: nowMs, updatedMs: nowMs },
  };
}

/** A later version may have grids and styles that this one does not know. */
export function gridOf({ grid }: Pick<ChartLayout, 'grid'>): ChartGrid {
  return chartGrids.find((each) => each === grid) ?? 'one';
}
export function styleOf({ style }: Pick<ChartPane, 'style'>): BarStyle {
  return barStyles.find((each) => each === style) ?? 'candles';
}

const paneCounts: Readonly<Record<ChartGrid, number>> = { one: 1, columns: 2, rows: 2, four: 4 };

export function shownPanes(grid: ChartGrid): readonly PaneKey[] {
  return paneKeys.slice(0, paneCounts[grid]);
}

/** What a pane that was never set shows: what the first one does. */
export function paneOf(layout: ChartLayout, key: PaneKey): ChartPane {
  return layout.panes[key] ?? { ...(layout.panes['a'] ?? emptyPane), indicators: [] };
}

type PaneChange = Partial<ChartPane>;

/** The panes after a change in one of them, with the others as far as they are linked. */
export function withPaneChange(
  layout: ChartLayout,
  key: PaneKey,
  change: PaneChange,
): Readonly<Record<string, ChartPane>> {
  const { symbol, timeframe } = change;
  const linked: PaneChange = {
    ...(layout.linksSymbol && symbol !== undefined && { symbol }),
    ...(layout.linksTimeframe && timeframe !== undefined && { timeframe }),
  };
  const panes: Record<string, ChartPane> = { ...layout.panes };
  for (const other of shownPanes(gridOf(layout))) {
    const own = other === key ? change : linked;
    if (Object.keys(own).length > 0) panes[other] = { ...paneOf(layout, other), ...own };
  }
  return panes;
}

export function withIndicator(
  indicators: readonly ChartIndicator[],
  changed: ChartIndicator,
): readonly ChartIndicator[] {
  return indicators.some(({ id }) => id === changed.id)
    ? indicators.map((each) => (each.id === changed.id ? changed : each))
    : [...indicators, changed];
}
