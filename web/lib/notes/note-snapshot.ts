/** Many updates of a note's text as one: what they came to, and which of them it stands for. */
import * as Y from 'yjs';
import { fromBase64, toBase64 } from './base64.ts';

const mostUpdates = 50;
const mostBytes = 65_536;
const prefix = 'text.';

export interface Snapshot {
  readonly value: string;
  /** Names of the cells whose updates are in it. */
  readonly covers: readonly string[];
}

/** Applies an update; false where it is none, and nothing has changed. */
export function applyUpdate(doc: Y.Doc, update: string, origin?: unknown): boolean {
  const bytes = fromBase64(update);
  if (!bytes) return false;
  try {
    // Yjs applies what it has read before it fails, so that the reading is tried first.
    Y.decodeUpdate(bytes);
    Y.applyUpdate(doc, bytes, origin);
    return true;
  } catch {
    return false;
  }
}

/**
 * The snapshot that should replace the updates among a note's cells; null while they are few.
 *
 * Only what lies beside the largest of them counts in bytes, for a long note's last snapshot is
 * large for good. Damaged ones are covered by nothing and stay. What was deleted leaves no trace.
 */
export function snapshotOf(cells: Readonly<Record<string, unknown>>): Snapshot | null {
  const updates = Object.entries(cells).filter(
    (cell): cell is [string, string] => cell[0].startsWith(prefix) && typeof cell[1] === 'string',
  );
  const sizes = updates.map(([, update]) => update.length);
  const beside = sizes.reduce((sum, size) => sum + size, 0) - Math.max(0, ...sizes);
  if (updates.length < mostUpdates && beside <= mostBytes) return null;
  const doc = new Y.Doc();
  const covers = updates.filter(([, update]) => applyUpdate(doc, update)).map(([name]) => name);
  const value = toBase64(Y.encodeStateAsUpdate(doc));
  doc.destroy();
  return covers.length < 2 ? null : { value, covers: covers.slice(0, 1_000) };
}
