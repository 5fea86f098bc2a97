/** A finished run as it is stored: its row, and its large arrays apart. */
import type { Run, RunBand } from '#core/collections/run.ts';
import type { RoundTripColumns } from '#core/execution/outcome.ts';
import type { Band } from '#core/execution/band.ts';
import type { RunArrays } from '#workers/store/database.ts';
import type { BacktestRequest } from './api.ts';
import type { FinishedRun } from './engine.ts';
import type { PricesOfRun } from './series-shelf.ts';

export interface RunRecord {
  readonly run: Run;
  readonly arrays: RunArrays;
}

export function runRecord(
  request: BacktestRequest,
  sources: Pick<PricesOfRun, 'innerIds' | 'companionIds'>,
  finished: FinishedRun,
  clock: { readonly createdMs: number; readonly tookMs: number },
): RunRecord {
  const { outcome, stats, hash, inputs, warmupBars, bars, inner, log = [], warmup = [] } = finished;
  const { innerIds, companionIds } = sources;
  const portfolio = [...new Set(request.portfolio ?? [])].filter((id) => id !== request.seriesId);
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
    ...(portfolio.length > 0 && { portfolio }),
    ...(inner && { inner: { seriesIds: innerIds, ...inner } }),
    ...(companionIds.length > 0 && { companions: companionIds }),
    ...bandRow(finished.band),
    ...(request.language === 'code' && { language: request.language }),
    ...(log.length > 0 && { log }),
    ...(warmup.length > 0 && { warmup }),
  };
  return {
    run,
    arrays: {
      runId: request.runId,
      equity: outcome.equity,
      ...(outcome.timelineMs && { timelineMs: outcome.timelineMs }),
      roundTrips: {
        ...trips,
        ...tripTimes(trips, bars.timesMs),
        ...otherProfits(trips, finished.band),
      },
    },
  };
}

function tripTimes(trips: RoundTripColumns, timesMs: Float64Array) {
  const times = (indices: Int32Array) => Float64Array.from(indices, (bar) => timesMs[bar]!);
  return { entryMs: times(trips.entryBar), exitMs: times(trips.exitBar) };
}

/** Only where some round trip is in doubt. */
function bandRow({ trips, bestEquity, worstEquity }: Band): { readonly band?: RunBand } {
  return trips.length === 0 ? {} : { band: { trips: trips.length, bestEquity, worstEquity } };
}

/** What each doubtful trip would have come to otherwise, whoever traded the run. */
function otherProfits({ count }: RoundTripColumns, { trips }: Band) {
  if (trips.length === 0) return {};
  const otherProfit = new Float64Array(count).fill(NaN);
  for (const { trip, otherProfit: money } of trips) otherProfit[trip] = money;
  return { otherProfit };
}
