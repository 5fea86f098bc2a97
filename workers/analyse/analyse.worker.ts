/** The analyse worker: wiring alone. */
import * as Comlink from 'comlink';
import { fail, ok } from '#core/result.ts';
import { Database } from '#workers/store/database.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { loadBars } from '#workers/store/series.ts';
import { openLines } from './run-lines.ts';
import { openReports, type ReportPorts } from './run-report.ts';
import { openStudies } from './study-run.ts';

const database = new Database();

const loadSeries = (seriesId: string) => loadBars(database, seriesId);

const ports: ReportPorts = {
  async loadRun(runId) {
    try {
      const [run, arrays] = await Promise.all([
        database.runs.get(runId),
        database.runArrays.get(runId),
      ]);
      return ok(run && arrays ? { run, arrays } : null);
    } catch (error) {
      return fail(storeFailure(error));
    }
  },
  loadBars: loadSeries,
};

Comlink.expose({
  ...openReports(ports),
  ...openLines(ports),
  ...openStudies({ loadBars: loadSeries, nowMs: Date.now }),
});
