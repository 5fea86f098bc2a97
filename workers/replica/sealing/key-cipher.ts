/** The cipher of an encrypted account whose key is on this device; see `core/sync/sealed-value.ts`. */
import { DELETED, type Fragment, type Json } from '#core/sync/fragment.ts';
import { readPacked, type PackedValue } from '#core/sync/packed-value.ts';
import { boundTo, isSealedName, isSealedText } from '#core/sync/sealed-value.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { faultOfOpened, type Cipher, type Opened, type PackedCells } from './cipher.ts';
import { openBytes, sealBytes, type DeviceKeys } from './data-key.ts';
import { sealedNames, type Names } from './names.ts';

/** Rows of this device by their sealed names, for deletions, which do not say what they delete. */
export interface KnownRows {
  /** Undefined for a row that this device has never had. */
  rowOf(collection: string, sealed: string): string | undefined;
  learn(collection: string, sealed: string, row: string): void;
}

const FILL_BYTES = 32;
const utf8 = new TextEncoder();
const text = new TextDecoder('utf-8', { fatal: true });

export function keyCipher(keys: DeviceKeys, userId: string, rows: KnownRows): Cipher {
  const names = sealedNames(keys.names);
  const chunkBound = `offing.chunk.v1 ${userId}`;
  const parts: Parts = { keys, userId, names, rows };
  return {
    keyId: keys.keyId,
    idOf: (collection, row) => names.row(collection, row),
    cellOf: (row, cell) => (cell === DELETED ? cell : names.cell(row, cell)),
    bytesOfCell({ nameBytes, jsonBytes, rowBytes }) {
      const clear = jsonBytes + nameBytes + rowBytes + 16 + FILL_BYTES;
      return Math.ceil((4 / 3) * (clear + 28)) + 32;
    },
    sealFragment: (op, packed) => sealFragment(parts, op, packed),
    openFragment: (wire) => openFragment(parts, wire),
    sealChunk: (bytes) => sealBytes(keys.chunks, bytes, chunkBound),
    openChunk: (bytes) => openBytes(keys.chunks, bytes, chunkBound),
  };
}

interface Parts {
  readonly keys: DeviceKeys;
  readonly userId: string;
  readonly names: Names;
  readonly rows: KnownRows;
}

async function sealFragment(
  { keys, userId, names, rows }: Parts,
  op: Fragment,
  packed: PackedCells,
): Promise<Fragment> {
  const { collection, hlc, schemaVersion, covers } = op;
  const row = names.row(collection, op.row);
  rows.learn(collection, row, op.row);
  const sealOne = async ([name, value]: readonly [string, Json]) => {
    if (name === DELETED) return [name, value] as const;
    const place = packed.get(name) ?? null;
    const cell = names.cell(op.row, name);
    const content = [op.row, name, place ? null : value, place, covers ?? null];
    const bound = boundTo({ userId, collection, row, cell, hlc, schemaVersion });
    const sealed = await sealBytes(keys.values, filled(withoutEnd(content)), bound);
    return [cell, `1.${toBase64Url(sealed)}`] as const;
  };
  const cells = Object.fromEntries(await Promise.all(Object.entries(op.cells).map(sealOne)));
  const sealedCovers = covers?.map((each) => names.cell(op.row, each));
  return { ...op, row, cells, ...(sealedCovers && { covers: sealedCovers }) };
}

/** What may be left out at the end is null. */
function withoutEnd(content: readonly unknown[]): readonly unknown[] {
  let length = content.length;
  while (length > 3 && content[length - 1] === null) length--;
  return content.slice(0, length);
}

/** The length tells only about how long a value is. */
function filled(content: readonly unknown[]): Uint8Array<ArrayBuffer> {
  const bytes = utf8.encode(JSON.stringify(content));
  const out = new Uint8Array(Math.ceil(bytes.length / FILL_BYTES) * FILL_BYTES).fill(0x20);
  out.set(bytes);
  return out;
}

async function openFragment(parts: Parts, wire: Fragment): Promise<Opened> {
  const { collection, schemaVersion } = wire;
  const sealed = Object.entries(wire.cells).filter(([cell]) => cell !== DELETED);
  const deletion = wire.cells[DELETED];
  if (deletion !== undefined && deletion !== 0 && deletion !== 1) return { fault: 'no deletion' };
  const opened = await Promise.all(
    sealed.map(([cell, value]) => openCell(parts, wire, cell, value)),
  );
  const cells: Record<string, Json> = deletion === undefined ? {} : { [DELETED]: deletion };
  const packed = new Map<string, PackedValue>();
  let row = parts.rows.rowOf(collection, wire.row);
  let covers: readonly string[] | undefined;
  for (const each of opened) {
    if (each === null) return { fault: 'it was not sealed by this account for this place' };
    if (each.packed) packed.set(each.cell, each.packed);
    else {
      const fault = faultOfOpened({ collection, schemaVersion }, each.cell, each.value);
      if (fault) return { fault };
      cells[each.cell] = each.value;
    }
    row = each.row;
    covers = each.covers ?? covers;
  }
  if (row === undefined) return { unknownRow: wire.row };
  parts.rows.learn(collection, wire.row, row);
  const { covers: _, ...rest } = wire;
  return { fragment: { ...rest, row, cells, ...(covers && { covers }) }, packed };
}

interface OpenedCell {
  readonly row: string;
  readonly cell: string;
  readonly value: Json;
  readonly packed: PackedValue | null;
  readonly covers: readonly string[] | null;
}

async function openCell(
  { keys, userId, names }: Parts,
  { collection, row, hlc, schemaVersion }: Fragment,
  cell: string,
  value: Json,
): Promise<OpenedCell | null> {
  if (!isSealedName(row) || !isSealedName(cell) || !isSealedText(value)) return null;
  const bytes = fromBase64Url(value.slice(2));
  const bound = boundTo({ userId, collection, row, cell, hlc, schemaVersion });
  const clear = bytes && (await openBytes(keys.values, bytes, bound));
  const content = clear && readContent(clear);
  if (!content) return null;
  // Another device of this account wrote it: what it says it is must be what it is called.
  const isItself =
    names.row(collection, content.row) === row && names.cell(content.row, content.cell) === cell;
  return isItself && content.cell !== DELETED ? content : null;
}

function readContent(clear: Uint8Array<ArrayBuffer>): OpenedCell | null {
  let content: unknown;
  try {
    content = JSON.parse(text.decode(clear));
  } catch {
    return null;
  }
  if (!Array.isArray(content) || content.length < 3 || content.length > 5) return null;
  const [row, cell, value, place = null, covers = null] = content as unknown[];
  const packed = place === null ? null : readPacked(place);
  if (typeof row !== 'string' || row === '' || row.length > 200) return null;
  if (typeof cell !== 'string' || (place !== null && packed === null)) return null;
  if (covers !== null && !isTexts(covers)) return null;
  return { row, cell, value: value as Json, packed, covers };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
