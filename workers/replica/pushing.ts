/** Changes that wait, on their way to the server and what comes of them. */
import { witnessStamp } from '#core/sync/hlc.ts';
import { type Outcome, type PushAnswer, type PushRequest } from '#core/sync/protocol.ts';
import { isEqual } from '#core/sync/row-projection.ts';
import { stampOf } from '#core/sync/row-state.ts';
import {
  cellsOfEntry,
  openRows,
  raiseShadow,
  settleCell,
  type OpenRow,
  type OpenRows,
  type Place,
  type Waiting,
} from './open-rows.ts';
import { placeOf } from './push-batch.ts';
import type { Batch, PushQueue } from './push-queue.ts';
import { introduction, noteTime, noteWitness, remembered, startOver } from './replica-memory.ts';
import type {
  Flight,
  NewOutboxEntry,
  OutboxEntry,
  ReplicaStore,
  ReplicaTx,
  ShelvedOp,
} from './replica-store.ts';
import { bringBack } from './restamping.ts';
import type { Sealer } from './sealing/sealer.ts';
import type { Chance } from './stamping.ts';

/** `stale`: it answers what is not asked any more, or may not hold any more. */
export type PushEffect = PushAnswer['kind'] | 'stale';

export interface PushingNeeds extends Chance {
  readonly store: ReplicaStore;
  readonly queue: PushQueue;
  sealer(): Pick<Sealer, 'seal' | 'bytesOf' | 'epoch'>;
}

/**
 * What to send next: again what is on its way, or a new batch; null where nothing waits, or the
 * replica is not registered.
 *
 * Sealing takes time outside of a transaction: what was changed meanwhile goes with a later batch.
 */
export async function nextPush(needs: PushingNeeds): Promise<PushRequest | null> {
  const { store, queue } = needs;
  for (;;) {
    const isReady = await queue.prepare(needs.sealer());
    const body = await store.transact([], async (tx) => {
      const flight = await remembered(tx, 'flight');
      if (flight) return flight.body;
      if ((await remembered(tx, 'nonce')) === '') return null;
      const batch = isReady ? queue.take() : null;
      if (batch) return launch(tx, needs, batch);
      await queue.read(tx);
      return queue.isEmpty ? null : undefined;
    });
    if (body !== undefined) return body === null ? null : (JSON.parse(body) as PushRequest);
  }
}

/**
 * Chooses and seals what goes next, while a push is on its way; what is answered to that one then
 * launches it. What fails fails again, and is told, when it is needed.
 */
export async function preparePush({ queue, sealer }: PushingNeeds): Promise<void> {
  await queue.prepare(sealer()).catch(() => queue.clear());
}

const placeIn = ({ collection, row }: Place): Place => ({ collection, row });

/** What leaves; null where encryption was switched, undefined where nothing of it is left. */
async function launch(
  tx: ReplicaTx,
  { random, queue }: PushingNeeds,
  { chosen, wire, epoch, aloneUpTo }: Batch,
): Promise<string | null | undefined> {
  // Switched meanwhile: what was sealed as before must not leave.
  if (epoch !== (await remembered(tx, 'sealing')).epoch) {
    queue.clear();
    return null;
  }
  const now = new Map(
    (await tx.outboxByLsn(chosen.map(({ lsn }) => lsn))).map((entry) => [entry.lsn, entry]),
  );
  const changed = new Set(chosen.filter((entry) => !isEqual(now.get(entry.lsn), entry)));
  if (changed.size > 0) queue.clear();
  const brokenGroups = new Set([...changed].flatMap(({ groupId }) => groupId ?? []));
  const isSame = (entry: OutboxEntry) =>
    !changed.has(entry) && !brokenGroups.has(entry.groupId ?? '');
  const lsns = chosen.filter(isSame).map(({ lsn }) => lsn);
  if (lsns.length === 0) return undefined;
  const pushNo = (await remembered(tx, 'pushNo')) + 1;
  const nonce = await remembered(tx, 'nonce');
  const request: PushRequest = {
    ...(await introduction(tx, random)),
    pushNo,
    nonce,
    unsynced: (await tx.outboxCount()) - lsns.length,
    ops: changed.size === 0 ? wire : wire.filter((_, i) => isSame(chosen[i]!)),
  };
  const body = JSON.stringify(request);
  await tx.putMeta('pushNo', pushNo);
  const rows = [...new Map(chosen.map((entry) => [placeOf(entry), placeIn(entry)])).values()];
  const isPlain = lsns.length === chosen.length && chosen.every(({ covers }) => !covers);
  const alone = isPlain && aloneUpTo !== null && { aloneUpTo };
  await tx.putMeta('flight', { pushNo, nonce, lsns, rows, body, ...alone });
  return body;
}

