/**
 * A table of deals ↔ bytes, as statements and the months of connected accounts are stored.
 *
 * All numbers are little-endian. Version 2; version 1 is the JSON of `core/journal/deal-columns.ts`:
 *
 *     0  u32  magic: 'O' 'D' 'T' and the version
 *     4  u32  checksum of every byte from 8 on
 *     8  u32  deals
 *    12  u32  bytes of the texts
 *    16  17 × 4 u8, a column each in the order of `dealFields`: 1 where it tells texts by their
 *        places; its kind, 0 Float64, 1 Int32, 2 Uint16, 3 Uint8; decimals of the whole numbers
 *        that it holds; 1 where one value stands for all rows
 *    84  u32  zero
 *    88  the columns, each padded with zeros to 8 bytes
 *        then the texts, a list in JSON, padded with blanks to 4 bytes
 *
 * In a column of whole numbers the largest of Uint8 and Uint16 and the least of Int32 stand for
 * what is missing, NaN in one of Float64.
 */
import { dealFields, type DealTable, type TableColumn } from '#core/journal/deal-table.ts';
import type { NumberValues } from '#core/journal/number-column.ts';
import { checksum } from '#core/market/checksum.ts';

const MAGIC = 0x0254444f;
const COLUMNS_AT = 16;
const HEADER_BYTES = 88;
const KINDS = [Float64Array, Int32Array, Uint16Array, Uint8Array] as const;
const MOST_DECIMALS = 8;

const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

export function bytesOfTable({ count, texts, columns }: DealTable): Uint8Array<ArrayBuffer> {
  const said = new TextEncoder().encode(JSON.stringify(texts));
  const each = dealFields.map((field) => columns[field]);
  const columnBytes = each.reduce((sum, { values }) => sum + padded(values.byteLength), 0);
  const textsAt = HEADER_BYTES + columnBytes;
  const textBytes = Math.ceil(said.length / 4) * 4;
  const bytes = new Uint8Array(textsAt + textBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(8, count, true);
  view.setUint32(12, textBytes, true);
  let at = HEADER_BYTES;
  each.forEach(({ as, values, parts }, column) => {
    const kind = KINDS.findIndex((Kind) => values instanceof Kind);
    const isSame = values.length === 1 && count !== 1;
    const facts = [Number(as === 'place'), kind, Math.round(Math.log10(parts)), Number(isSame)];
    bytes.set(facts, COLUMNS_AT + 4 * column);
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += padded(values.byteLength);
  });
  bytes.fill(32, textsAt);
  bytes.set(said, textsAt);
  view.setUint32(4, checksum(bytes, 8), true);
  return bytes;
}

export function isTable(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER_BYTES && viewOf(bytes).getUint32(0, true) === MAGIC;
}

const viewOf = ({ buffer, byteOffset, length }: Uint8Array) =>
  new DataView(buffer, byteOffset, length);

/** Null where they are damaged. What they hold is looked at by `dealsOfTable`. */
export function tableOfBytes(stored: Uint8Array, mostDeals: number): DealTable | null {
  // Columns stand where their size wants them only in a buffer of its own.
  const bytes = stored.byteOffset % 8 === 0 ? stored : stored.slice();
  if (!isTable(bytes) || bytes.length % 4 !== 0) return null;
  const view = viewOf(bytes);
  const [count, textBytes] = [view.getUint32(8, true), view.getUint32(12, true)];
  if (view.getUint32(4, true) !== checksum(bytes, 8) || count > mostDeals) return null;
  let at = HEADER_BYTES;
  const columns: [string, TableColumn][] = [];
  for (const [column, field] of dealFields.entries()) {
    const facts = COLUMNS_AT + 4 * column;
    const [place = 0, kind = 0, decimals = 0, same = 0] = bytes.subarray(facts, facts + 4);
    const Kind = KINDS[kind];
    if (!Kind || decimals > MOST_DECIMALS) return null;
    const length = same === 1 ? 1 : count;
    if (at + length * Kind.BYTES_PER_ELEMENT > bytes.length) return null;
    const values: NumberValues = new Kind(
      bytes.buffer as ArrayBuffer,
      bytes.byteOffset + at,
      length,
    );
    columns.push([field, { as: place === 1 ? 'place' : 'number', values, parts: 10 ** decimals }]);
    at += padded(values.byteLength);
  }
  if (at + textBytes !== bytes.length) return null;
  const texts: unknown = JSON.parse(
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(at)),
  );
  if (!Array.isArray(texts)) return null;
  return { count, texts, columns: Object.fromEntries(columns) as DealTable['columns'] };
}
