/** How much one row may hold, and how much of what rows hold is read for one push. */
import { isDeletionAlone, type Fragment } from '#core/sync/fragment.ts';
import type { Head, RowKey, ServerTx } from './server-store.ts';

/** What is large lies in chunks: no row of a trader comes near it. */
export const MOST_ROW_BYTES = 8 * 1_048_576;
const mostReadBytes = 32 * 1_048_576;

export interface RowRoom {
  /** Rows whose fragments are to be read. */
  readonly rows: readonly RowKey[];
  /** Of a row that is full only the deletion is taken; one that is not read takes nothing now. */
  allows(fragment: Fragment): boolean;
}

export async function rowRoom(
  tx: Pick<ServerTx, 'bytesOf'>,
  head: Pick<Head, 'bytes'>,
  rows: readonly RowKey[],
): Promise<RowRoom> {
  // Of an account that holds less no row can be full.
  if (head.bytes <= MOST_ROW_BYTES) return { rows, allows: () => true };
  const bytesOf = await tx.bytesOf(rows);
  let leftBytes = mostReadBytes;
  const read = new Map<string, { readonly key: RowKey; readonly isFull: boolean }>();
  rows.forEach((key, place) => {
    const bytes = bytesOf[place] ?? 0;
    if (bytes > leftBytes) return;
    leftBytes -= bytes;
    read.set(nameOf(key), { key, isFull: bytes > MOST_ROW_BYTES });
  });
  return {
    rows: [...read.values()].map(({ key }) => key),
    allows(fragment) {
      const row = read.get(nameOf(fragment));
      return row !== undefined && (!row.isFull || isDeletionAlone(fragment));
    },
  };
}

function nameOf({ collection, row }: RowKey): string {
  return `${collection} ${row}`;
}
