/** Brings the arrays of runs to where the account's other devices find them, and from there. */
import type { Writer } from '../writer.ts';
import type { Database, RunArrays } from '#workers/store/database.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Failure } from '#core/errors.ts';
import {
  arraysCell,
  fetchedArrays,
  keepArrays,
  sentArrays,
  type Curves,
} from '#workers/store/run-chunks.ts';
import { noteLooked } from '#workers/store/fetched-mark.ts';
import { ownerOf } from '#workers/store/owner.ts';
import type { Sealing } from '#core/sync/protocol.ts';
import type { Fetch } from '../transport.ts';
import { readChunkRef } from './chunk-ref.ts';
import { openSealer } from './open-sealer.ts';
import { sealerSources } from './sources.ts';

export interface CurveMover {
  /** Sends the arrays of at most so many runs whose chunks are not there yet; how many it sent. */
  send(most: number): Promise<number>;
  /** Fetches those of the newest runs; how many it fetched. */
  prefetch(): Promise<number>;
  /** Fetches those of all runs; how many could not be had. */
  gather(onRatio: (ratio: number) => void): Promise<number>;
}

export interface CurveParts {
  readonly database: Database;
  readonly writer: Writer;
  readonly curves: Curves;
  nowMs(): number;
}

const prefetched = 20;
/** A run whose arrays could not be had is left alone for so long. */
const pauseMs = 3_600_000;
const sentAtOnce = 10;

/** A step of a replica's round; see `RoundParts`. */
export function curveCarrier(
  { database, writer, nowMs }: Omit<CurveParts, 'curves'>,
  curvesNow: () => Curves | null,
): () => Promise<boolean> {
  let mover: CurveMover | null = null;
  let of: Curves | null = null;
  return async () => {
    const curves = curvesNow();
    if (curves !== of) mover = curves && curveMover({ database, writer, curves, nowMs });
    of = curves;
    if (!mover) return false;
    if ((await mover.send(sentAtOnce)) > 0) return true;
    await mover.prefetch();
    return false;
  };
}

export function curveMover({ database, writer, curves, nowMs }: CurveParts): CurveMover {
  /** Runs whose chunks are where the account's key says. */
  const sent = new Set<string>();
  /** When a run may be asked for again ahead of being opened. */
  const pausedUntilMs = new Map<string, number>();
  async function fetchOne(runId: string, cell: unknown): Promise<boolean> {
    const arrays = await fetchedArrays(runId, cell, curves);
    if (arrays === 'elsewhere') return false;
    await keepArrays(database, arrays, curves);
    return true;
  }
  return {
    async send(most) {
      let count = 0;
      for (const runId of await unsent(database, sent, curves.keyId)) {
        if (count === most) break;
        const arrays = await database.runArrays.get(runId);
        if (!arrays) continue;
        const ref = await sentArrays(arrays, curves);
        // No network or no room: the next round tries again.
        if (!ref) break;
        const fields = { arrays: ref };
        await writer.write([{ kind: 'put', collection: 'runs', id: runId, fields }]);
        sent.add(runId);
        count++;
      }
      return count;
    },
    async prefetch() {
      let count = 0;
      const newest = await database.runs.orderBy('createdMs').reverse().limit(prefetched).toArray();
      for (const run of newest) {
        if ((await database.runArrays.where('runId').equals(run.id).count()) > 0) continue;
        if (nowMs() < (pausedUntilMs.get(run.id) ?? -Infinity)) continue;
        if (await fetchOne(run.id, arraysCell(run))) count++;
        // Where the row does not say yet where they are, it soon will.
        else if (arraysCell(run) !== undefined) pausedUntilMs.set(run.id, nowMs() + pauseMs);
      }
      return count;
    },
    async gather(onRatio) {
      const here = new Set(await database.runArrays.toCollection().primaryKeys());
      const away = (await database.runs.toArray()).filter(
        (run) => !here.has(run.id) && arraysCell(run) !== undefined,
      );
      let missing = 0;
      for (const [index, run] of away.entries()) {
        onRatio(index / away.length);
        if (!(await fetchOne(run.id, arraysCell(run)))) missing++;
      }
      return missing;
    },
  };
}

/** Runs with arrays here that the others cannot find, those the server has lost among them. */
async function unsent(
  { runs, runArrays, outbox }: Database,
  sent: Set<string>,
  keyId: string,
): Promise<readonly string[]> {
  const lost = await outbox.filter(isLost).toArray();
  for (const { row } of lost) sent.delete(row);
  const again = new Set(lost.map(({ row }) => row));
  const ids = (await runArrays.toCollection().primaryKeys()).filter((id) => !sent.has(id));
  const rows = await runs.bulkGet(ids);
  return ids.filter((id, i) => {
    const row = rows[i];
    const isThere = readChunkRef(arraysCell(row))?.layout.key === keyId && !again.has(id);
    if (isThere) sent.add(id);
    return row !== undefined && !isThere;
  });
}

function isLost({ collection, held }: { collection: string; held?: string }): boolean {
  return collection === 'runs' && held === 'missing';
}

/**
 * The arrays of a run, from this device or its account's chunks; null for a run that has none.
 *
 * Error: `sync.elsewhere` where they cannot be had now.
 */
export async function runArraysOf(
  database: Database,
  runId: string,
  fetch: Fetch,
): Promise<Result<RunArrays | null, Failure>> {
  const here = await database.runArrays.get(runId);
  if (here) {
    await noteLooked(database, runId);
    return ok(here);
  }
  const run = await database.runs.get(runId);
  const cell = arraysCell(run);
  // Nobody's data are all here.
  if (!run || (cell === undefined && (await ownerOf(database)) === null)) return ok(null);
  const curves = await openCurves(database, fetch);
  const arrays = curves && (await fetchedArrays(runId, cell, curves));
  if (!curves || !arrays || arrays === 'elsewhere') return fail(elsewhere);
  await keepArrays(database, arrays, curves);
  return ok(arrays);
}

const elsewhere: Failure = {
  code: 'sync.elsewhere',
  detail: 'The arrays of the run are not on this device and cannot be fetched now.',
};

/** Null while nobody owns the database, or its data are locked. */
async function openCurves(database: Database, fetch: Fetch): Promise<Curves | null> {
  const userId = await ownerOf(database);
  const sealing = (await database.replicaMeta.get('sealing'))?.value as Sealing | undefined;
  if (userId === null || !sealing) return null;
  const choice = await openSealer(sealerSources(database, userId, fetch), sealing);
  return choice.kind === 'ready' ? choice : null;
}