export async function onPush(
  needs: PushingNeeds,
  request: PushRequest,
  answer: PushAnswer,
): Promise<PushEffect> {
  const { store, queue, ...chance } = needs;
  const effect = await store.transact('all', async (tx): Promise<PushEffect> => {
    const flight = await remembered(tx, 'flight');
    const isAsked = flight?.pushNo === request.pushNo && flight.nonce === request.nonce;
    if (!flight || !isAsked) return 'stale';
    await noteTime(tx, answer.nowMs, chance);
    await tx.putMeta('flight', null);
    if (answer.kind === 'reset') await startOver(tx);
    if (answer.kind === 'forked') await tx.putMeta('nonce', '');
    if (answer.kind !== 'done') return answer.kind;
    await tx.putMeta('nonce', answer.nonce);
    // It may be of a server that was restored since another tab pulled: what waits is sent again.
    if (!(await noteWitness(tx, answer.witness))) return 'stale';
    if (answer.outcomes.every((outcome) => outcome === 'ok')) {
      if (!(await settleAlone(tx, flight, request))) await settleEach(tx, flight, answer, chance);
      const batch = queue.take();
      if (batch) await launch(tx, needs, batch);
      return 'done';
    }
    queue.clear();
    await settleEach(tx, flight, answer, chance);
    if (answer.outcomes.includes('future')) await bringBack(tx, answer.nowMs, chance);
    return 'done';
  });
  if (effect !== 'done') queue.clear();
  return effect;
}

/**
 * All of it was taken, and nothing else waits of its rows: the server has what they show, so that
 * there is nothing more to keep of it, and no row to look at. False where something waits.
 */
async function settleAlone(
  tx: ReplicaTx,
  { lsns, rows, aloneUpTo }: Flight,
  { ops }: PushRequest,
): Promise<boolean> {
  if (aloneUpTo === undefined || !rows) return false;
  const places = new Set(rows.map(placeOf));
  const later = await tx.outbox({ after: aloneUpTo });
  if (later.some((entry) => places.has(placeOf(entry)))) return false;
  let seen = await remembered(tx, 'seen');
  for (const [, , hlc] of ops) seen = witnessStamp(seen, hlc);
  await tx.putMeta('seen', seen);
  await tx.putShadows(rows.map((place) => ({ ...place, cells: {} })));
  await tx.deleteFromOutbox(lsns);
  return true;
}

async function settleEach(
  tx: ReplicaTx,
  flight: Flight,
  answer: Extract<PushAnswer, { kind: 'done' }>,
  chance: Chance,
): Promise<void> {
  const outcomes = new Map(flight.lsns.map((lsn, i) => [lsn, answer.outcomes[i]!]));
  const places = flight.rows ?? (await tx.outboxByLsn(flight.lsns));
  await settle(tx, await openRows(tx, places), outcomes, chance);
}

async function settle(
  tx: ReplicaTx,
  rows: OpenRows,
  outcomes: ReadonlyMap<number, Outcome>,
  { nowMs }: Chance,
): Promise<void> {
  const shelved: ShelvedOp[] = [];
  let seen = await remembered(tx, 'seen');
  for (const { row, waiting, outcome } of answered(rows, outcomes)) {
    const { entry } = waiting;
    if (outcome === 'ok') {
      seen = witnessStamp(seen, entry.hlc);
      rows.forget(row, waiting);
      accept(row, entry);
    } else if (outcome === 'quota' || outcome === 'missing') {
      rows.replace(row, waiting, { ...waiting.entry, held: outcome });
    } else if (outcome !== 'future') {
      const shelf = refuse(rows, row, waiting, outcome);
      if (shelf) shelved.push({ ...shelf, atMs: nowMs() });
    }
    for (const cell of cellsOfEntry(entry)) settleCell(row, cell);
    if (hasUnstamped(row, entry)) await tx.putMeta('adopted', false);
  }
  await tx.putMeta('seen', seen);
  await rows.save();
  if (shelved.length > 0) await tx.shelve(shelved);
}

interface Answered {
  readonly row: OpenRow;
  readonly waiting: Waiting;
  readonly outcome: Outcome;
}

/** In the order of their numbers. */
function answered(rows: OpenRows, outcomes: ReadonlyMap<number, Outcome>): readonly Answered[] {
  const found = rows.all.flatMap((row) =>
    row.waiting.flatMap((waiting): (Answered & { readonly lsn: number })[] => {
      const { lsn } = waiting;
      const outcome = lsn === null ? undefined : outcomes.get(lsn);
      return lsn === null || outcome === undefined ? [] : [{ row, waiting, outcome, lsn }];
    }),
  );
  return found.sort((one, other) => one.lsn - other.lsn);
}

/**
 * What the server will never take is given up; of a group it may be another member that it does
 * not take, so that each goes once more alone.
 */
function refuse(
  rows: OpenRows,
  row: OpenRow,
  waiting: Waiting,
  reason: ShelvedOp['reason'],
): Omit<ShelvedOp, 'atMs'> | null {
  const { groupId, ...alone } = waiting.entry;
  if (groupId !== undefined) {
    rows.replace(row, waiting, alone);
    return null;
  }
  rows.forget(row, waiting);
  return { collection: row.collection, row: row.row, cells: alone.cells, reason };
}

/** What is there again was written before the database was anybody's. */
function hasUnstamped({ state }: OpenRow, entry: NewOutboxEntry): boolean {
  return Object.keys(entry.cells).some((cell) => state && stampOf(state, cell) === '');
}

/** The server has it: what it was the latest of is what may be returned to. */
function accept(row: OpenRow, { cells, covers, hlc }: NewOutboxEntry): void {
  for (const cell of covers ?? []) row.shadow[cell] = null;
  for (const [cell, value] of Object.entries(cells)) raiseShadow(row, cell, value, hlc);
}

/** Lets what the server had no room for, or lacked a chunk of, be sent again; says how many. */
export async function retryHeld({ store, queue }: PushingNeeds): Promise<number> {
  return store.transact([], (tx) => queue.free(tx));
}
