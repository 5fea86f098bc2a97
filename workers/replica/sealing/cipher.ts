/**
 * How the cells, names and chunks of an account look on the wire: as they are, or sealed.
 *
 * A fragment opens or it does not: none is half opened. See `core/sync/sealed-value.ts`.
 */
import { collectionNamed } from '#core/collections/registry.ts';
import { DELETED, isCellName, type Fragment, type Json } from '#core/sync/fragment.ts';
import { ownValue, packedValue, readTravelled, type PackedValue } from '#core/sync/packed-value.ts';
import { faultOfCell } from '#core/sync/row-projection.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/** Of the cells whose values lie in chunks: where. */
export type PackedCells = ReadonlyMap<string, PackedValue>;

export type Opened =
  /** In clear names; the values of `packed` are still to be fetched. */
  | { readonly fragment: Fragment; readonly packed: PackedCells }
  /** A deletion whose row is not known by its sealed name. */
  | { readonly unknownRow: string }
  | { readonly fault: string };

/** Each as JSON in UTF-8. */
export interface CellSize {
  readonly nameBytes: number;
  readonly jsonBytes: number;
  readonly rowBytes: number;
}

export interface Cipher {
  /** Of the key that seals chunks, `clear-EPOCH` where none does: chunks of another are gone. */
  readonly keyId: string;
  idOf(collection: string, row: string): string;
  cellOf(row: string, cell: string): string;
  /** About how many bytes a cell takes on the wire, and no less. */
  bytesOfCell(size: CellSize): number;
  sealFragment(op: Fragment, packed: PackedCells): Fragment | Promise<Fragment>;
  openFragment(wire: Fragment): Opened | Promise<Opened>;
  sealChunk(bytes: Bytes): Promise<Bytes>;
  /** Null for what does not open. */
  openChunk(bytes: Bytes): Promise<Bytes | null>;
}

export function clearCipher(epoch: number): Cipher {
  return { keyId: `clear-${epoch}`, ...asItIs };
}

const asItIs: Omit<Cipher, 'keyId'> = {
  idOf: (_, row) => row,
  cellOf: (_, cell) => cell,
  // A value that must be told apart from one in chunks is wrapped.
  bytesOfCell: ({ nameBytes, jsonBytes }) => nameBytes + jsonBytes + 12,
  sealFragment(op, packed) {
    const cells: Record<string, Json> = {};
    for (const [cell, value] of Object.entries(op.cells)) {
      const place = packed.get(cell);
      cells[cell] = place ? packedValue(place) : ownValue(value);
    }
    return { ...op, cells };
  },
  openFragment(wire) {
    const cells: Record<string, Json> = {};
    const packed = new Map<string, PackedValue>();
    for (const [cell, value] of Object.entries(wire.cells)) {
      const read = readTravelled(value);
      if ('fault' in read) return read;
      if ('packed' in read) packed.set(cell, read.packed);
      else cells[cell] = read.own;
    }
    return { fragment: { ...wire, cells }, packed };
  },
  sealChunk: async (bytes) => bytes,
  openChunk: async (bytes) => bytes,
};

/** Why a value that nobody but its writer could check is not taken, or null. */
export function faultOfOpened(
  { collection, schemaVersion }: Pick<Fragment, 'collection' | 'schemaVersion'>,
  cell: string,
  value: Json,
): string | null {
  if (!isCellName(cell)) return 'no name of a cell';
  const known = collectionNamed(collection);
  if (known && schemaVersion <= known.schemaVersion) return faultOfCell(known, cell, value);
  // What a later version wrote is kept as it came.
  if (cell === DELETED && value !== 0 && value !== 1) return `${cell} is not 0 or 1`;
  return null;
}
