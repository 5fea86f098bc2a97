/** The fingerprint of a run by the platform's own SHA-256, which works beside this thread. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { hashedBytes, hashRun, type HashedRun } from '#core/hash.ts';
import type { Waiting } from './engine.ts';

/** It wants all bytes in one piece: beyond this the copy weighs more than the time it saves. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * Equals `hashRun`, and is it where the platform has no SHA-256 to offer: outside HTTPS and
 * localhost, or without memory for another copy of the run.
 */
export function startHash(run: HashedRun): Generator<number | Waiting, string> {
  const { subtle } = globalThis.crypto as Partial<Crypto>;
  const bytes = subtle && joined(hashedBytes(run));
  return subtle && bytes ? wait(run, subtle.digest('SHA-256', bytes)) : hashRun(run);
}

function* wait(
  run: HashedRun,
  digesting: Promise<ArrayBuffer>,
): Generator<number | Waiting, string> {
  let digest: ArrayBuffer | null = null;
  yield {
    until: digesting.then(
      (done) => (digest = done),
      () => null,
    ),
  };
  return digest ? bytesToHex(new Uint8Array(digest)) : yield* hashRun(run);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> | null {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length > MOST_BYTES) return null;
  try {
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  } catch {
    // There is no memory for it.
    return null;
  }
}
