/**
 * What a synced collection is: its fields, how each merges, and how rows become cells and back.
 *
 * Additive: a field is never renamed or given another meaning, an unknown one is kept as it came.
 */
import { DELETED, type Json } from '../sync/fragment.ts';
import type { Shape } from './shape.ts';

/**
 * How a field merges.
 *
 * - `value`: one cell; the later write wins whole.
 * - `struct`: an object of fixed keys, a cell `field.key` each.
 * - `map`: an object of free keys, a cell `field.key` each; null stands for a key taken away.
 * - `set`: texts, added and taken away: cells `field.item.stamp`; a concurrent adding wins.
 * - `text`: characters that merge: cells `field.stamp`, each an update of a Yjs document in
 *   base64; rows hold them as a list.
 * - `binary`: what chunks hold: one cell of a reference, see `ChunkRef`.
 */
export type FieldRule =
  | { readonly merge: 'value'; readonly shape: Shape<unknown>; readonly optional?: true }
  | { readonly merge: 'struct'; readonly shapes: Readonly<Record<string, Shape<unknown>>> }
  | { readonly merge: 'map'; readonly shape: Shape<unknown> }
  | { readonly merge: 'set' }
  | { readonly merge: 'text' }
  | { readonly merge: 'binary'; readonly shape: Shape<unknown> };

/** Where the bytes of a `binary` field lie: chunks in order, each by the SHA-256 of its bytes. */
export interface ChunkRef {
  readonly chunks: readonly string[];
  readonly bytes: number;
  /** What the bytes are, for who reads them. */
  readonly layout: Json;
}

export interface Collection {
  /** As it travels and is stored: letters, lower case first. Never changed. */
  readonly name: string;
  readonly schemaVersion: number;
  /** The rows' own key. */
  readonly key: string;
  readonly fields: Readonly<Record<string, FieldRule>>;
  /** Rows that mean nothing on another device. */
  isLocal?(id: string): boolean;
}

/** The field that a cell belongs to, and the rest of its name. */
export function partsOfCell(cell: string): { readonly field: string; readonly rest: string } {
  const dot = cell.indexOf('.');
  return dot < 0
    ? { field: cell, rest: '' }
    : { field: cell.slice(0, dot), rest: cell.slice(dot + 1) };
}

/** True for the one cell that every collection has. */
export function isDeletion(cell: string): boolean {
  return cell === DELETED;
}
