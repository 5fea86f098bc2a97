/** Which values of an op leave in chunks, and values in chunks fetched again. */
import { CHUNK_BYTES } from '#core/sync/protocol.ts';
import { bytesOfJson, type Fragment, type Json } from '#core/sync/fragment.ts';
import { chunksOf } from './chunk-ref.ts';
import type { ChunkBox } from './chunk-box.ts';
import { faultOfOpened, type Bytes, type Cipher, type PackedCells } from './cipher.ts';
import type { PackedValue } from '#core/sync/packed-value.ts';

/** A value whose JSON is longer leaves in chunks. */
const LARGE_VALUE_BYTES = 32_768;
/** So that an op stays below what the server takes, its name and stamp included. */
const MOST_CELLS_BYTES = 60_000;
const utf8 = new TextEncoder();

interface Sized {
  readonly cell: string;
  /** Of its JSON. */
  readonly bytes: number;
  readonly wireBytes: number;
}

/** About what it takes to say where so many bytes lie, and to name the chunks beside it. */
function placeBytes(bytes: number): number {
  return 80 + 140 * Math.ceil(bytes / CHUNK_BYTES);
}

/** The cells that leave in chunks, largest first, and how many bytes the op then takes. */
function layOut(cipher: Cipher, op: Fragment) {
  const rowBytes = bytesOfJson(op.row);
  const onWire = (cell: string, bytes: number) =>
    cipher.bytesOfCell({ nameBytes: bytesOfJson(cell), jsonBytes: bytes, rowBytes });
  const sizes = Object.entries(op.cells).map(([cell, value]): Sized => {
    const bytes = bytesOfJson(value);
    return { cell, bytes, wireBytes: onWire(cell, bytes) };
  });
  const large: Sized[] = [];
  let total = sizes.reduce((sum, { wireBytes }) => sum + wireBytes, 0);
  for (const each of sizes.toSorted((a, b) => b.bytes - a.bytes)) {
    if (each.bytes <= LARGE_VALUE_BYTES && total <= MOST_CELLS_BYTES) break;
    large.push(each);
    total += onWire(each.cell, placeBytes(each.bytes)) - each.wireBytes;
  }
  return { large, total };
}

/** About how many bytes an op takes on the wire. */
export function bytesOfOp(cipher: Cipher, op: Fragment): number {
  const { chunks = [], covers = [] } = op;
  // What a sealed value covers is told inside it as well as beside it.
  const coverBytes = bytesOfJson(covers) * (1 + 1.4 * Object.keys(op.cells).length);
  const extras = 120 + 70 * chunks.length + 27 * covers.length + Math.ceil(coverBytes);
  return layOut(cipher, op).total + op.collection.length + bytesOfJson(op.row) + extras;
}

/** Puts what is large into chunks. */
export async function packCells(cipher: Cipher, box: ChunkBox, op: Fragment): Promise<PackedCells> {
  const packed = new Map<string, PackedValue>();
  for (const { cell } of layOut(cipher, op).large) {
    const json = JSON.stringify(op.cells[cell]);
    packed.set(cell, (await box.put(utf8.encode(json))).place);
  }
  return packed;
}

/** The chunks that a fragment names: of its packed cells, and of those that refer to some. */
export function chunksOfOp(cipher: Cipher, op: Fragment, packed: PackedCells): readonly string[] {
  const named = Object.entries(op.cells).flatMap(
    ([cell, value]) => packed.get(cell)?.hashes ?? chunksOf(value, cipher.keyId),
  );
  return [...new Set([...(op.chunks ?? []), ...named])];
}

/** The fragment whole; or why it is not. */
export async function unpackCells(
  box: ChunkBox,
  fragment: Fragment,
  packed: PackedCells,
): Promise<Fragment | 'chunks' | 'damaged'> {
  const cells: Record<string, Json> = { ...fragment.cells };
  for (const [cell, place] of packed) {
    const bytes = await box.get(place);
    if (bytes === 'away') return 'chunks';
    const value = bytes === 'damaged' ? undefined : readJson(bytes);
    if (value === undefined || faultOfOpened(fragment, cell, value) !== null) return 'damaged';
    cells[cell] = value;
  }
  return { ...fragment, cells };
}

function readJson(bytes: Bytes): Json | undefined {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  } catch {
    return undefined;
  }
}
