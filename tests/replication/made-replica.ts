/** A replica in memory with its writer and engine, registered at a server that the test plays. */
import { expect } from 'vitest';
import { formatHlc } from '#core/sync/hlc.ts';
import type { Cells, Fragment } from '#core/sync/fragment.ts';
import type { Outcome, PushRequest } from '#core/sync/protocol.ts';
import { memoryReplica, type MemoryReplica } from '../simulation/replica-store.ts';
import { replicaEngine, type ReplicaEngine } from '#workers/replica/engine.ts';
import { clearCipher } from '#workers/replica/sealing/cipher.ts';
import { madeSealer } from '#workers/replica/sealing/made-sealer.ts';
import { memoryAsides } from '#workers/replica/sealing/set-aside.ts';
import { replicaWriter, type Change, type Writer } from '#workers/replica/writer.ts';

export const nowMs = 1_750_000_000_000;
export const sealing = { epoch: 1, encrypted: false };

export interface MadeReplica {
  readonly store: MemoryReplica;
  readonly writer: Writer;
  readonly engine: ReplicaEngine;
}

/** Asked at each use: how wrong the clock is, and whether somebody is signed in. */
export interface Circumstances {
  skewMs(): number;
  isOwned(): boolean;
}

export async function madeReplica({ skewMs, isOwned }: Circumstances): Promise<MadeReplica> {
  const store = memoryReplica();
  let count = 0;
  const chance = { nowMs: () => nowMs + skewMs(), random: () => (count++ * 0.618_034) % 1 };
  const never = () => Promise.reject(new Error('nothing here is large'));
  const sealer = madeSealer({
    cipher: clearCipher(1),
    box: { put: never, get: never },
    asides: memoryAsides(),
    epoch: 1,
    nowMs: chance.nowMs,
    refreshRows: async () => undefined,
  });
  const engine = replicaEngine({ store, sealer: () => sealer, ...chance });
  const writer = replicaWriter(store, { ...chance, isOwned });
  await engine.onRegister({ node: 'ours00', nonce: 'n0', nowMs, sealing });
  return { store, writer, engine };
}

export const put = (id: string, fields: Record<string, unknown>): Change => ({
  kind: 'put',
  collection: 'watchlist',
  id,
  fields,
});

export const theirs = (
  row: string,
  cells: Cells,
  laterMs: number,
  more?: Partial<Fragment>,
): Fragment => ({
  collection: 'watchlist',
  row,
  hlc: formatHlc({ ms: nowMs + laterMs, counter: 0 }, 'theirs'),
  cells,
  schemaVersion: 1,
  ...more,
});

let nonces = 0;
/** The server answers the next push so, by default that all is well. */
export async function answerPushOf(
  engine: ReplicaEngine,
  ...outcomes: Outcome[]
): Promise<PushRequest> {
  const request = (await engine.nextPush())!;
  const witness = { seq: ++nonces, token: `t${nonces}` };
  const effect = await engine.onPush(request, {
    kind: 'done',
    outcomes: outcomes.length > 0 ? outcomes : request.ops.map(() => 'ok' as const),
    nonce: `n${nonces}`,
    witness,
    nowMs,
  });
  expect(effect).toBe('done');
  return request;
}
