/** The chart worker: wiring alone. */
import * as Comlink from 'comlink';
import { fail, ok } from '#core/result.ts';
import { transferred } from '#workers/analyse/transferred.ts';
import { Database } from '#workers/store/database.ts';
import { partsOfWorkerName } from '#workers/store/database-names.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { loadLastBars } from '#workers/store/series.ts';
import type { ChartWindow, ChartWorker, IndicatorLines } from './api.ts';
import { arraysOf } from '#core/market/joined-bars.ts';
import { openPanes } from './panes.ts';

const database = new Database(partsOfWorkerName(self.name).database);

const panes = openPanes({
  async reader(seriesId) {
    try {
      const series = await database.series.get(seriesId);
      if (!series) return fail({ code: 'store.not-found', detail: `No ${seriesId} is stored.` });
      const last = (count: number, beforeMs: number) =>
        loadLastBars(database, seriesId, count, beforeMs);
      return ok({ series, last });
    } catch (error) {
      return fail(storeFailure(error));
    }
  },
});

const columnsOf = (lines: readonly IndicatorLines[]) => lines.flatMap(({ columns }) => columns);

function whole<T extends { readonly ok: boolean; readonly value?: ChartWindow }>(made: T): T {
  const { value } = made;
  return value ? transferred(made, [...arraysOf(value.bars), ...columnsOf(value.lines)]) : made;
}

const worker: ChartWorker = {
  ...panes,
  show: async (pane, window) => whole(await panes.show(pane, window)),
  give: async (pane, window) => whole(await panes.give(pane, window)),
  async lines(pane, indicators) {
    const made = await panes.lines(pane, indicators);
    return transferred(made, made.ok ? columnsOf(made.value) : []);
  },
};
Comlink.expose(worker);
