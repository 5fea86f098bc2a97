/** Which of the changes that wait go next, in one push. */
import type { Fragment } from '#core/sync/fragment.ts';
import { MOST_PUSH_BYTES } from '#core/sync/protocol.ts';
import type { Place } from './open-rows.ts';
import type { NewOutboxEntry, OutboxEntry } from './replica-store.ts';
import type { Sealer } from './sealing/sealer.ts';

/** Beside its changes a push says little more. */
const mostOpsBytes = MOST_PUSH_BYTES - 1_000;

export interface BatchMeasures {
  readonly bytesOf: Sealer['bytesOf'];
  /** How many changes a push holds. */
  readonly mostOps: number;
}

export const placeOf = ({ collection, row }: Place) => `${collection} ${row}`;

/**
 * Takes the next batch from what goes together.
 *
 * The rows of the oldest first, each whole: here and on the server a row is then opened once,
 * however often it was changed. Groups whole as well, save that what no push holds goes in pieces.
 */
export function takeBatch(
  bundles: (readonly OutboxEntry[])[],
  { bytesOf, mostOps }: BatchMeasures,
): readonly OutboxEntry[] {
  const chosen: OutboxEntry[] = [];
  let bytes = 0;
  let taken = 0;
  for (const mates of bundles) {
    const sizes = mates.map((each) => bytesOf(fragmentOf(each)));
    const whole = bytes + sizes.reduce((sum, size) => sum + size, 0);
    const isOver = chosen.length + mates.length > mostOps || whole > mostOpsBytes;
    if (isOver && chosen.length === 0) {
      const piece = pieceOf(mates, sizes, mostOps);
      bundles[0] = mates.slice(piece.length);
      if (piece.length === mates.length) bundles.shift();
      return piece;
    }
    if (isOver) break;
    bytes = whole;
    taken++;
    chosen.push(...mates);
  }
  bundles.splice(0, taken);
  return chosen;
}

/** Those of a group, or else of a row; in the order of the first of each. */
export function togetherOf(waiting: readonly OutboxEntry[]): (readonly OutboxEntry[])[] {
  const mates = new Map<string, OutboxEntry[]>();
  for (const entry of waiting) {
    const key = entry.groupId ?? placeOf(entry);
    const others = mates.get(key);
    if (others) others.push(entry);
    else mates.set(key, [entry]);
  }
  return [...mates.values()];
}

/** As many of the first as a push holds, and one at least. */
function pieceOf(
  mates: readonly OutboxEntry[],
  sizes: readonly number[],
  mostOps: number,
): readonly OutboxEntry[] {
  let bytes = 0;
  const end = sizes.findIndex((size) => (bytes += size) > mostOpsBytes);
  const held = end < 0 ? mates.length : Math.max(end, 1);
  return mates.slice(0, Math.min(held, mostOps));
}

export function fragmentOf(entry: NewOutboxEntry): Fragment {
  const { collection, row, hlc, cells, schemaVersion, groupId, covers } = entry;
  return {
    collection,
    row,
    hlc,
    cells,
    schemaVersion,
    ...(groupId !== undefined && { groupId }),
    ...(covers && { covers }),
  };
}
