/** A device: its storage, tabs that write, and workers that sync; it may die at any step. */
import type { Failure } from '#core/errors.ts';
import { replicaEngine, type ReplicaEngine } from '#workers/replica/engine.ts';
import { memoryPacks } from '#workers/replica/packs.ts';
import type { ReplicaStore } from '#workers/replica/replica-store.ts';
import { replicaRounds } from '#workers/replica/round.ts';
import type { RoundOptions } from '#workers/replica/loop.ts';
import { clearCipher } from '#workers/replica/sealing/cipher.ts';
import { madeSealer } from '#workers/replica/sealing/made-sealer.ts';
import type { Sealer } from '#workers/replica/sealing/sealer.ts';
import { memoryAsides } from '#workers/replica/sealing/set-aside.ts';
import type { ReplicaServer } from '#workers/replica/transport.ts';
import { replicaWriter, type Change, type Writer, type Written } from '#workers/replica/writer.ts';
import { memoryReplica, type MemoryReplica } from './replica-store.ts';
import { Crash, type Schedule } from './schedule.ts';

/** So few that one push leaves with the answer to another, as it does where much waits. */
const MOST_PUSH_OPS = 4;

export interface DeviceNeeds {
  readonly name: string;
  readonly schedule: Schedule;
  readonly random: () => number;
  nowMs(): number;
  readonly server: ReplicaServer;
  /** What a safeguard is taken away with. */
  wrap(store: ReplicaStore): ReplicaStore;
  /** Its owner was there when it was first used. */
  isOwned: boolean;
}

export class Device {
  readonly name: string;
  readonly memory: MemoryReplica;
  readonly engine: ReplicaEngine;
  skewMs = 0;
  isOwned: boolean;
  /** Steps of its storage that it will live through. */
  power = Infinity;
  private readonly needs: DeviceNeeds;
  private readonly store: ReplicaStore;
  private readonly writer: Writer;
  private readonly sealer: Sealer;
  private readonly packs = memoryPacks();

  constructor(needs: DeviceNeeds, from?: MemoryReplica) {
    const { name, random } = needs;
    this.name = name;
    this.needs = needs;
    this.isOwned = needs.isOwned;
    const data = from?.copy().data;
    this.memory = memoryReplica({ step: () => this.step() }, data);
    this.store = needs.wrap(this.memory);
    const store = inTurns(this.store, needs.schedule, name);
    const nowMs = () => needs.nowMs() + this.skewMs;
    this.sealer = openSealer(nowMs);
    const engineStore = outOfTurn(store, needs.schedule, name);
    this.engine = replicaEngine({
      store: engineStore,
      random,
      nowMs,
      sealer: () => this.sealer,
      mostPushOps: MOST_PUSH_OPS,
    });
    this.writer = replicaWriter(store, { nowMs, random, isOwned: () => this.isOwned });
  }

  /** True once it ran out of power: what it was about is gone, what it stored is there. */
  get isDead(): boolean {
    return this.power <= 0;
  }

  write(changes: readonly Change[], group: boolean): Promise<readonly Written[]> {
    return this.writer.write(changes, { group });
  }

  undo(written: readonly Written[]): Promise<void> {
    return this.writer.undo(written);
  }

  async sync(options: RoundOptions): Promise<void> {
    const rounds = replicaRounds({
      engine: this.engine,
      server: this.needs.server,
      packs: this.packs,
      userId: 'trader',
      openSealer: async () => this.sealer,
      carry: async () => false,
      note: () => undefined,
      onBootstrapped: async () => undefined,
      failureOf(error): Failure {
        throw error;
      },
    });
    await rounds.run(options);
  }

  private async step(): Promise<void> {
    if (this.isDead) throw new Crash();
    this.power -= 1;
  }
}

/** Others may come before a transaction. */
function inTurns(store: ReplicaStore, schedule: Schedule, name: string): ReplicaStore {
  return {
    async transact(collections, work) {
      await schedule.turn(name);
      return schedule.whole(() => store.transact(collections, work));
    },
  };
}

/** Others may come after its commit as well, before its caller knows of it. */
function outOfTurn(store: ReplicaStore, schedule: Schedule, name: string): ReplicaStore {
  return {
    async transact(collections, work) {
      const result = await store.transact(collections, work);
      await schedule.turn(name);
      return result;
    },
  };
}

function openSealer(nowMs: () => number): Sealer {
  const away = async () => {
    throw new Error('nothing here is large enough for a chunk');
  };
  return madeSealer({
    cipher: clearCipher(1),
    box: { put: away, get: away },
    asides: memoryAsides(),
    epoch: 1,
    nowMs,
    refreshRows: async () => undefined,
  });
}
