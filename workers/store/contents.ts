/**
 * Contents of rows, wherever they are: on this device, or in chunks on the server.
 *
 * A row's cell says where its chunks lie: a `ChunkRef` with what the content is. It is written once
 * they are there. What was fetched can be dropped again when the device is full, see
 * `fetched-mark.ts`.
 */
import type { ChunkRef } from '#core/collections/collection.ts';
import type { ChunkBox } from '#workers/replica/sealing/chunk-box.ts';
import { chunkRef, readChunkRef } from '#workers/replica/sealing/chunk-ref.ts';
import type { Content, ContentKind } from './content-kind.ts';
import type { Database } from './database.ts';
import { storeFailure } from './failure.ts';
import { idIn, markOf } from './fetched-mark.ts';
import { pictureContent } from './picture-content.ts';
import { runContent } from './run-content.ts';
import { statementContent } from './statement-content.ts';

/** A line each. */
export const contentKinds: readonly ContentKind[] = [runContent, pictureContent, statementContent];

/** Where the account's chunks are put and found; see `open-sealer.ts`. */
export interface ContentStore {
  readonly box: ChunkBox;
  readonly keyId: string;
}

/** Puts it into chunks; null where the server has no room or cannot be reached. */
export async function sentContent(
  { bytes, about }: Content,
  { box, keyId }: ContentStore,
): Promise<ChunkRef | null> {
  const put = await box.put(bytes);
  return put.isStored ? chunkRef(put.place, keyId, about) : null;
}

/**
 * What a row's cell refers to; `elsewhere` where it cannot be had now, for want of a network or
 * since the device that has it has yet to send it.
 */
export async function fetchedContent(
  kind: ContentKind,
  id: string,
  cell: unknown,
  { box, keyId }: ContentStore,
): Promise<Content | 'elsewhere'> {
  const ref = readChunkRef(cell);
  if (!ref || ref.layout.key !== keyId) return 'elsewhere';
  const about = ref.layout.content;
  if (kind.lengthOf(id, about) !== ref.place.bytes) return 'elsewhere';
  const bytes = await box.get(ref.place);
  return typeof bytes === 'string' ? 'elsewhere' : { bytes, about };
}

/** Keeps what was fetched, in place of others where the device is full; whether it is kept. */
export async function keepContent(
  database: Database,
  kind: ContentKind,
  id: string,
  content: Content,
  { keyId }: Pick<ContentStore, 'keyId'>,
): Promise<boolean> {
  const { blobs } = database;
  const keep = () =>
    database.transaction('rw', [contentsOf(database, kind), blobs], async () => {
      await kind.put(database, id, content);
      if (!kind.givesWay) return;
      const mark = { bytes: new Uint8Array(), state: 'kept', usedMs: Date.now() } as const;
      await blobs.put({ hash: markOf(kind, id), ...mark });
    });
  try {
    await keep();
    return true;
  } catch (error) {
    if (storeFailure(error).code !== 'store.full') return false;
  }
  try {
    if ((await freeOldest(database, keyId)) === 0) return false;
    await keep();
    return true;
  } catch (error) {
    storeFailure(error);
    return false;
  }
}

const atOnce = 20;

/** Drops what can be fetched again and was not used for longest; how many were dropped. */
export function freeOldest(database: Database, keyId: string): Promise<number> {
  const { blobs } = database;
  const kinds = contentKinds.filter(({ givesWay }) => givesWay);
  const tables = kinds.flatMap((kind) => [contentsOf(database, kind), rowsOf(database, kind)]);
  return database.transaction('rw', [blobs, ...tables], async () => {
    /** Marks of those whose chunks went with an older key: they are perhaps the last there are. */
    const last = new Set<string>();
    for (;;) {
      const oldest = await blobs
        .orderBy('usedMs')
        .filter(({ hash, state }) => state === 'kept' && !last.has(hash))
        .limit(atOnce)
        .toArray();
      if (oldest.length === 0) return 0;
      const marks = oldest.map(({ hash }) => hash);
      // Chunks lie here themselves, beside the marks.
      let count = oldest.filter(({ bytes }) => bytes.length > 0).length;
      for (const kind of kinds) {
        const ids = marks.map((mark) => idIn(kind, mark)).filter((id) => id !== null);
        const rows = await rowsOf(database, kind).bulkGet(ids);
        const isSafe = (_: string, i: number) => isSealedWith(contentCell(kind, rows[i]), keyId);
        const safe = ids.filter(isSafe);
        count += await contentsOf(database, kind).where(':id').anyOf(safe).delete();
        for (const [i, id] of ids.entries()) {
          if (rows[i] && !isSafe(id, i)) last.add(markOf(kind, id));
        }
      }
      await blobs.bulkDelete(marks.filter((mark) => !last.has(mark)));
      if (count > 0) return count;
    }
  });
}

/** Contents of a kind that are here, by the ids of their rows. */
export function contentsOf(database: Database, { table }: ContentKind) {
  return database.table<object, string>(table);
}

/** Ids of the rows whose content is here. */
export function idsHere(database: Database, kind: ContentKind): Promise<readonly string[]> {
  return contentsOf(database, kind).toCollection().primaryKeys();
}

export function rowsOf(database: Database, { collection }: ContentKind) {
  return database.table<{ readonly id: string }, string>(collection);
}

/** What a row says of where its content is. */
export function contentCell({ field }: ContentKind, row: object | undefined): unknown {
  return row && field in row ? (row as Readonly<Record<string, unknown>>)[field] : undefined;
}

export function isSealedWith(cell: unknown, keyId: string): boolean {
  return readChunkRef(cell)?.layout.key === keyId;
}
