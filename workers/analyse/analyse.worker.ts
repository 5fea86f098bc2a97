/** The analyse worker: wiring alone. */
import * as Comlink from 'comlink';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { openSearchPrices } from '#workers/optimise/search-prices.ts';
import { Database, type RunArrays } from '#workers/store/database.ts';
import { partsOfWorkerName } from '#workers/store/database-names.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { noteLooked } from '#workers/store/fetched-mark.ts';
import { ownerOf } from '#workers/store/owner.ts';
import { arraysIn, runContent } from '#workers/store/run-content.ts';
import { listSeries, loadBars } from '#workers/store/series.ts';
import { loadTicks } from '#workers/store/tick-series.ts';
import { openContents } from './run-contents.ts';
import { openLines } from './run-lines.ts';
import { openReports, type ReportPorts } from './run-report.ts';
import { openStudies } from './study-run.ts';
import { transferred } from './transferred.ts';

const ask = fetch.bind(globalThis);
const database = new Database(partsOfWorkerName(self.name).database);

const loadSeries = (seriesId: string) => loadBars(database, seriesId);

const takePrices = openSearchPrices({
  listSeries: () => listSeries(database),
  loadBars: loadSeries,
  loadTicks: (seriesId, span) => loadTicks(database, seriesId, span),
});

/** What fetches them is asked for only where they are not here, which takes a network anyhow. */
async function arraysOf(runId: string): Promise<Result<RunArrays | null, Failure>> {
  const here = await database.runArrays.get(runId);
  if (here) {
    await noteLooked(database, runContent, runId);
    return ok(here);
  }
  if ((await ownerOf(database)) === null) return ok(null);
  const { contentOf } = await import('#workers/replica/sealing/contents.ts');
  const content = await contentOf(database, runContent, runId, ask);
  return content.ok ? ok(content.value && arraysIn(content.value)) : content;
}

const ports: ReportPorts = {
  async loadRun(runId) {
    try {
      const run = await database.runs.get(runId);
      const arrays = run ? await arraysOf(runId) : ok(null);
      if (!arrays.ok) return arrays;
      return ok(run && arrays.value ? { run, arrays: arrays.value } : null);
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
