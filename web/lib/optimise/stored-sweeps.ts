/** Searches as they are kept: their rows, the batches they have, and what these came to. */
import { Dexie } from 'dexie';
import { drawNext, noneDrawn } from '#core/optimise/guided.ts';
import {
  emptyColumns,
  placeColumns,
  type MeasureLayout,
  type TrialColumns,
} from '#core/optimise/measures.ts';
import { asWalked, batchCount, type Sweep } from '#core/optimise/sweep.ts';
import type { Database, SweepBatch } from '#workers/store/database.ts';

export interface StoredSweep {
  readonly sweep: Sweep;
  readonly columns: TrialColumns;
  /** Numbers of the batches that are not stored yet, rising. */
  readonly missing: readonly number[];
}

export function layoutOf(sweep: Sweep): MeasureLayout {
  return { segments: sweep.segments.length, figures: sweep.figures };
}

const allBatches = (sweepId: string) =>
  [
    [sweepId, Dexie.minKey],
    [sweepId, Dexie.maxKey],
  ] as const;

/** Null where there is no such search; one of an earlier version as it was really walked. */
export async function loadSweep(database: Database, id: string): Promise<StoredSweep | null> {
  const { sweeps, sweepBatches } = database;
  const stored = await database.transaction('r', sweeps, sweepBatches, async () => {
    const row = await sweeps.get(id);
    if (!row) return null;
    const sweep: Sweep = { ...asWalked(row), drawn: noneDrawn(row) };
    const layout = layoutOf(sweep);
    const columns = emptyColumns(sweep.trials, layout);
    const found = new Set<number>();
    await sweepBatches
      .where(':id')
      .between(...allBatches(id))
      .each((stored) => {
        placeColumns(columns, stored, stored.batch * sweep.batchTrials, layout);
        found.add(stored.batch);
      });
    const all = Array.from({ length: batchCount(sweep) }, (_, index) => index);
    return { sweep, columns, missing: all.filter((index) => !found.has(index)) };
  });
  if (stored) await chooseAgain(stored);
  return stored;
}

/** How long the page may stand still. */
const STILL_MS = 30;

/** What the trials of a search that learns tried, worked out from what they came to. */
async function chooseAgain({ sweep, columns }: StoredSweep): Promise<void> {
  let breathedMs = performance.now();
  while (drawNext(sweep, columns)) {
    if (performance.now() - breathedMs < STILL_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    breathedMs = performance.now();
  }
}

/** How many trials of each search are stored, by its id. */
export async function storedTrials(
  database: Database,
  sweeps: readonly Sweep[],
): Promise<ReadonlyMap<string, number>> {
  const counts = await Promise.all(
    sweeps.map(async (sweep) => {
      const batches = await database.sweepBatches
        .where(':id')
        .between(...allBatches(sweep.id))
        .count();
      return [sweep.id, Math.min(batches * sweep.batchTrials, sweep.trials)] as const;
    }),
  );
  return new Map(counts);
}

export interface DeletedSweep {
  readonly sweep: Sweep;
  readonly batches: readonly SweepBatch[];
}

/** Removes the search and all it found, or nothing; null where there was none. */
export async function deleteSweep(database: Database, id: string): Promise<DeletedSweep | null> {
  const { sweeps, sweepBatches } = database;
  return database.transaction('rw', sweeps, sweepBatches, async () => {
    const sweep = await sweeps.get(id);
    const found = sweepBatches.where(':id').between(...allBatches(id));
    const batches = await found.toArray();
    await found.delete();
    await sweeps.delete(id);
    return sweep ? { sweep, batches } : null;
  });
}

export async function restoreSweep(database: Database, deleted: DeletedSweep): Promise<void> {
  const { sweeps, sweepBatches } = database;
  await database.transaction('rw', sweeps, sweepBatches, async () => {
    await sweeps.put(deleted.sweep);
    await sweepBatches.bulkPut([...deleted.batches]);
  });
}
