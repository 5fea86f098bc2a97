/** The analyse worker: wiring alone. */
import * as Comlink from 'comlink';
import { fail, ok } from '#core/result.ts';
import { openSearchPrices } from '#workers/optimise/search-prices.ts';
import { Database } from '#workers/store/database.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { listSeries, loadBars } from '#workers/store/series.ts';
import { loadTicks } from '#workers/store/tick-series.ts';
import { openContents } from './run-contents.ts';
import { openLines } from './run-lines.ts';
import { openReports, type ReportPorts } from './run-report.ts';
import { openStudies } from './study-run.ts';
import { transferred } from './transferred.ts';

const database = new Database();

const loadSeries = (seriesId: string) => loadBars(database, seriesId);

const takePrices = openSearchPrices({
  listSeries: () => listSeries(database),
  loadBars: loadSeries,
  loadTicks: (seriesId, span) => loadTicks(database, seriesId, span),
});

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

const { contents } = openContents(ports);
const { lines } = openLines({
  async loadRun(runId) {
    try {
      const run = await database.runs.get(runId);
      return ok(run ? { run } : null);
    } catch (error) {
      return fail(storeFailure(error));
    }
  },
  loadBars: loadSeries,
});

Comlink.expose({
  ...openReports(ports),
  async contents(runId: string) {
    const made = await contents(runId);
    return transferred(made, made.ok && made.value ? Object.values(made.value.roundTrips) : []);
  },
  async lines(runId: string, market: number) {
    const made = await lines(runId, market);
    if (!made.ok) return made;
    return transferred(made, [made.value.timesMs, ...made.value.lines.map((line) => line.values)]);
  },
  ...openStudies({ takePrices, nowMs: Date.now }),
});
