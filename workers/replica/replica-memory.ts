/** What a replica remembers, at first and after what the server says. */
import type { PullRequest, PushRequest, Witness } from '#core/sync/protocol.ts';
import type { MetaKey, ReplicaMeta, ReplicaTx } from './replica-store.ts';
import { nodeOf, noTime, type Chance } from './stamping.ts';

const noWitness: Witness = { seq: 0, token: '' };

const first: Omit<ReplicaMeta, 'node'> = {
  clock: noTime,
  seen: noTime,
  nonce: '',
  pushNo: 0,
  cursor: -1,
  bootstrap: null,
  witness: noWitness,
  history: 0,
  sealing: { epoch: 1, encrypted: false },
  flight: null,
  serverOffsetMs: 0,
  repair: 'due',
  adopted: false,
};

export async function remembered<K extends Exclude<MetaKey, 'node'>>(
  tx: ReplicaTx,
  key: K,
): Promise<(typeof first)[K]> {
  return (await tx.meta(key)) ?? first[key];
}

/** What every request says of the replica. */
export async function introduction(
  tx: ReplicaTx,
  random: () => number,
): Promise<Pick<PushRequest & PullRequest, 'node' | 'witness' | 'epoch'>> {
  return {
    node: await nodeOf(tx, random),
    witness: await remembered(tx, 'witness'),
    epoch: (await remembered(tx, 'sealing')).epoch,
  };
}

export async function noteTime(tx: ReplicaTx, serverMs: number, chance: Chance): Promise<void> {
  const offsetMs = Math.round(serverMs - chance.nowMs());
  if (offsetMs !== (await remembered(tx, 'serverOffsetMs'))) {
    await tx.putMeta('serverOffsetMs', offsetMs);
  }
}

/**
 * Keeps the newest that was seen; false where what came with this one may not be known any more.
 *
 * Two tokens of one number are of two histories: the replica starts over.
 */
export async function noteWitness(tx: ReplicaTx, witness: Witness): Promise<boolean> {
  const { seq, token } = await remembered(tx, 'witness');
  if (witness.seq === seq && witness.token !== token) {
    await startOver(tx);
    return false;
  }
  if (witness.seq > seq) await tx.putMeta('witness', witness);
  return witness.seq >= seq;
}

/**
 * The server knows less than it did: everything is pulled again, and then given what it lacks.
 * What was on its way goes again under the witness that it knows.
 */
export async function startOver(tx: ReplicaTx): Promise<void> {
  await tx.putMeta('witness', noWitness);
  await tx.putMeta('history', (await remembered(tx, 'history')) + 1);
  await tx.putMeta('bootstrap', null);
  if ((await remembered(tx, 'cursor')) > 0) await tx.putMeta('cursor', 0);
  await tx.putMeta('flight', null);
  await tx.putMeta('repair', 'due');
}
