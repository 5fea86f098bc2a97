/**
 * Changes that wait, read once and kept for several pushes: while one is on its way the next is
 * chosen and sealed. What is stored decides: a batch is compared with it before it leaves.
 */
import { bytesOfJson, type WireFragment } from '#core/sync/fragment.ts';
import { MOST_PUSH_OPS } from '#core/sync/protocol.ts';
import { fragmentOf, placeOf, takeBatch, togetherOf } from './push-batch.ts';
import type { OutboxEntry, ReplicaTx } from './replica-store.ts';
import type { Sealer } from './sealing/sealer.ts';

export interface Batch {
  readonly chosen: readonly OutboxEntry[];
  readonly wire: readonly WireFragment[];
  /** Of the sealer that sealed it. */
  readonly epoch: number;
  /** The last number that was read, where up to it nothing else waited of these rows; else null. */
  readonly aloneUpTo: number | null;
}

/** What waits, as it was read. */
interface Waiting {
  /** The oldest first, without those that the server has no room for or lacks a chunk of. */
  readonly free: OutboxEntry[];
  /** How many wait of each row, those included. */
  readonly ofRow: Map<string, number>;
  /** The last number; null where more waits than was read. */
  upTo: number | null;
}

const pageEntries = 2 * MOST_PUSH_OPS;
/** Of values that are kept in memory; a page is read in any case. */
const mostBytes = 8 * 1_048_576;

export class PushQueue {
  private waiting: Waiting = { free: [], ofRow: new Map(), upTo: null };
  private bundles: (readonly OutboxEntry[])[] = [];
  private ready: Batch | null = null;
  private readonly mostOps: number;

  constructor(mostOps: number = MOST_PUSH_OPS) {
    this.mostOps = mostOps;
  }

  get isEmpty(): boolean {
    return this.bundles.length === 0 && this.ready === null;
  }

  clear(): void {
    this.bundles = [];
    this.ready = null;
  }

  async read(tx: ReplicaTx): Promise<void> {
    this.keep(await readWaiting(tx));
  }

  /** Lets all that is held back go again, and keeps what was read; says how many that were. */
  async free(tx: ReplicaTx): Promise<number> {
    let count = 0;
    const waiting = await readWaiting(tx, async (page) => {
      const held = page.filter((entry) => entry.held);
      if (held.length === 0) return page;
      count += held.length;
      await tx.putOutbox(held.map(withoutHold));
      return page.map(withoutHold);
    });
    this.keep(waiting);
    return count;
  }

  /** Chooses and seals the next batch; false where nothing is left of what was read. */
  async prepare(sealer: Pick<Sealer, 'seal' | 'bytesOf' | 'epoch'>): Promise<boolean> {
    if (this.ready) return true;
    const { bytesOf } = sealer;
    const chosen = takeBatch(this.bundles, { bytesOf, mostOps: this.mostOps });
    if (chosen.length === 0) return false;
    const aloneUpTo = isWhole(chosen, this.waiting) ? this.waiting.upTo : null;
    const wire = await sealer.seal(chosen.map(fragmentOf));
    this.ready = { chosen, wire, epoch: sealer.epoch, aloneUpTo };
    return true;
  }

  /** What was prepared, once. */
  take(): Batch | null {
    const batch = this.ready;
    this.ready = null;
    return batch;
  }

  private keep(waiting: Waiting): void {
    this.waiting = waiting;
    this.bundles = togetherOf(waiting.free);
    this.ready = null;
  }
}

function withoutHold({ held: _, ...entry }: OutboxEntry): OutboxEntry {
  return entry;
}

/** All that waits goes through `see`, if there is one; else reading ends where enough is kept. */
async function readWaiting(
  tx: ReplicaTx,
  see?: (page: readonly OutboxEntry[]) => Promise<readonly OutboxEntry[]>,
): Promise<Waiting> {
  const waiting: Waiting = { free: [], ofRow: new Map(), upTo: null };
  let bytes = 0;
  let isFull = false;
  for (let after = 0; ;) {
    const read = await tx.outbox({ after, most: pageEntries });
    const page = see ? await see(read) : read;
    if (!isFull) bytes += add(waiting, page);
    const isLast = read.length < pageEntries;
    after = read.at(-1)?.lsn ?? after;
    if (isLast && !isFull) waiting.upTo = after;
    if (!isLast && waiting.free.length >= pageEntries && bytes > mostBytes) isFull = true;
    if (isLast || (isFull && !see)) break;
  }
  if (waiting.upTo === null) dropCutGroup(waiting.free);
  return waiting;
}

function add({ free, ofRow }: Waiting, page: readonly OutboxEntry[]): number {
  let bytes = 0;
  for (const entry of page) {
    const place = placeOf(entry);
    ofRow.set(place, (ofRow.get(place) ?? 0) + 1);
    if (entry.held) continue;
    free.push(entry);
    bytes += bytesOfJson(entry.cells);
  }
  return bytes;
}

/** A group may go on beyond what was read; one that is all there is, no push would hold. */
function dropCutGroup(free: OutboxEntry[]): void {
  const groupId = free.at(-1)?.groupId;
  if (groupId === undefined) return;
  const start = free.findIndex((entry) => entry.groupId === groupId);
  if (start > 0) free.length = start;
}

/** Whether these are all that waits of their rows. */
function isWhole(chosen: readonly OutboxEntry[], { ofRow }: Waiting): boolean {
  const counts = new Map<string, number>();
  for (const entry of chosen) {
    const place = placeOf(entry);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  for (const [place, count] of counts) if (ofRow.get(place) !== count) return false;
  return true;
}
