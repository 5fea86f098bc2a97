/** The report of a stored run, from its arrays and from the prices as they are today. */
import type { Run } from '#core/collections/run.ts';
import type { Failure } from '#core/errors.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { firstAtOrAfter } from '#core/market/months.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { barTimes, type BarTimes } from '#core/statistics/bar-times.ts';
import { runReport } from '#core/statistics/report.ts';
import type { RunArrays } from '#workers/store/database.ts';
import type { AnalyseWorker, RunReport } from './api.ts';

export interface ReportPorts {
  /** null where it is not stored. */
  readonly loadRun: (
    runId: string,
  ) => Promise<Result<{ readonly run: Run; readonly arrays: RunArrays } | null, Failure>>;
  readonly loadBars: (seriesId: string) => Promise<Result<Bars, Failure>>;
}

export function openReports(ports: ReportPorts): Pick<AnalyseWorker, 'report'> {
  return {
    async report(runId) {
      const stored = await ports.loadRun(runId);
      if (!stored.ok) return stored;
      if (!stored.value) {
        return fail({ code: 'store.not-found', detail: `Run ${runId} is not stored here.` });
      }
      const { run, arrays } = stored.value;
      // Deleted prices are no failure: all but the excursions can be told without them.
      const bars = await ports.loadBars(run.seriesId);
      return ok(reportOf(run, arrays, bars.ok ? bars.value : null));
    },
  };
}

/**
 * The open of each bar of the run. On several markets a bar of the run is none of the series: its
 * times are kept with it.
 */
export function timesOf(run: Run, arrays: RunArrays, series: Bars | null): BarTimes {
  const { timelineMs, roundTrips } = arrays;
  return timelineMs
    ? { timesMs: timelineMs, exact: true }
    : barTimes(run, series?.timesMs ?? null, roundTrips);
}

export function reportOf(run: Run, arrays: RunArrays, series: Bars | null): RunReport {
  const { equity, timelineMs, roundTrips } = arrays;
  const { timesMs, exact } = timesOf(run, arrays, series);
  // No excursions where several markets share the bars.
  const bars = series && exact && !timelineMs ? barsOfRun(series, run) : null;
  const report = runReport({ timesMs, equity, roundTrips, settings: run.settings, bars });
  return { ...report, exactTimes: exact };
}

function barsOfRun(series: Bars, run: Run): Bars {
  const from = firstAtOrAfter(series.timesMs, run.firstMs);
  return sliceBars(series, from, from + run.bars);
}
