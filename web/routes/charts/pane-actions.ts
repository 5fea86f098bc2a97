/** What can be asked of one pane by its head and its dialogs. */
import type { ChartIndicator, ChartPane } from '#core/collections/chart-layout.ts';

export interface PaneActions {
  change(change: Partial<ChartPane>): void;
  chooseSymbol(): void;
  addIndicator(): void;
  editIndicator(indicator: ChartIndicator): void;
}
