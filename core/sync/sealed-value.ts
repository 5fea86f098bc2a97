/**
 * How values and names of an encrypted account look on the wire, and to the server.
 *
 * - A name of a row or a cell is `s` and 22 characters of base64url: 128 bits of an HMAC. `_del`
 *   alone stays in clear, with its value, so that the server can purge what is long deleted.
 * - A value is `1.` and base64url of 12 random bytes, the AES-256-GCM ciphertext and its tag. In it
 *   is JSON, filled up with spaces to a multiple of 32 bytes: `[row, cell, value, packed, covers]`
 *   in clear names. `packed` says where the value lies when it lies in chunks, see
 *   `packed-value.ts`, else it is null; `covers` are the fragment's, in clear names. Bound to it,
 *   and never sent, is JSON of `[user, collection, row, cell, stamp, schemaVersion]` with the names
 *   as they are on the wire.
 * - A chunk is 12 random bytes, the AES-256-GCM ciphertext and its tag, bound to
 *   `offing.chunk.v1 USER`; it is named by the SHA-256 of all of that.
 *
 * Beside the names of collections, stamps, sizes, the hashes of chunks and which fragments make a
 * group stay in clear: merging needs the stamps, sweeping the hashes.
 */
import { DELETED, type Json } from './fragment.ts';

const name = /^s[A-Za-z0-9_-]{22}$/;
const value = /^1\.[A-Za-z0-9_-]{80,}$/;

export function isSealedName(text: string): boolean {
  return name.test(text);
}

export function isSealedText(text: unknown): text is string {
  return typeof text === 'string' && value.test(text);
}

/** Why an encrypted account takes no such cell, or null. */
export function faultOfSealedCell(cell: string, content: Json): string | null {
  if (cell === DELETED) return content === 0 || content === 1 ? null : `${cell} is not 0 or 1`;
  if (!isSealedName(cell)) return 'a name that is not sealed';
  return isSealedText(content) ? null : 'a value that is not sealed';
}

/** What is bound to a sealed value, so that it opens nowhere else. */
export function boundTo(place: {
  readonly userId: string;
  readonly collection: string;
  readonly row: string;
  readonly cell: string;
  readonly hlc: string;
  readonly schemaVersion: number;
}): string {
  const { userId, collection, row, cell, hlc, schemaVersion } = place;
  return JSON.stringify([userId, collection, row, cell, hlc, schemaVersion]);
}
