/** Names of rows and cells as an encrypted account shows them: HMACs that nobody without the key can link. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64Url } from './base64url.ts';

export interface Names {
  row(collection: string, row: string): string;
  /** Differs from row to row, so that nobody sees which field is written most. */
  cell(row: string, cell: string): string;
}

const utf8 = new TextEncoder();
/** A row's name is asked for with each of its cells; a cell's seldom more than once. */
const mostRemembered = 10_000;

export function sealedNames(key: Uint8Array): Names {
  const start = hmac.create(sha256, key);
  // Made anew for each name they would take as long as the hash itself.
  const mac = start.clone();
  const bytes = new Uint8Array(mac.outputLen);
  const nameOf = (...parts: readonly string[]) => {
    start._cloneInto(mac);
    mac.update(utf8.encode(JSON.stringify(parts))).digestInto(bytes);
    return `s${toBase64Url(bytes.subarray(0, 16))}`;
  };
  const rows = new Map<string, string>();
  return {
    row(collection, row) {
      const place = `${collection} ${row}`;
      const known = rows.get(place);
      if (known !== undefined) return known;
      if (rows.size >= mostRemembered) rows.clear();
      const name = nameOf('row', collection, row);
      rows.set(place, name);
      return name;
    },
    cell: (row, cell) => nameOf('cell', row, cell),
  };
}
