/** What a page shows of a stored run: its round trips, its curve in few points, its plain facts. */
import { equityPoints } from '#core/statistics/equity-points.ts';
import { ok } from '#core/result.ts';
import type { AnalyseWorker, RunContents } from './api.ts';
import { arrayFacts } from './run-facts.ts';
import { timesOf, type ReportPorts } from './run-report.ts';

/** More than a wide screen has columns for; a curve keeps every extreme in them. */
const CURVE_POINTS = 5_000;

export function openContents(ports: ReportPorts): Pick<AnalyseWorker, 'contents'> {
  return {
    async contents(runId) {
      const stored = await ports.loadRun(runId);
      if (!stored.ok) return stored;
      if (!stored.value) return ok(null);
      const { run, arrays } = stored.value;
      const bars = arrays.timelineMs ? null : await ports.loadBars(run.seriesId);
      const { timesMs, exact } = timesOf(run, arrays, bars?.ok ? bars.value : null);
      return ok({
        runId,
        roundTrips: arrays.roundTrips,
        curve: equityPoints(timesMs, arrays.equity, CURVE_POINTS),
        exactTimes: exact,
        facts: arrayFacts(run, arrays),
      } satisfies RunContents);
    },
  };
}
