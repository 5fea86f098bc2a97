/** Searches merged into those stored here, within a transaction that someone else has begun. */
import { Dexie } from 'dexie';
import { canonicalSettings } from '#core/execution/settings.ts';
import { guides } from '#core/optimise/guided.ts';
import { batchCount, type Sweep } from '#core/optimise/sweep.ts';
import type { ArchivedSweeps } from './archive-sweeps.ts';
import type { Database, SweepBatch } from './database.ts';

/**
 * Adds searches that are new, and to those that are here the batches that are not: a batch stored
 * here stays. A search is finished when all its batches are here, and not before; one that is
 * here over other prices, rules or values stays as it is.
 *
 * Answers how many searches were added or grew.
 */
export async function mergeSweeps(database: Database, archived: ArchivedSweeps): Promise<number> {
  const batchesOf = new Map<string, SweepBatch[]>(archived.sweeps.map(({ id }) => [id, []]));
  for (const batch of archived.sweepBatches) batchesOf.get(batch.sweepId)?.push(batch);
  let changed = 0;
  for (const sweep of archived.sweeps) {
    const here = await database.sweeps.get(sweep.id);
    if (here !== undefined && identityOf(here) !== identityOf(sweep)) continue;
    const known = await storedBatches(database, sweep.id);
    const missing = batchesOf.get(sweep.id)!.filter(({ batch }) => !known.has(batch));
    if (here !== undefined && missing.length === 0) continue;
    await database.sweepBatches.bulkAdd(missing);
    const isWhole = known.size + missing.length === batchCount(sweep);
    await database.sweeps.put({ ...(here ?? sweep), state: stateOf(here ?? sweep, isWhole) });
    changed++;
  }
  return changed;
}

async function storedBatches(database: Database, id: string): Promise<ReadonlySet<number>> {
  const keys = await database.sweepBatches
    .where(':id')
    .between([id, Dexie.minKey], [id, Dexie.maxKey])
    .primaryKeys();
  return new Set(keys.map(([, batch]) => batch));
}

function stateOf({ state }: Sweep, isWhole: boolean): Sweep['state'] {
  if (isWhole) return 'finished';
  return state === 'finished' ? 'open' : state;
}

/** What decides the figures of each trial, and which trial it is. */
function identityOf(sweep: Sweep): string {
  const { source, seriesId, bars, firstMs, lastMs, method, seed, trials, batchTrials } = sweep;
  return JSON.stringify([
    [source, seriesId, bars, firstMs, lastMs, method, seed, trials, batchTrials],
    canonicalSettings(sweep.settings, sweep.inputs),
    sweep.axes.map(({ name, from, to, step }) => [name, from, to, step]),
    sweep.segments.map(({ role, fromMs, toMs, without }) => [
      role,
      fromMs,
      toMs,
      ...(without ? [without.fromMs, without.toMs, without.embargoBars] : []),
    ]),
    sweep.figures,
    guides[sweep.method] ? [sweep.objective, sweep.constraints] : [],
  ]);
}
