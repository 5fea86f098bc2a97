/**
 * The arrays of a run, wherever they are: on this device, or in chunks on the server.
 *
 * A run's cell `arrays` says where its chunks lie: a `ChunkRef` whose layout holds
 * `{ kind: 'run-arrays', version: 1, place }`, with the place of `archive-arrays.ts`. It is written
 * once they are there. What was fetched can be dropped again when the device is full, see
 * `fetched-mark.ts`.
 */
import { object, oneOf, readShape } from '#core/collections/shape.ts';
import type { ChunkRef } from '#core/collections/collection.ts';
import type { Json } from '#core/sync/fragment.ts';
import type { ChunkBox } from '#workers/replica/sealing/chunk-box.ts';
import { chunkRef, readChunkRef } from '#workers/replica/sealing/chunk-ref.ts';
import {
  arraysPlaceShape,
  placeOfArrays,
  readArrays,
  sizeOfArrays,
  writeArrays,
  type ArraysPlace,
} from './archive-arrays.ts';
import type { Database, RunArrays } from './database.ts';
import { storeFailure } from './failure.ts';
import { markOf } from './fetched-mark.ts';

/** Where the account's chunks are put and found; see `open-sealer.ts`. */
export interface Curves {
  readonly box: ChunkBox;
  readonly keyId: string;
}

const content = object<{
  readonly kind: 'run-arrays';
  readonly version: 1;
  readonly place: ArraysPlace;
}>({
  kind: oneOf(['run-arrays']),
  version: (value) => value as 1,
  place: arraysPlaceShape,
});

/** Puts the arrays into chunks; null where the server has no room or cannot be reached. */
export async function sentArrays(
  arrays: RunArrays,
  { box, keyId }: Curves,
): Promise<ChunkRef | null> {
  const place = placeOfArrays(arrays);
  const bytes = Uint8Array.from(writeArrays(arrays, place));
  const put = await box.put(bytes);
  if (!put.isStored) return null;
  const layout = { kind: 'run-arrays', version: 1, place } as unknown as Json;
  return chunkRef(put.place, keyId, layout);
}

/**
 * The arrays that a run's cell refers to; `elsewhere` where they cannot be had now, for want of a
 * network or since the device that has them has yet to send them.
 */
export async function fetchedArrays(
  runId: string,
  cell: unknown,
  { box, keyId }: Curves,
): Promise<RunArrays | 'elsewhere'> {
  const ref = readChunkRef(cell);
  if (!ref || ref.layout.key !== keyId) return 'elsewhere';
  const read = readShape(ref.layout.content, 'content', content);
  if ('fault' in read || read.value.version !== 1) return 'elsewhere';
  const { place } = read.value;
  if (place.runId !== runId || sizeOfArrays(place) !== ref.place.bytes) return 'elsewhere';
  const bytes = await box.get(ref.place);
  return typeof bytes === 'string' ? 'elsewhere' : readArrays(bytes, place);
}

/** Keeps arrays that were fetched, in place of others of the kind where the device is full. */
export async function keepArrays(
  database: Database,
  arrays: RunArrays,
  { keyId }: Pick<Curves, 'keyId'>,
): Promise<void> {
  const { runArrays, blobs } = database;
  const keep = () =>
    database.transaction('rw', runArrays, blobs, async () => {
      await runArrays.put(arrays);
      await noteUsed(database, arrays.runId);
    });
  try {
    await keep();
  } catch (error) {
    if (storeFailure(error).code !== 'store.full') return;
    if ((await freeOldest(database, keyId)) > 0) await keep().catch(storeFailure);
  }
}

async function noteUsed({ blobs }: Database, runId: string): Promise<void> {
  const mark = { bytes: new Uint8Array(), state: 'kept', usedMs: Date.now() } as const;
  await blobs.put({ hash: markOf(runId), ...mark });
}

const atOnce = 20;

/** Drops what can be fetched again and was not used for longest; how many were dropped. */
export function freeOldest(database: Database, keyId: string): Promise<number> {
  const { runArrays, blobs, runs } = database;
  return database.transaction('rw', runArrays, blobs, runs, async () => {
    const oldest = await blobs
      .orderBy('usedMs')
      .filter(({ state }) => state === 'kept')
      .limit(atOnce)
      .toArray();
    const marked = oldest.map(({ hash }) => hash).filter((hash) => hash.startsWith(markOf('')));
    const ids = marked.map((mark) => mark.slice(markOf('').length));
    const rows = await runs.bulkGet(ids);
    // Those whose chunks went with an older key are perhaps the last there are.
    const safe = ids.filter((_, i) => readChunkRef(arraysCell(rows[i]))?.layout.key === keyId);
    await runArrays.bulkDelete(safe);
    await blobs.bulkDelete(oldest.map(({ hash }) => hash));
    return oldest.length;
  });
}

/** What a run's row says of where its arrays are. */
export function arraysCell(run: object | undefined): unknown {
  return run && 'arrays' in run ? run.arrays : undefined;
}
