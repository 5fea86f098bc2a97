/** Brings contents of rows to where the account's other devices find them, and from there. */
import type { Writer } from '../writer.ts';
import type { Database } from '#workers/store/database.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Failure } from '#core/errors.ts';
import type { Content, ContentKind } from '#workers/store/content-kind.ts';
import {
  contentCell,
  contentKinds,
  fetchedContent,
  idsHere,
  isSealedWith,
  keepContent,
  rowsOf,
  sentContent,
  type ContentStore,
} from '#workers/store/contents.ts';
import { noteLooked } from '#workers/store/fetched-mark.ts';
import { ownerOf } from '#workers/store/owner.ts';
import type { Sealing } from '#core/sync/protocol.ts';
import type { Fetch } from '../transport.ts';
import { openSealer } from './open-sealer.ts';
import { sealerSources } from './sources.ts';

export interface ContentMover {
  /** Sends at most so many contents whose chunks are not there yet; how many it sent. */
  send(most: number): Promise<number>;
  /** Fetches those of the newest rows; how many it fetched. */
  prefetch(): Promise<number>;
  /** Fetches all. */
  gather(onRatio: (ratio: number) => void): Promise<Gathered>;
}

export interface Gathered {
  /** How many of each collection are not here. */
  readonly missing: Readonly<Partial<Record<ContentKind['collection'], number>>>;
  /** They could be had, and there is no room for them. */
  readonly isFull: boolean;
}

export interface MoverParts {
  readonly database: Database;
  readonly writer: Writer;
  readonly store: ContentStore;
  nowMs(): number;
}

/** What could not be had is left alone for so long. */
const pauseMs = 3_600_000;
const sentAtOnce = 10;

/** A step of a replica's round; see `RoundParts`. */
export function contentCarrier(
  { database, writer, nowMs }: Omit<MoverParts, 'store'>,
  storeNow: () => ContentStore | null,
): () => Promise<boolean> {
  let mover: ContentMover | null = null;
  let of: ContentStore | null = null;
  return async () => {
    const store = storeNow();
    if (store !== of) mover = store && contentMover({ database, writer, store, nowMs });
    of = store;
    if (!mover) return false;
    if ((await mover.send(sentAtOnce)) > 0) return true;
    await mover.prefetch();
    return false;
  };
}

export function contentMover(parts: MoverParts): ContentMover {
  const { database } = parts;
  const movers = contentKinds.map((kind) => moverOf(kind, parts));
  return {
    async send(most) {
      // Whose chunks the server has lost.
      const lost = await database.outbox.filter(({ held }) => held === 'missing').toArray();
      let count = 0;
      for (const { collection, send } of movers) {
        const rows = lost.filter((entry) => entry.collection === collection).map(({ row }) => row);
        count += await send(most - count, new Set(rows));
      }
      return count;
    },
    async prefetch() {
      let count = 0;
      for (const { prefetch } of movers) count += await prefetch();
      return count;
    },
    async gather(onRatio) {
      let isHad = true;
      for (const [index, { gather }] of movers.entries()) {
        const onPart = (ratio: number) => onRatio((index + ratio) / movers.length);
        isHad = (await gather(onPart)) && isHad;
      }
      // Only now: on a full device what was fetched first may have given way to the rest.
      const missing: Record<string, number> = {};
      for (const { collection, away } of movers) {
        const count = (await away()).length;
        if (count > 0) missing[collection] = count;
      }
      return { missing, isFull: isHad && Object.keys(missing).length > 0 };
    },
  };
}

