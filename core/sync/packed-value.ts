/**
 * A value too large for a fragment, as it travels.
 *
 * Its JSON in UTF-8, packed by gzip where that is smaller, is cut into chunks of at most a
 * mebibyte. In its place stands
 *
 *     { "$chunks": { "hashes": ["…", …], "bytes": 70123, "gzip": true } }
 *
 * with the SHA-256 of each chunk, in order, and the length of the JSON. The same hashes stand in
 * the fragment's `chunks`. A trader's own value that is an object whose only key is `$chunks` or
 * `$own` travels as `{ "$own": value }`: neither can be taken for the other.
 */
import type { Json } from './fragment.ts';

export interface PackedValue {
  readonly hashes: readonly string[];
  /** Of the JSON, before it is packed. */
  readonly bytes: number;
  readonly gzip: boolean;
}

const CHUNKS = '$chunks';
const OWN = '$own';
const hash = /^[0-9a-f]{64}$/;
const MOST_CONTENT_BYTES = 512 * 2 ** 20;
/** As many as a fragment may name. */
const mostChunks = 1_000;

type Plain = Readonly<Record<string, unknown>>;

function onlyKey(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const keys = Object.keys(value);
  return keys.length === 1 ? keys[0]! : null;
}

/** A value as it travels when it is not packed. */
export function ownValue(value: Json): Json {
  const key = onlyKey(value);
  return key === CHUNKS || key === OWN ? { [OWN]: value } : value;
}

export function packedValue(packed: PackedValue): Json {
  const { hashes, bytes, gzip } = packed;
  return { [CHUNKS]: { hashes, bytes, gzip } };
}

/** What a value that travelled is: the value itself, where it lies, or neither. */
export function readTravelled(
  value: Json,
): { readonly own: Json } | { readonly packed: PackedValue } | { readonly fault: string } {
  const key = onlyKey(value);
  if (key === OWN) return { own: (value as Readonly<Record<string, Json>>)[OWN]! };
  if (key !== CHUNKS) return { own: value };
  const packed = readPacked((value as Plain)[CHUNKS]);
  return packed ? { packed } : { fault: 'no place of chunks' };
}

/** Null for what is no place of a value in chunks. */
export function readPacked(value: unknown): PackedValue | null {
  if (typeof value !== 'object' || value === null) return null;
  const { hashes, bytes, gzip } = value as Plain;
  if (!Array.isArray(hashes) || hashes.length === 0 || hashes.length > mostChunks) return null;
  if (!hashes.every((each) => typeof each === 'string' && hash.test(each))) return null;
  if (!Number.isSafeInteger(bytes) || (bytes as number) < 1) return null;
  if ((bytes as number) > MOST_CONTENT_BYTES || typeof gzip !== 'boolean') return null;
  return { hashes: hashes as string[], bytes: bytes as number, gzip };
}

/**
 * True for a value that lies in chunks which its fragment names: whoever cannot read those takes
 * it as it is.
 */
export function isInChunks(value: Json, chunks: readonly string[] | undefined): boolean {
  const read = readTravelled(value);
  return 'packed' in read && read.packed.hashes.every((each) => chunks?.includes(each) ?? false);
}
