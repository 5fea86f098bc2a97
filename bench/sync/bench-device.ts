/** A device with its data in memory that syncs over HTTP with a real server, as a browser would. */
import { memoryReplica, type MemoryReplica } from '../../tests/simulation/replica-store.ts';
import { replicaEngine, type ReplicaEngine } from '#workers/replica/engine.ts';
import { memoryPacks } from '#workers/replica/packs.ts';
import { replicaRounds } from '#workers/replica/round.ts';
import { clearCipher } from '#workers/replica/sealing/cipher.ts';
import { madeSealer } from '#workers/replica/sealing/made-sealer.ts';
import { memoryAsides } from '#workers/replica/sealing/set-aside.ts';
import { replicaServer, type ReplicaServer } from '#workers/replica/transport.ts';
import { replicaWriter, type Writer } from '#workers/replica/writer.ts';
import type { Trader } from '../server/traders.ts';
import { fetchOf } from './pusher.ts';

export interface BenchDevice {
  readonly memory: MemoryReplica;
  readonly writer: Writer;
  readonly engine: ReplicaEngine;
  readonly server: ReplicaServer;
  /** Gives and takes all there is. */
  sync(): Promise<void>;
}

export function openDevice(address: string, trader: Trader): BenchDevice {
  const memory = memoryReplica();
  const chance = { nowMs: Date.now, random: Math.random };
  const away = async () => {
    throw new Error('nothing here is large enough for a chunk');
  };
  const sealer = madeSealer({
    cipher: clearCipher(1),
    box: { put: away, get: away },
    asides: memoryAsides(),
    epoch: 1,
    nowMs: Date.now,
    refreshRows: async () => undefined,
  });
  const server = replicaServer(fetchOf(address, trader), address);
  const engine = replicaEngine({ store: memory, sealer: () => sealer, ...chance });
  const rounds = replicaRounds({
    engine,
    server,
    packs: memoryPacks(),
    userId: trader.userId,
    openSealer: async () => sealer,
    carry: async () => false,
    note: () => undefined,
    onBootstrapped: async () => undefined,
    failureOf(error) {
      throw error;
    },
  });
  return {
    memory,
    engine,
    server,
    writer: replicaWriter(memory, { ...chance, isOwned: () => true }),
    async sync() {
      const end = await rounds.run({ pull: true, repair: false, held: false });
      if (end.kind !== 'settled') throw new Error(`The round ended: ${JSON.stringify(end)}`);
    },
  };
}
