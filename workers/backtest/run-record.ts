/** A finished run as it is stored: its row, and its large arrays apart. */
import type { Run } from '#core/collections/run.ts';
import type { RoundTripColumns } from '#core/execution/outcome.ts';
import type { Bars } from '#core/market/bars.ts';
import type { RunArrays } from '#workers/store/database.ts';
import type { BacktestRequest } from './api.ts';
import type { FinishedRun } from './engine.ts';

export interface RunRecord {
  readonly run: Run;
  readonly arrays: RunArrays;
}

export function runRecord(
  request: BacktestRequest,
  bars: Bars,
  finished: FinishedRun,
  clock: { readonly createdMs: number; readonly tookMs: number },
): RunRecord {
  const { outcome, stats, hash, inputs, warmupBars } = finished;
  const trips = outcome.roundTrips;
  const run: Run = {
    id: request.runId,
    strategyId: request.strategyId,
    strategyName: request.strategyName,
    source: request.source,
    inputs,
    settings: request.settings,
    seriesId: request.seriesId,
    hash,
    bars: bars.length,
    firstMs: bars.timesMs[0]!,
    lastMs: bars.timesMs.at(-1)!,
    warmupBars,
    roundTrips: trips.count,
    ambiguousRoundTrips: trips.ambiguous.reduce((sum, flag) => sum + flag, 0),
    droppedEntries: outcome.droppedEntries,
    stats,
    ...clock,
    note: '',
  };
  return {
    run,
    arrays: {
      runId: request.runId,
      equity: outcome.equity,
      roundTrips: { ...trips, ...tripTimes(trips, bars.timesMs) },
    },
  };
}

function tripTimes(trips: RoundTripColumns, timesMs: Float64Array) {
  const times = (indices: Int32Array) => Float64Array.from(indices, (bar) => timesMs[bar]!);
  return { entryMs: times(trips.entryBar), exitMs: times(trips.exitBar) };
}
