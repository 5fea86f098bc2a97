/**
 * Cells compared with the server's, bucket by bucket, and what differs given and taken.
 *
 * After the server was restored from a backup it lacks cells: they are given to it with the stamps
 * that they have. At other times it lacks, of what has been sent, only updates of texts which a
 * snapshot covers that this replica never saw: those go here too.
 */
import { collectionNamed } from '#core/collections/registry.ts';
import { partsOfCell } from '#core/collections/collection.ts';
import {
  fromWire,
  type Cells,
  type Fragment,
  type Json,
  type WireFragment,
} from '#core/sync/fragment.ts';
import type { Hlc } from '#core/sync/hlc.ts';
import type {
  BucketAnswer,
  BucketRequest,
  DigestAnswer,
  DigestRequest,
  Refused,
} from '#core/sync/protocol.ts';
import { dropCell } from '#core/sync/row-state.ts';
import { partsOf } from './local-write.ts';
import { isDirty, openRows, settleCell, type OpenRow, type OpenRows } from './open-rows.ts';
import { refused } from './pulling.ts';
import { mergeRemote } from './remote-merge.ts';
import { introduction, noteTime, remembered } from './replica-memory.ts';
import type { ReplicaStore, ReplicaTx } from './replica-store.ts';
import { PAGE_ROWS } from './row-pages.ts';
import type { Sealer } from './sealing/sealer.ts';
import { settledCells, sumUp } from './settled.ts';
import type { Chance } from './stamping.ts';

/** All that is asked and answered from a digest to the end of its repair. */
export interface Comparison {
  readonly request: DigestRequest;
  /** Of `ReplicaMeta`, when it began. */
  readonly history: number;
}

export interface Bucket {
  readonly comparison: Comparison;
  readonly collection: string;
  readonly bucket: number;
  /** Those of this device. */
  readonly rows: readonly string[];
}

export interface RepairingNeeds extends Chance {
  readonly store: ReplicaStore;
  sealer(): Pick<Sealer, 'idOf' | 'cellOf'>;
}

export async function nextDigest({ store, random }: RepairingNeeds): Promise<Comparison> {
  return store.transact([], async (tx) => ({
    request: await introduction(tx, random),
    history: await remembered(tx, 'history'),
  }));
}

export async function nextBucket(
  { store, random }: RepairingNeeds,
  { collection, bucket }: Pick<Bucket, 'collection' | 'bucket'>,
): Promise<BucketRequest> {
  return store.transact([], async (tx) => ({
    ...(await introduction(tx, random)),
    collection,
    bucket,
  }));
}

/** The buckets in which the server has something else than what this replica knows it to have. */
export async function onDigest(
  { store, sealer, ...chance }: RepairingNeeds,
  comparison: Comparison,
  answer: DigestAnswer,
): Promise<readonly Bucket[] | Refused['kind'] | 'stale'> {
  const known = await store.transact('all', async (tx) => {
    if (!(await isOfThisHistory(tx, comparison))) return 'stale';
    await noteTime(tx, answer.nowMs, chance);
    return answer.kind === 'digest' ? tx.collections() : refused(tx, answer.kind);
  });
  if (typeof known === 'string') return known;
  const sums = answer.kind === 'digest' ? answer.sums : {};
  const differing: Bucket[] = [];
  for (const collection of new Set([...known, ...Object.keys(sums)])) {
    const ours = await sumUp(store, collection, sealer());
    const theirs = sums[collection] ?? [];
    for (const [bucket, rows] of ours.rows.entries()) {
      if (ours.digest[bucket] !== (theirs[bucket] ?? 0)) {
        differing.push({ comparison, collection, bucket, rows });
      }
    }
  }
  return differing;
}

/** False once the server was found to be restored, or encryption was switched. */
async function isOfThisHistory(tx: ReplicaTx, { request, history }: Comparison): Promise<boolean> {
  const { epoch } = await remembered(tx, 'sealing');
  return epoch === request.epoch && history === (await remembered(tx, 'history'));
}

/** True when nothing was heard from the server meanwhile: its answer may know less than that. */
async function isNewest(tx: ReplicaTx, { witness }: BucketRequest): Promise<boolean> {
  const { seq, token } = await remembered(tx, 'witness');
  return seq === witness.seq && token === witness.token;
}

/**
 * Merges what the server has of a bucket and lets what it lacks wait to be sent.
 *
 * `bucket` holds the rows that were there when its sum was taken: those that came since are from
 * the server, or wait already.
 */