function moverOf(kind: ContentKind, { database, writer, store, nowMs }: MoverParts) {
  const { collection, field } = kind;
  /** Rows whose chunks are where the account's key says. */
  const sent = new Set<string>();
  /** When a row's may be asked for again ahead of being opened. */
  const pausedUntilMs = new Map<string, number>();
  async function fetchOne(id: string, cell: unknown): Promise<'here' | 'elsewhere' | 'no room'> {
    const content = await fetchedContent(kind, id, cell, store);
    if (content === 'elsewhere') return content;
    return (await keepContent(database, kind, id, content, store)) ? 'here' : 'no room';
  }
  /** Rows whose content is somewhere, and not here. */
  async function away() {
    const here = new Set(await idsHere(database, kind));
    const rows = await rowsOf(database, kind).toArray();
    return rows.filter((row) => !here.has(row.id) && contentCell(kind, row) !== undefined);
  }
  return {
    collection,
    away,
    async send(most: number, lost: ReadonlySet<string>): Promise<number> {
      for (const id of lost) sent.delete(id);
      let count = 0;
      for (const id of await unsent(database, kind, { sent, lost, keyId: store.keyId })) {
        if (count >= most) break;
        const content = await kind.read(database, id);
        if (!content) continue;
        const ref = await sentContent(content, store);
        // No network or no room: the next round tries again.
        if (!ref) break;
        await writer.write([{ kind: 'put', collection, id, fields: { [field]: ref } }]);
        sent.add(id);
        count++;
      }
      return count;
    },
    async prefetch(): Promise<number> {
      let count = 0;
      const newest = await kind.newest(database);
      const here = new Set(await idsHere(database, kind));
      for (const row of newest.filter(({ id }) => !here.has(id))) {
        if (nowMs() < (pausedUntilMs.get(row.id) ?? -Infinity)) continue;
        const cell = contentCell(kind, row);
        if ((await fetchOne(row.id, cell)) === 'here') count++;
        // Where the row does not say yet where it is, it soon will.
        else if (cell !== undefined) pausedUntilMs.set(row.id, nowMs() + pauseMs);
      }
      return count;
    },
    /** Whether all could be had, if not kept. */
    async gather(onRatio: (ratio: number) => void): Promise<boolean> {
      const rows = await away();
      let isHad = true;
      for (const [index, row] of rows.entries()) {
        onRatio(index / rows.length);
        if ((await fetchOne(row.id, contentCell(kind, row))) === 'elsewhere') isHad = false;
      }
      return isHad;
    },
  };
}

/** Rows with contents here that the others cannot find, those the server has lost among them. */
async function unsent(
  database: Database,
  kind: ContentKind,
  { sent, lost, keyId }: { sent: Set<string>; lost: ReadonlySet<string>; keyId: string },
): Promise<readonly string[]> {
  const ids = (await idsHere(database, kind)).filter((id) => !sent.has(id));
  const rows = await rowsOf(database, kind).bulkGet(ids);
  return ids.filter((id, i) => {
    const row = rows[i];
    const isThere = isSealedWith(contentCell(kind, row), keyId) && !lost.has(id);
    if (isThere) sent.add(id);
    return row !== undefined && !isThere;
  });
}

/**
 * The content of a row, from this device or its account's chunks; null for a row that has none.
 *
 * Error: `sync.elsewhere` where it cannot be had now.
 */
export async function contentOf(
  database: Database,
  kind: ContentKind,
  id: string,
  fetch: Fetch,
): Promise<Result<Content | null, Failure>> {
  const here = await kind.read(database, id);
  if (here) {
    await noteLooked(database, kind, id);
    return ok(here);
  }
  const row = await rowsOf(database, kind).get(id);
  const cell = contentCell(kind, row);
  // Nobody's data are all here.
  if (!row || (cell === undefined && (await ownerOf(database)) === null)) return ok(null);
  const store = await openStore(database, fetch);
  const content = store && (await fetchedContent(kind, id, cell, store));
  if (!store || !content || content === 'elsewhere') return fail(elsewhere);
  await keepContent(database, kind, id, content, store);
  return ok(content);
}

const elsewhere: Failure = {
  code: 'sync.elsewhere',
  detail: 'The content of the row is not on this device and cannot be fetched now.',
};

/** Null while nobody owns the database, or its data are locked. */
async function openStore(database: Database, fetch: Fetch): Promise<ContentStore | null> {
  const userId = await ownerOf(database);
  const sealing = (await database.replicaMeta.get('sealing'))?.value as Sealing | undefined;
  if (userId === null || !sealing) return null;
  const choice = await openSealer(sealerSources(database, userId, fetch), sealing);
  return choice.kind === 'ready' ? choice : null;
}
