/**
 * What a replica needs of its storage, so that it runs on IndexedDB and in a simulation alike.
 *
 * A transaction is atomic and isolated from other tabs: when its work throws, nothing is written.
 */
import type { Cells, Json } from '#core/sync/fragment.ts';
import type { ClockState, Hlc } from '#core/sync/hlc.ts';
import type { BootstrapRequest, Sealing, Witness } from '#core/sync/protocol.ts';
import type { RowState } from '#core/sync/row-state.ts';

/** A change that the server has not acknowledged yet. */
export interface OutboxEntry {
  /** Rises with each entry; given by the store. */
  readonly lsn: number;
  readonly collection: string;
  readonly row: string;
  readonly hlc: Hlc;
  readonly cells: Cells;
  readonly schemaVersion: number;
  readonly groupId?: string;
  readonly covers?: readonly string[];
  /** Why the server did not take it yet, for who looks at it; missing = it was not asked. */
  readonly held?: 'quota' | 'missing';
}
export type NewOutboxEntry = Omit<OutboxEntry, 'lsn'>;

/** What the server last had of cells that were written here since; null = it had none. */
export interface ShadowRow {
  readonly collection: string;
  readonly row: string;
  cells: Record<string, { readonly value: Json; readonly hlc: Hlc } | null>;
}

/** A value that another one replaced, kept for 30 days to be looked at and brought back. */
export interface Loser {
  readonly collection: string;
  readonly row: string;
  readonly cell: string;
  readonly value: Json;
  readonly hlc: Hlc;
  /** The stamp that won. */
  readonly wonBy: Hlc;
  /** True when neither knew of the other: the device that lost had not sent it yet. */
  readonly concurrent: boolean;
  readonly atMs: number;
}

/** A change that the server will never take: kept, so that nothing is lost. */
export interface ShelvedOp {
  readonly collection: string;
  readonly row: string;
  readonly cells: Cells;
  readonly reason: 'invalid' | 'gone';
  readonly atMs: number;
}

/** A push on its way: sent again exactly as it is until it is answered. */
export interface Flight {
  readonly pushNo: number;
  readonly nonce: string;
  readonly lsns: readonly number[];
  /** Those that these changes are of; earlier versions did not note them. */
  readonly rows?: readonly { readonly collection: string; readonly row: string }[];
  /** The request as JSON, sealed already. */
  readonly body: string;
  /**
   * Where up to this number nothing else waited of those rows, and nothing covers anything: once
   * all of it is taken, only what came since can still wait.
   */
  readonly aloneUpTo?: number;
}

/** What a replica remembers beside its rows; each by its name. */
export interface ReplicaMeta {
  clock: ClockState;
  /** The latest stamp that the server has: what is stamped anew is stamped above it. */
  seen: ClockState;
  /** At first a random one; the server gives another. */
  node: string;
  /** Empty until the server has given a node: at first, and after this copy was told from another. */
  nonce: string;
  pushNo: number;
  /** Last sequence number applied; -1 = the first sync is not done. */
  cursor: number;
  /** How far the first sync has come; null = not begun, or done. */
  bootstrap: BootstrapRequest['from'];
  witness: Witness;
  /**
   * How often the server was found to know less than it did: what it said before says nothing of
   * what it has now.
   */
  history: number;
  sealing: Sealing;
  flight: Flight | null;
  /** Server's clock less ours. */
  serverOffsetMs: number;
  /** After a reset, and at first: cells that the server lacks are given to it, bucket by bucket. */
  repair: 'no' | 'due';
  /**
   * False while rows may have cells without a stamp, written when the database was nobody's;
   * `looking` while they are looked for and none was written since that began.
   */
  adopted: boolean | 'looking';
}
export type MetaKey = keyof ReplicaMeta;

export interface ReplicaTx {
  /** In the order of `ids`; undefined where there is none. Deleted rows are found as well. */
  rows(collection: string, ids: readonly string[]): Promise<(RowState | undefined)[]>;
  /** A row whose cell `_del` is 1 leaves the lists that pages see and stays readable here. */
  putRows(collection: string, rows: readonly RowState[]): Promise<void>;
  /**
   * At most so many rows, deleted ones as well, in the order of their ids: those after `after`, from
   * the first for null. Fewer than `most`: there are no others.
   */
  rowsAfter(collection: string, after: string | null, most: number): Promise<RowState[]>;
  /** Collections with rows, unknown ones of a later version included. */
  collections(): Promise<readonly string[]>;

  outboxOf(
    rows: readonly { readonly collection: string; readonly row: string }[],
  ): Promise<OutboxEntry[]>;
  /** The oldest first: those after a number, by default all. */
  outbox(range?: { readonly after?: number; readonly most?: number }): Promise<OutboxEntry[]>;
  outboxByLsn(lsns: readonly number[]): Promise<OutboxEntry[]>;
  outboxCount(): Promise<number>;
  addToOutbox(entries: readonly NewOutboxEntry[]): Promise<void>;
  putOutbox(entries: readonly OutboxEntry[]): Promise<void>;
  deleteFromOutbox(lsns: readonly number[]): Promise<void>;

  shadows(
    rows: readonly { readonly collection: string; readonly row: string }[],
  ): Promise<(ShadowRow | undefined)[]>;
  /** A shadow without cells is removed. */
  putShadows(shadows: readonly ShadowRow[]): Promise<void>;

  /** Undefined until it was first put. */
  meta<K extends MetaKey>(key: K): Promise<ReplicaMeta[K] | undefined>;
  putMeta<K extends MetaKey>(key: K, value: ReplicaMeta[K]): Promise<void>;

  addLosers(losers: readonly Loser[]): Promise<void>;
  shelve(ops: readonly ShelvedOp[]): Promise<void>;
}

export interface ReplicaStore {
  /**
   * Runs `work` as one transaction over what is replicated. Inside, nothing but the transaction
   * may be awaited. `collections` are those whose rows are touched; `all` = any.
   */
  transact<T>(
    collections: readonly string[] | 'all',
    work: (tx: ReplicaTx) => Promise<T>,
  ): Promise<T>;
}
