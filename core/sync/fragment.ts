/**
 * What is stored and sent of a change: some cells of one row with one stamp.
 *
 * Identity is (collection, row, cell, stamp): fragments with one stamp unite, so that cells split
 * over batches or uploaded again one by one still converge. On the wire a fragment is an array
 * `[collection, row, hlc, cells]`, with an object of what else there is as the fifth place.
 */
import { isHlc, type Hlc } from './hlc.ts';

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Values by the name of their cell, which is that of a field or `field.key`. */
export type Cells = Readonly<Record<string, Json>>;

/** The cell that says whether a row is deleted: 1, or 0 once it was brought back. */
export const DELETED = '_del';

export interface Fragment {
  readonly collection: string;
  readonly row: string;
  readonly hlc: Hlc;
  readonly cells: Cells;
  /** Version of the collection that wrote it. */
  readonly schemaVersion: number;
  /** Fragments of one group lie behind one another and are applied together. */
  readonly groupId?: string;
  /** Hashes of the chunks that values refer to; in clear also where values are encrypted. */
  readonly chunks?: readonly string[];
  /** Cells of a text that this fragment's snapshot stands for; whoever applies it drops them. */
  readonly covers?: readonly string[];
  /** The row was purged: of all its cells only the deletion is left. */
  readonly purged?: true;
}

interface Extras {
  /** Schema version, missing = 1. */
  readonly v?: number;
  readonly g?: string;
  readonly c?: readonly string[];
  readonly x?: readonly string[];
  readonly p?: 1;
}
export type WireFragment =
  | readonly [collection: string, row: string, hlc: Hlc, cells: Cells]
  | readonly [collection: string, row: string, hlc: Hlc, cells: Cells, extras: Extras];

export const MOST_OP_BYTES = 65_536;
const mostSchemaVersion = 1_000_000;
const collectionName = /^[a-z][A-Za-z0-9]{0,39}$/;
const cellName = /^[A-Za-z0-9][ -~\u00a0-\uffff]{0,199}$/;
const hashName = /^[0-9a-f]{64}$/;
/** A NUL, or half a character: no database keeps them. */
const unstorable = /[\0\p{Cs}]/u;

/** True for names that are safe as keys of plain objects, everywhere. */
export function isCellName(name: string): boolean {
  return (
    name === DELETED ||
    (cellName.test(name) && !unstorable.test(name) && !(name in Object.prototype))
  );
}

export function toWire(fragment: Fragment): WireFragment {
  const { collection, row, hlc, cells, schemaVersion, groupId, chunks, covers, purged } = fragment;
  const extras: Extras = {
    ...(schemaVersion !== 1 && { v: schemaVersion }),
    ...(groupId !== undefined && { g: groupId }),
    ...(chunks && chunks.length > 0 && { c: chunks }),
    ...(covers && covers.length > 0 && { x: covers }),
    ...(purged && { p: 1 as const }),
  };
  return Object.keys(extras).length > 0
    ? [collection, row, hlc, cells, extras]
    : [collection, row, hlc, cells];
}

/**
 * The fragment that outside data hold, or what is wrong with them in a few words.
 *
 * Sizes are the caller's to check; values may be any JSON.
 */
export function fromWire(wire: unknown): Fragment | { readonly fault: string } {
  if (!Array.isArray(wire) || wire.length < 4 || wire.length > 5) return { fault: 'no fragment' };
  const [collection, row, hlc, cells, extras] = wire as unknown[];
  if (typeof collection !== 'string' || !collectionName.test(collection)) {
    return { fault: 'no name of a collection' };
  }
  if (!isText(row, 200)) return { fault: 'no id of a row' };
  if (!isHlc(hlc)) return { fault: 'no stamp' };
  if (!isPlain(cells) || !hasCellNames(cells)) return { fault: 'no cells' };
  // Most have none, and reading them is what a replica does most.
  if (extras === undefined)
    return { collection, row, hlc, cells: cells as Cells, schemaVersion: 1 };
  if (!isPlain(extras)) return { fault: 'no extras' };
  const { v = 1, g, c, x, p } = extras;
  const faulty =
    !Number.isSafeInteger(v) ||
    (v as number) < 1 ||
    (v as number) > mostSchemaVersion ||
    (g !== undefined && !isText(g, 64)) ||
    !isListOf(c, (each) => hashName.test(each)) ||
    !isListOf(x, isCellName) ||
    (p !== undefined && p !== 1);
  if (faulty) return { fault: 'unknown extras' };
  return {
    collection,
    row,
    hlc,
    cells: cells as Cells,
    schemaVersion: v as number,
    ...(g !== undefined && { groupId: g }),
    ...(c !== undefined && { chunks: c as string[] }),
    ...(x !== undefined && { covers: x as string[] }),
    ...(p === 1 && { purged: true as const }),
  };
}

/** Whether it says nothing but that its row is deleted, or brought back. */
export function isDeletionAlone({ cells, covers, chunks }: Fragment): boolean {
  return Object.keys(cells).every((cell) => cell === DELETED) && !covers && !chunks;
}

/** Bytes that a value takes as JSON in UTF-8. */
export function bytesOfJson(value: unknown): number {
  const text = JSON.stringify(value);
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Halves of a pair take two each; a lone one is escaped by `stringify`.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

function hasCellNames(cells: object): boolean {
  for (const name in cells) if (!isCellName(name)) return false;
  return true;
}

function isText(value: unknown, longest: number): value is string {
  const isSized = typeof value === 'string' && value !== '' && value.length <= longest;
  return isSized && !unstorable.test(value);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, holds: (each: string) => boolean): boolean {
  if (value === undefined) return true;
  return (
    Array.isArray(value) &&
    value.length <= 1_000 &&
    value.every((each) => typeof each === 'string' && holds(each))
  );
}
