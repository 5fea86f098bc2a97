/** What the server has that is not here yet: changes after the cursor, or at first all there is. */
import type { Fragment } from '#core/sync/fragment.ts';
import type {
  BootstrapAnswer,
  BootstrapRequest,
  PullAnswer,
  PullRequest,
  Refused,
  Witness,
} from '#core/sync/protocol.ts';
import { mergeRemote } from './remote-merge.ts';
import { introduction, noteTime, noteWitness, remembered, startOver } from './replica-memory.ts';
import type { ReplicaStore, ReplicaTx } from './replica-store.ts';
import { mayHoldSettled } from './settled.ts';
import type { Chance } from './stamping.ts';

export type PullEffect =
  | { readonly applied: number; readonly isCaughtUp: boolean }
  /** `stale`: somebody else pulled meanwhile, and nothing was done. */
  | Refused['kind']
  | 'stale';

export interface PullingNeeds extends Chance {
  readonly store: ReplicaStore;
}

/** Only after the first sync. */
export async function nextPull(
  { store, random }: PullingNeeds,
  limit: number,
): Promise<PullRequest> {
  return store.transact([], async (tx) => {
    const cursor = Math.max(0, await remembered(tx, 'cursor'));
    return { ...(await introduction(tx, random)), cursor, limit };
  });
}

export async function onPull(
  { store, ...chance }: PullingNeeds,
  request: PullRequest,
  answer: PullAnswer,
  opened: readonly Fragment[],
): Promise<PullEffect> {
  return store.transact('all', async (tx) => {
    if (!(await isAsked(tx, request))) return 'stale';
    await noteTime(tx, answer.nowMs, chance);
    if (answer.kind !== 'page') return refused(tx, answer.kind);
    await mergeRemote(tx, opened, chance.nowMs());
    await tx.putMeta('cursor', answer.cursor);
    await noteWitness(tx, answer.witness);
    return { applied: opened.length, isCaughtUp: answer.cursor >= answer.head };
  });
}

async function isAsked(tx: ReplicaTx, request: PullRequest): Promise<boolean> {
  const cursor = Math.max(0, await remembered(tx, 'cursor'));
  const { epoch } = await remembered(tx, 'sealing');
  const { seq } = await remembered(tx, 'witness');
  const isSameHistory = seq >= request.witness.seq;
  return cursor === request.cursor && epoch === request.epoch && isSameHistory;
}

/** What the replica does of itself when a request is refused. */
export async function refused<Kind extends Refused['kind']>(
  tx: ReplicaTx,
  kind: Kind,
): Promise<Kind> {
  if (kind === 'reset') await startOver(tx);
  if (kind === 'forked') await tx.putMeta('nonce', '');
  return kind;
}

export async function nextBootstrap({ store, random }: PullingNeeds): Promise<BootstrapRequest> {
  return store.transact('all', async (tx) => {
    // All that comes is from the server, so that there is nothing to compare afterwards.
    if (!(await mayHoldSettled(tx))) await tx.putMeta('repair', 'no');
    const { node, epoch } = await introduction(tx, random);
    return { node, epoch, from: await remembered(tx, 'bootstrap') };
  });
}

/** Merges a page; after the last one the replica pulls from where the first one began. */
export async function onBootstrap(
  { store, ...chance }: PullingNeeds,
  request: BootstrapRequest,
  answer: BootstrapAnswer,
  opened: readonly Fragment[],
): Promise<PullEffect> {
  return store.transact('all', async (tx) => {
    const from = await remembered(tx, 'bootstrap');
    const { epoch } = await remembered(tx, 'sealing');
    const isNext = from?.before === request.from?.before && from?.head === request.from?.head;
    if ((await remembered(tx, 'cursor')) >= 0 || !isNext || epoch !== request.epoch) return 'stale';
    await noteTime(tx, answer.nowMs, chance);
    if (answer.kind !== 'page') return refused(tx, answer.kind);
    await mergeRemote(tx, opened, chance.nowMs());
    const { head, before, witness } = answer;
    if (before !== null) await tx.putMeta('bootstrap', { head, before });
    else await finishBootstrap(tx, { head, witness });
    return { applied: opened.length, isCaughtUp: before === null };
  });
}

export async function finishBootstrap(
  tx: ReplicaTx,
  { head, witness }: { readonly head: number; readonly witness: Witness },
): Promise<void> {
  if ((await remembered(tx, 'cursor')) >= 0) return;
  await tx.putMeta('bootstrap', null);
  await tx.putMeta('cursor', head);
  await noteWitness(tx, witness);
}