export async function onBucket(
  { store, sealer, ...chance }: RepairingNeeds,
  { comparison, collection, rows: ids }: Bucket,
  request: BucketRequest,
  answer: BucketAnswer,
  opened: readonly Fragment[],
): Promise<'done' | Refused['kind'] | 'stale'> {
  const inStep = (work: (tx: ReplicaTx) => Promise<'done' | Refused['kind'] | 'stale'>) =>
    store.transact([collection], async (tx) =>
      (await isOfThisHistory(tx, comparison)) ? work(tx) : 'stale',
    );
  if (answer.kind !== 'bucket') return inStep((tx) => refused(tx, answer.kind));
  for (const some of inParts(opened)) {
    const effect = await inStep(async (tx) => {
      await mergeRemote(tx, some, chance.nowMs());
      return 'done';
    });
    if (effect !== 'done') return effect;
  }
  const theirs = stampsByRow(answer.fragments);
  const names = sealer();
  for (const some of inParts(ids)) {
    const effect = await inStep(async (tx) => {
      // An older answer knows too little to say what the server lacks.
      if (!(await isNewest(tx, request))) return 'stale';
      await repairRows(tx, { collection, ids: some, theirs, names });
      return 'done';
    });
    if (effect !== 'done') return effect;
  }
  return 'done';
}

function inParts<T>(all: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += PAGE_ROWS) parts.push(all.slice(at, at + PAGE_ROWS));
  return parts;
}

interface Repair {
  readonly collection: string;
  readonly ids: readonly string[];
  readonly theirs: ReadonlyMap<string, ReadonlyMap<string, Hlc>>;
  readonly names: Pick<Sealer, 'idOf' | 'cellOf'>;
}

async function repairRows(
  tx: ReplicaTx,
  { collection, ids, theirs, names }: Repair,
): Promise<void> {
  const places = ids.map((row) => ({ collection, row }));
  const rows = await openRows(tx, places);
  const isRestored = (await remembered(tx, 'repair')) === 'due';
  for (const place of places) {
    const known = theirs.get(names.idOf(collection, place.row));
    const stampOfTheirs = (cell: string) => known?.get(names.cellOf(place.row, cell));
    repairRow(rows, rows.at(place), stampOfTheirs, isRestored);
  }
  await rows.save();
}

/** By their names on the wire: the server has also what could not be opened here yet. */
function stampsByRow(fragments: readonly WireFragment[]) {
  const rows = new Map<string, Map<string, Hlc>>();
  for (const wire of fragments) {
    const read = fromWire(wire);
    if ('fault' in read) continue;
    const { row, hlc, cells } = read;
    const stamps = rows.get(row) ?? new Map<string, Hlc>();
    rows.set(row, stamps);
    for (const cell of Object.keys(cells)) {
      if (hlc > (stamps.get(cell) ?? '')) stamps.set(cell, hlc);
    }
  }
  return rows;
}

function repairRow(
  rows: OpenRows,
  row: OpenRow,
  stampOfTheirs: (cell: string) => Hlc | undefined,
  isRestored: boolean,
): void {
  if (!row.state) return;
  const lacking = new Map<Hlc, Record<string, Json>>();
  for (const [cell, { value, hlc }] of settledCells(row.state, row.shadow)) {
    const known = stampOfTheirs(cell);
    if (known !== undefined && known >= hlc) continue;
    if (known === undefined && !isRestored && isText(row.collection, cell)) {
      if (isDirty(row, cell)) row.shadow[cell] = null;
      else dropCell(row.state, cell);
      row.isTouched = true;
      continue;
    }
    const cells = lacking.get(hlc) ?? {};
    cells[cell] = value;
    lacking.set(hlc, cells);
    row.shadow[cell] = null;
  }
  for (const [hlc, cells] of lacking) queue(rows, row, hlc, cells);
}

function isText(collection: string, cell: string): boolean {
  return collectionNamed(collection)?.fields[partsOfCell(cell).field]?.merge === 'text';
}

function queue(rows: OpenRows, row: OpenRow, hlc: Hlc, cells: Cells): void {
  const schemaVersion = collectionNamed(row.collection)?.schemaVersion ?? 1;
  for (const part of partsOf(cells)) {
    rows.wait(row, { collection: row.collection, row: row.row, hlc, cells: part, schemaVersion });
  }
  for (const cell of Object.keys(cells)) settleCell(row, cell);
}

/** Every bucket that differed was compared; `stale`: with a server that was restored since. */
export async function endRepair(
  { store }: RepairingNeeds,
  comparison: Comparison,
): Promise<'done' | 'stale'> {
  return store.transact([], async (tx) => {
    if (!(await isOfThisHistory(tx, comparison))) return 'stale';
    await tx.putMeta('repair', 'no');
    return 'done';
  });
}
