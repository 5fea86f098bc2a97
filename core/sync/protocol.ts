/**
 * What a replica and the server say to one another.
 *
 * `witness` is the newest (seq, token) that the replica has seen in any answer: where the server
 * does not know it any more, it was restored from a backup, and answers `reset`. `nonce` changes
 * with each push: one that is not the last means that the replica was copied, and the answer is
 * `forked`. An identical retry gets the stored answer.
 */
import type { WireFragment } from './fragment.ts';

export interface Witness {
  /** 0 with an empty token before anything was seen. */
  readonly seq: number;
  readonly token: string;
}

export const MOST_PUSH_OPS = 500;
export const MOST_PUSH_BYTES = 262_144;
export const MOST_PAGE_FRAGMENTS = 5_000;
export const MOST_PAGE_BYTES = 2_097_152;
export const CHUNK_BYTES = 1_048_576;
/**
 * Beside a chunk that is sent: whose it is, since the session may be another's by now, and of which
 * `Sealing`, so that nothing arrives in clear once encryption is on.
 */
export const chunkHeaders = { account: 'x-offing-account', epoch: 'x-offing-epoch' } as const;

/**
 * `ok` merged, or known before · `future` stamped too far ahead: stamp it anew · `invalid` never
 * taken · `gone` its row was purged · `quota` no room, and it would grow · `missing` a chunk that
 * it refers to is not here.
 */
export const outcomes = ['ok', 'future', 'invalid', 'gone', 'quota', 'missing'] as const;
export type Outcome = (typeof outcomes)[number];

/** How the account's data are kept: the `epoch` changes whenever encryption is switched. */
export interface Sealing {
  readonly epoch: number;
  readonly encrypted: boolean;
}

export interface RegisterAnswer {
  readonly node: string;
  readonly nonce: string;
  readonly nowMs: number;
  readonly sealing: Sealing;
}

export interface PushRequest {
  readonly node: string;
  /** One more with each push of this node. */
  readonly pushNo: number;
  readonly nonce: string;
  readonly witness: Witness;
  /** Of `Sealing`, as the replica knows it. */
  readonly epoch: number;
  /** How many changes wait on the device beside these; shown in the list of devices. */
  readonly unsynced: number;
  readonly ops: readonly WireFragment[];
}

export type PushAnswer =
  | {
      readonly kind: 'done';
      /** One for each op, in order. */
      readonly outcomes: readonly Outcome[];
      readonly nonce: string;
      readonly witness: Witness;
      readonly nowMs: number;
    }
  | Refused;

/** `sealed`: encryption was switched on or off; the replica asks anew how data are kept. */
export interface Refused {
  readonly kind: 'forked' | 'reset' | 'sealed';
  readonly nowMs: number;
}

export interface PullRequest {
  readonly node: string;
  /** The last sequence number applied; it is never beyond the witness. */
  readonly cursor: number;
  readonly witness: Witness;
  readonly epoch: number;
  /** At most so many fragments, save that a group that fits a push is not split. */
  readonly limit: number;
}

export type PullAnswer =
  | {
      readonly kind: 'page';
      readonly fragments: readonly WireFragment[];
      /** To be kept in the transaction that applies the page. */
      readonly cursor: number;
      readonly head: number;
      readonly witness: Witness;
      readonly nowMs: number;
    }
  | Refused;

/** First sync: pages from the newest fragment down, of what there was at one moment. */
export interface BootstrapRequest {
  readonly node: string;
  readonly epoch: number;
  /** Of the answer before; null begins. */
  readonly from: { readonly head: number; readonly before: number } | null;
}

export type BootstrapAnswer =
  | {
      readonly kind: 'page';
      readonly fragments: readonly WireFragment[];
      readonly head: number;
      /** Where the next page ends; null = this was the last one. */
      readonly before: number | null;
      /** Of `head`; what comes after it is pulled. */
      readonly witness: Witness;
      readonly nowMs: number;
    }
  | Refused;

export interface DigestRequest {
  readonly node: string;
  readonly epoch: number;
  readonly witness: Witness;
}
export type DigestAnswer =
  | {
      readonly kind: 'digest';
      readonly head: number;
      /** 256 sums a collection, see `digest.ts`. */
      readonly sums: Readonly<Record<string, readonly number[]>>;
      readonly nowMs: number;
    }
  | Refused;

/** All live fragments of one bucket, to be repaired from and towards. */
export interface BucketRequest {
  readonly node: string;
  readonly epoch: number;
  readonly witness: Witness;
  readonly collection: string;
  readonly bucket: number;
}
export type BucketAnswer =
  | {
      readonly kind: 'bucket';
      readonly fragments: readonly WireFragment[];
      readonly head: number;
      readonly nowMs: number;
    }
  | Refused;
