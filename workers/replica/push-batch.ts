/** Which of the changes that wait go next, in one push. */
import type { Fragment } from '#core/sync/fragment.ts';
import { MOST_PUSH_BYTES, MOST_PUSH_OPS } from '#core/sync/protocol.ts';
import type { Place } from './open-rows.ts';
import type { NewOutboxEntry, OutboxEntry, ReplicaTx } from './replica-store.ts';
import type { Sealer } from './sealing/sealer.ts';

/** Beside its changes a push says little more. */
const mostOpsBytes = MOST_PUSH_BYTES - 1_000;
/** Looked through for a batch; a group may be longer than what is left. */
const mostRead = 2 * MOST_PUSH_OPS;
/** Changes whose rows are asked for all that waits of them. */
const mostMated = 100;

/**
 * Those to choose from, the oldest first. Those that the server has no room for, or lacks a chunk
 * of, wait until `retryHeld`.
 */
export async function waitingOf(tx: ReplicaTx): Promise<readonly OutboxEntry[]> {
  const some = await withMates(tx, await tx.outbox(mostMated));
  if (some.length >= MOST_PUSH_OPS) return some;
  for (let most = mostRead; ; most *= 4) {
    const read = await tx.outbox(most);
    const free = read.filter(isFree);
    if (free.length >= mostRead || read.length < most) return free;
  }
}

/**
 * What waits of the rows of the first changes: often enough for a batch, and then it is all that is
 * read. Nothing where one is of a group, which may be longer than what was looked at.
 */
async function withMates(
  tx: ReplicaTx,
  first: readonly OutboxEntry[],
): Promise<readonly OutboxEntry[]> {
  const free = first.filter(isFree);
  if (first.length < mostMated || free.some(isOfGroup)) return [];
  const mates = await tx.outboxOf(free);
  return mates.filter((entry) => isFree(entry) && !isOfGroup(entry));
}

const isFree = ({ held }: OutboxEntry) => !held;
const isOfGroup = ({ groupId }: OutboxEntry) => groupId !== undefined;
export const placeOf = ({ collection, row }: Place) => `${collection} ${row}`;

/**
 * The rows of the oldest first, each whole: here and on the server a row is then opened once,
 * however often it was changed. Groups whole as well, save that what no push holds goes in pieces.
 */
export function chooseBatch(
  waiting: readonly OutboxEntry[],
  bytesOf: Sealer['bytesOf'],
): readonly OutboxEntry[] {
  const chosen: OutboxEntry[] = [];
  let bytes = 0;
  for (const mates of togetherOf(waiting)) {
    const sizes = mates.map((each) => bytesOf(fragmentOf(each)));
    const whole = bytes + sizes.reduce((sum, size) => sum + size, 0);
    const isOver = chosen.length + mates.length > MOST_PUSH_OPS || whole > mostOpsBytes;
    if (isOver && chosen.length === 0) return pieceOf(mates, sizes);
    if (isOver) break;
    bytes = whole;
    chosen.push(...mates);
  }
  return chosen;
}

/** Those of a group, or else of a row; in the order of the first of each. */
function togetherOf(waiting: readonly OutboxEntry[]): Iterable<readonly OutboxEntry[]> {
  const mates = new Map<string, OutboxEntry[]>();
  for (const entry of waiting) {
    const key = entry.groupId ?? placeOf(entry);
    const others = mates.get(key);
    if (others) others.push(entry);
    else mates.set(key, [entry]);
  }
  return mates.values();
}

/** As many of the first as a push holds, and one at least. */
function pieceOf(mates: readonly OutboxEntry[], sizes: readonly number[]): readonly OutboxEntry[] {
  let bytes = 0;
  const end = sizes.findIndex((size) => (bytes += size) > mostOpsBytes);
  const held = end < 0 ? mates.length : Math.max(end, 1);
  return mates.slice(0, Math.min(held, MOST_PUSH_OPS));
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
