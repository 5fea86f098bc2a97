/** What the replica worker can be asked, over Comlink, and what tabs say to whichever leads. */
import type { ErrorCode } from '#core/errors.ts';
import type { TradingWords } from './live/live.ts';

export interface ReplicaOptions {
  /** Name of the database that is replicated. */
  readonly database: string;
  /** Whose it is. */
  readonly userId: string;
}

export interface ReplicaWorker {
  /** Begins; until the worker is ended. */
  start(options: ReplicaOptions): Promise<void>;
  /** Ends what is under way, so that the worker can be ended without harm. */
  stop(): Promise<void>;
}

/** What keeps the replica from going on, or what it does. */
export type SyncPhase =
  /** Nothing to do. */
  | 'idle'
  | 'syncing'
  /** Everything that the account has is on its way here. */
  | 'first-sync'
  /** The device has no network. */
  | 'offline'
  | 'unreachable'
  /** The server wants to be left alone until `untilMs`. */
  | 'waiting'
  /** The session ended, or is another account's. */
  | 'signed-out'
  /** The data are encrypted and the passphrase is not known here. */
  | 'locked'
  /** No room on this device. */
  | 'device-full';

/** Written by the leader as row `statusKey` of the replica's memory, for every tab to read. */
export interface SyncStatus {
  readonly phase: SyncPhase;
  /** Of the first sync, 0 … 1. */
  readonly ratio: number | null;
  readonly untilMs: number | null;
  /** When device and server were last known to have the same. */
  readonly syncedMs: number | null;
  /** When everything was last compared with the server. */
  readonly comparedMs: number | null;
  /** The server took some changes not, since the account has no room left. */
  readonly isServerFull: boolean;
  /** Why a call failed, where `phase` does not say it all. */
  readonly failure: ErrorCode | null;
}

/** Between the tabs and the leader's worker, on their channel. */
export type ReplicaMessage =
  /** Try now. */
  | { readonly kind: 'retry' }
  /** Compare everything with the server. */
  | { readonly kind: 'repair' }
  /** The passphrase was entered. */
  | { readonly kind: 'unlocked' }
  /** A row is wanted before its turn in the first sync. */
  | { readonly kind: 'touch'; readonly collection: string; readonly row: string }
  /** Is anybody leading? */
  /** Something of a trading account, as the room said it. */
  | TradingWords
  /** Are changes told by the server as they happen? */
  | { readonly kind: 'line?' }
  | { readonly kind: 'line'; readonly isTold: boolean }
  | { readonly kind: 'ping' }
  | { readonly kind: 'pong' };
