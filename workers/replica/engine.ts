/**
 * A replica's side of the exchange, one step each, over any storage: what to send, and what to do
 * with what was answered. Steps may be interrupted anywhere and taken again, by several at once.
 *
 * The caller asks the server, and opens the fragments of an answer with the sealer.
 */
import type { Fragment } from '#core/sync/fragment.ts';
import type {
  BootstrapAnswer,
  BootstrapRequest,
  BucketAnswer,
  BucketRequest,
  DigestAnswer,
  PullAnswer,
  PullRequest,
  PushAnswer,
  PushRequest,
  Refused,
  RegisterAnswer,
  Sealing,
  Witness,
} from '#core/sync/protocol.ts';
import { adoption, type Adoption } from './adoption.ts';
import {
  finishBootstrap,
  nextBootstrap,
  nextPull,
  onBootstrap,
  onPull,
  refused,
  type PullEffect,
} from './pulling.ts';
import { nextPush, onPush, preparePush, retryHeld, type PushEffect } from './pushing.ts';
import { PushQueue } from './push-queue.ts';
import { mergeRemote } from './remote-merge.ts';
import {
  endRepair,
  nextBucket,
  nextDigest,
  onBucket,
  onDigest,
  type Bucket,
  type Comparison,
} from './repairing.ts';
import { noteTime, remembered } from './replica-memory.ts';
import type { ReplicaStore, ReplicaTx } from './replica-store.ts';
import { renameStamps } from './restamping.ts';
import type { Sealer } from './sealing/sealer.ts';
import { nodeOf, type Chance } from './stamping.ts';

export type { Bucket, Comparison } from './repairing.ts';
export type { PullEffect } from './pulling.ts';
export type { PushEffect } from './pushing.ts';

export interface ReplicaState {
  readonly node: string;
  /** False: `register` comes before anything else. */
  readonly isRegistered: boolean;
  /** False: the first sync comes before pulling. */
  readonly isBootstrapped: boolean;
  readonly cursor: number;
  readonly sealing: Sealing;
  /** True: once caught up, digests are compared. */
  readonly isRepairDue: boolean;
  /** Changes that the server has not acknowledged. */
  readonly unsynced: number;
}

export interface ReplicaEngine extends Adoption {
  state(): Promise<ReplicaState>;

  /** Answers false where the replica was registered meanwhile; nothing was done then. */
  onRegister(answer: RegisterAnswer): Promise<boolean>;
  /** How the account's data are kept was switched: what is on its way is sealed anew. */
  onSealing(sealing: Sealing): Promise<void>;

  nextPush(): Promise<PushRequest | null>;
  /** To be called while one is on its way: the next leaves once it is answered. */
  preparePush(): Promise<void>;
  onPush(request: PushRequest, answer: PushAnswer): Promise<PushEffect>;
  retryHeld(): Promise<number>;

  nextPull(limit: number): Promise<PullRequest>;
  onPull(
    request: PullRequest,
    answer: PullAnswer,
    opened: readonly Fragment[],
  ): Promise<PullEffect>;

  nextBootstrap(): Promise<BootstrapRequest>;
  onBootstrap(
    request: BootstrapRequest,
    answer: BootstrapAnswer,
    opened: readonly Fragment[],
  ): Promise<PullEffect>;
  /** Where pages were kept to be merged later: pulling goes on from their head. */
  onBootstrapKept(kept: { readonly head: number; readonly witness: Witness }): Promise<void>;
  /** Where a page was refused whose request the caller made: what the replica does of itself. */
  onRefused(kind: Refused['kind']): Promise<void>;
  /** Merges fragments that were kept aside; in any order, also twice. */
  mergeFragments(fragments: readonly Fragment[]): Promise<void>;

