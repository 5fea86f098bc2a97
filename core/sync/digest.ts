/**
 * Sums over the live cells of a collection that two replicas compare: 256 buckets of rows, each
 * the sum of a hash of (row, cell, stamp) modulo 2⁵⁰, so that cells are added and taken in any
 * order.
 */
import type { Hlc } from './hlc.ts';

export const BUCKETS = 256;
const modulus = 2 ** 50;

export type Digest = Float64Array;

export function emptyDigest(): Digest {
  return new Float64Array(BUCKETS);
}

export function bucketOf(row: string): number {
  return fnv(row, 0x811c9dc5) & (BUCKETS - 1);
}

/** Adds a live cell, with `sign` -1 takes it away. */
export function addCell(
  digest: Digest,
  row: string,
  cell: string,
  hlc: Hlc,
  sign: 1 | -1 = 1,
): void {
  const bucket = bucketOf(row);
  const sum = digest[bucket]! + sign * hashOfCell(row, cell, hlc);
  digest[bucket] = sum < 0 ? sum + modulus : sum >= modulus ? sum - modulus : sum;
}

/** Below 2⁵⁰: two 25-bit halves, seeded apart. */
function hashOfCell(row: string, cell: string, hlc: Hlc): number {
  const text = `${hlc} ${cell} ${row}`;
  return (fnv(text, 0x811c9dc5) >>> 7) * 2 ** 25 + (fnv(text, 0x2f0b4c27) >>> 7);
}

/** FNV-1a over UTF-16 units. */
function fnv(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  // The last bits of FNV mix poorly: fold the first ones in.
  return (hash ^ (hash >>> 15)) >>> 0;
}
