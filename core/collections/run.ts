/** A finished backtest: everything needed to show it again and to prove it is the same run. */
import type { RunSettings } from '../execution/settings.ts';
import type { Statistics } from '../statistics/registry.ts';

export interface Run {
  readonly id: string;
  readonly strategyId: string | null;
  readonly strategyName: string;
  /** The rule text as it was run. */
  readonly source: string;
  readonly inputs: Readonly<Record<string, number>>;
  readonly settings: RunSettings;
  readonly seriesId: string;
  /** SHA-256, hex: the same bars, rules and settings give the same hash on every machine. */
  readonly hash: string;
  readonly bars: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly warmupBars: number;
  readonly roundTrips: number;
  readonly ambiguousRoundTrips: number;
  readonly droppedEntries: number;
  readonly stats: Statistics;
  readonly createdMs: number;
  readonly tookMs: number;
  readonly note: string;
}
