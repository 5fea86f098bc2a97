/**
 * What the exchange with replicas needs of the server's storage: Postgres, or a simulation.
 *
 * All of it is of one account. A transaction holds the account's head from its first read of it
 * to its commit, so that sequence numbers are given in the order of the commits.
 */
import type { PushAnswer, Witness } from '#core/sync/protocol.ts';
import type { FragmentChanges, RowKey, StoredFragment } from '#core/sync/server-merge.ts';

export type { FragmentChanges, RowKey, StoredFragment } from '#core/sync/server-merge.ts';

export interface Head {
  /** The last sequence number given; 0 = none yet. */
  readonly seq: number;
  /** Of the newest token; with it a replica's witness is compared. */
  readonly token: string;
  readonly epoch: number;
  readonly encrypted: boolean;
  /** What live fragments take, and chunks, for the quota. */
  readonly bytes: number;
}

export interface NodeState {
  readonly node: string;
  readonly pushNo: number;
  readonly nonce: string;
  /** Of the push before, so that its identical retry gets the answer again. */
  readonly last: {
    readonly nonce: string;
    readonly hash: string;
    readonly answer: PushAnswer;
  } | null;
}

export interface ServerTx {
  /** Held until the commit; made where there is none. */
  holdHead(): Promise<Head>;
  saveHead(head: Head): Promise<void>;
  /** Without holding it. */
  head(): Promise<Head>;
  /** The token minted with this sequence number; null = none was, or it is long gone. */
  tokenAt(seq: number): Promise<string | null>;
  mintToken(witness: Witness): Promise<void>;

  /** Null = never registered, or taken away. */
  node(node: string): Promise<NodeState | null>;
  addNode(state: NodeState): Promise<void>;
  saveNode(state: NodeState): Promise<void>;
  /** Notes that this node has everything up to `cursor`. */
  noteCursor(node: string, cursor: number): Promise<void>;

  /** What the live fragments of each of these rows take, in order. */
  bytesOf(rows: readonly RowKey[]): Promise<readonly number[]>;
  /** All live fragments of these rows. */
  fragmentsOf(rows: readonly RowKey[]): Promise<readonly StoredFragment[]>;
  apply(changes: FragmentChanges): Promise<void>;
  /** Of these hashes those that are stored. */
  chunksHeld(hashes: readonly string[]): Promise<ReadonlySet<string>>;

  /** Live fragments after `seq`, rising, at most `limit`. */
  after(seq: number, limit: number): Promise<readonly StoredFragment[]>;
  /** Live fragments before `seq`, falling, at most `limit`. */
  before(seq: number, limit: number): Promise<readonly StoredFragment[]>;
  /** The live fragments of a collection; in any order. */
  each(collection: string, visit: (fragment: StoredFragment) => void): Promise<void>;
  collections(): Promise<readonly string[]>;
}

export interface ServerStore {
  transact<T>(userId: string, work: (tx: ServerTx) => Promise<T>): Promise<T>;
}