  nextDigest(): Promise<Comparison>;
  /** The buckets that differ: each is asked for next, and then `endRepair` told. */
  onDigest(
    comparison: Comparison,
    answer: DigestAnswer,
  ): Promise<readonly Bucket[] | Refused['kind'] | 'stale'>;
  nextBucket(bucket: Bucket): Promise<BucketRequest>;
  onBucket(
    bucket: Bucket,
    request: BucketRequest,
    answer: BucketAnswer,
    opened: readonly Fragment[],
  ): Promise<'done' | Refused['kind'] | 'stale'>;
  endRepair(comparison: Comparison): Promise<'done' | 'stale'>;
}

export interface EngineNeeds extends Chance {
  readonly store: ReplicaStore;
  /** Asked at each use: it changes when encryption is switched. */
  sealer(): Pick<Sealer, 'seal' | 'bytesOf' | 'idOf' | 'cellOf' | 'epoch'>;
  /** How many changes go in a push; by default as many as the server takes. */
  readonly mostPushOps?: number;
}

export function replicaEngine(parts: EngineNeeds): ReplicaEngine {
  const needs = { ...parts, queue: new PushQueue(parts.mostPushOps) };
  const { store, random } = needs;
  return {
    ...adoption(needs),
    state: () => store.transact([], (tx) => stateOf(tx, random)),
    onRegister: (answer) => store.transact('all', (tx) => register(tx, answer, needs)),
    onSealing: (sealing) => store.transact([], (tx) => reseal(tx, sealing)),
    nextPush: () => nextPush(needs),
    preparePush: () => preparePush(needs),
    onPush: (request, answer) => onPush(needs, request, answer),
    retryHeld: () => retryHeld(needs),
    nextPull: (limit) => nextPull(needs, limit),
    onPull: (request, answer, opened) => onPull(needs, request, answer, opened),
    nextBootstrap: () => nextBootstrap(needs),
    onBootstrap: (request, answer, opened) => onBootstrap(needs, request, answer, opened),
    onBootstrapKept: (kept) => store.transact([], (tx) => finishBootstrap(tx, kept)),
    onRefused: (kind) => store.transact([], async (tx) => void (await refused(tx, kind))),
    mergeFragments: (fragments) =>
      store.transact([...new Set(fragments.map(({ collection }) => collection))], async (tx) => {
        await mergeRemote(tx, fragments, needs.nowMs());
      }),
    nextDigest: () => nextDigest(needs),
    onDigest: (comparison, answer) => onDigest(needs, comparison, answer),
    nextBucket: (bucket) => nextBucket(needs, bucket),
    onBucket: (bucket, request, answer, opened) => onBucket(needs, bucket, request, answer, opened),
    endRepair: (comparison) => endRepair(needs, comparison),
  };
}

async function stateOf(tx: ReplicaTx, random: () => number): Promise<ReplicaState> {
  const cursor = await remembered(tx, 'cursor');
  return {
    node: await nodeOf(tx, random),
    isRegistered: (await remembered(tx, 'nonce')) !== '',
    isBootstrapped: cursor >= 0,
    cursor,
    sealing: await remembered(tx, 'sealing'),
    isRepairDue: (await remembered(tx, 'repair')) === 'due',
    unsynced: await tx.outboxCount(),
  };
}

/** What waits was stamped with a name that another copy may bear: it gets the new one. */
async function register(
  tx: ReplicaTx,
  { node, nonce, nowMs, sealing }: RegisterAnswer,
  chance: Chance,
): Promise<boolean> {
  if ((await remembered(tx, 'nonce')) !== '') return false;
  await noteTime(tx, nowMs, chance);
  await renameStamps(tx, await nodeOf(tx, chance.random), node);
  await tx.putMeta('node', node);
  await tx.putMeta('nonce', nonce);
  await tx.putMeta('pushNo', 0);
  await reseal(tx, sealing);
  return true;
}

async function reseal(tx: ReplicaTx, sealing: Sealing): Promise<void> {
  await tx.putMeta('sealing', sealing);
  await tx.putMeta('flight', null);
}
