/** Which changes a server takes: of collections that it knows, with values that they can hold. */
import type { Collection } from '../collections/collection.ts';
import { collectionNamed } from '../collections/registry.ts';
import { DELETED, type Fragment, type Json } from './fragment.ts';
import { isInChunks, readTravelled } from './packed-value.ts';
import { faultOfCell } from './row-projection.ts';
import { faultOfSealedCell, isSealedName } from './sealed-value.ts';

/**
 * What is wrong with a fragment that a replica sent, or null.
 *
 * Of a later version of its collection only the names are known here; what is encrypted can be
 * looked into by who receives it alone.
 */
export function faultOfFragment(fragment: Fragment, isEncrypted: boolean): string | null {
  const collection = collectionNamed(fragment.collection);
  if (!collection) return `${fragment.collection} is no collection`;
  if (fragment.purged) return 'only the server purges';
  if (isEncrypted && !isSealedName(fragment.row)) return 'an id that is not sealed';
  for (const [cell, value] of Object.entries(fragment.cells)) {
    const fault = isEncrypted
      ? faultOfSealedCell(cell, value)
      : faultOfClear(collection, fragment, cell, value);
    if (fault !== null) return fault;
  }
  return null;
}

function faultOfClear(
  collection: Collection,
  { schemaVersion, chunks }: Fragment,
  cell: string,
  value: Json,
): string | null {
  if (schemaVersion > collection.schemaVersion && cell !== DELETED) return null;
  const travelled = readTravelled(value);
  if ('fault' in travelled) return `${cell}: ${travelled.fault}`;
  if ('own' in travelled) return faultOfCell(collection, cell, travelled.own);
  return isInChunks(value, chunks) ? null : `${cell} lies in chunks that are not named`;
}
