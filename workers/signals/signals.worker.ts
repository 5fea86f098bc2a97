/** The signals worker: wiring alone. */
import * as Comlink from 'comlink';
import { arraysOf, copyOf } from '#core/market/joined-bars.ts';
import { fail, ok } from '#core/result.ts';
import { signalRules } from '#core/signals/registry.ts';
import { readySignal } from '#core/signals/signal-columns.ts';
import { signalsOf } from '#core/signals/signals-of.ts';
import { transferred } from '#workers/analyse/transferred.ts';
import { Database } from '#workers/store/database.ts';
import { partsOfWorkerName } from '#workers/store/database-names.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { loadLastBars } from '#workers/store/series.ts';
import type { SignalsWorker, StoredBars } from './api.ts';
import { storedBars, type BarStore } from './stored-bars.ts';

const database = new Database(partsOfWorkerName(self.name).database);
const ready = signalRules.map(readySignal);

const store: BarStore = {
  async timeframeOf(seriesId) {
    try {
      return ok((await database.series.get(seriesId))?.timeframe ?? null);
    } catch (error) {
      return fail(storeFailure(error));
    }
  },
  last: (seriesId, count) => loadLastBars(database, seriesId, count),
};

/** Decades of days, some years of hours: more tells little more. */
const mostHistory = 30_000;
const read = (asked: StoredBars) =>
  storedBars(store, asked, { count: mostHistory, last: 'closed' });

const worker: SignalsWorker = {
  async signals(ask) {
    const now = 'seriesId' in ask.now ? await read(ask.now) : ok(ask.now);
    if (!now.ok) return now;
    const history = ask.history ? await read(ask.history) : now;
    return history.ok ? signalsOf(ready, { now: now.value, history: history.value }) : history;
  },
  async days(seriesId, count) {
    const days = await storedBars(
      store,
      { seriesId, timeframe: 'D1' },
      { count, last: 'as-it-is' },
    );
    if (!days.ok) return days;
    const copy = copyOf(days.value);
    return transferred(ok(copy), arraysOf(copy));
  },
};
Comlink.expose(worker);
