/** The product with one of its safeguards taken away, to see that the simulation would notice. */
import type { PushRequest } from '#core/sync/protocol.ts';
import type { ReplicaTx } from '#workers/replica/replica-store.ts';
import type { ServerStore, ServerTx } from '#sync/replication/server-store.ts';
import { allSafeguards, type Safeguards } from './world.ts';

function overServer(
  change: (tx: ServerTx, request: Partial<PushRequest>) => Partial<ServerTx>,
): Safeguards {
  return {
    ...allSafeguards,
    serverStore: (store, request): ServerStore => ({
      transact: (userId, work) =>
        store.transact(userId, (tx) => work({ ...tx, ...change(tx, request) })),
    }),
  };
}

function overDevices(change: (tx: ReplicaTx) => Partial<ReplicaTx>): Safeguards {
  return {
    ...allSafeguards,
    deviceStore: (store) => ({
      transact: (collections, work) =>
        store.transact(collections, (tx) => work({ ...tx, ...change(tx) })),
    }),
  };
}

/** Every push has the right nonce, and none is a retry: copies are not told apart. */
export const withoutNonce = overServer((tx, { nonce }) => ({
  async node(name) {
    const known = await tx.node(name);
    if (nonce === undefined) return known;
    return { node: name, pushNo: 0, ...known, nonce, last: null };
  },
}));

/** No device remembers what it saw of the server: nobody learns that it was restored. */
export const withoutWitness = overDevices((tx) => ({
  async meta(key) {
    return key === 'witness' ? undefined : tx.meta(key);
  },
}));

/** Stamps may be ahead as far as they like. */
export const withoutGate: Safeguards = { ...allSafeguards, aheadMs: Infinity };

/** Nothing is known of what the server last had. */
export const withoutShadow = overDevices(() => ({
  shadows: async (places) => places.map(() => undefined),
  putShadows: async () => undefined,
}));
