/** The replica worker: wiring alone. */
import * as Comlink from 'comlink';
import { liveQuery } from 'dexie';
import { Database } from '#workers/store/database.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { forgetCleared } from '#workers/store/owner.ts';
import { channelOf, statusKey } from '#workers/store/replica-names.ts';
import type { ReplicaMessage, ReplicaOptions, ReplicaWorker, SyncStatus } from './api.ts';
import { dexiePacks } from './dexie-packs.ts';
import { dexieStore, surfaceRows } from './dexie-store.ts';
import { dexieWriter } from './dexie-writer.ts';
import { replicaEngine } from './engine.ts';
import { openLive, type LiveState } from './live/live.ts';
import { startLoop } from './loop.ts';
import { replicaRounds } from './round.ts';
import { contentCarrier } from './sealing/contents.ts';
import { currentSealer } from './sealing/current-sealer.ts';
import { sealerSources } from './sealing/sources.ts';
import { replicaServer } from './transport.ts';

const random = () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
const ask = fetch.bind(globalThis);

async function open({ database: name, userId }: ReplicaOptions): Promise<() => Promise<void>> {
  const database = new Database(name);
  await surfaceRows(database);
  const before = await database.replicaMeta.get(statusKey);
  const server = replicaServer(ask);
  const onFull = () => loop.note({ isServerFull: true });
  const seals = currentSealer(sealerSources(database, userId, ask, onFull));
  const engine = replicaEngine({
    store: dexieStore(database),
    sealer: seals.current,
    nowMs: Date.now,
    random,
  });
  const rounds = replicaRounds({
    engine,
    server,
    packs: dexiePacks(database),
    userId,
    openSealer: seals.open,
    carry: contentCarrier(
      { database, writer: dexieWriter(database), nowMs: Date.now },
      seals.store,
    ),
    note: (change) => loop.note(change),
    onBootstrapped: () => forgetCleared(database),
    failureOf: storeFailure,
  });
  const loop = startLoop({
    round: rounds.run,
    nowMs: Date.now,
    random,
    after: (delayMs, act) => {
      const timer = setTimeout(act, delayMs);
      return () => clearTimeout(timer);
    },
    isOnline: () => navigator.onLine,
    before: (before?.value ?? null) as SyncStatus | null,
    // What cannot be stored for want of room is told by the round that met it.
    onStatus: (value) =>
      void database.replicaMeta.put({ key: statusKey, value }).catch(() => undefined),
    onBug: reportError,
  });
  const channel = new BroadcastChannel(channelOf(name));
  const tell = (message: ReplicaMessage) => channel.postMessage(message);
  let line: LiveState = 'connecting';
  const tellLine = () => tell({ kind: 'line', isTold: line === 'live' || line === 'events' });
  const live = openLive({
    origin: location.origin,
    async ticket() {
      const answer = await server.ticket();
      if (answer.ok) return answer.value;
      if (answer.error.code === 'auth.sign-in-needed') return null;
      throw new Error(answer.error.code);
    },
    onPoke: () => loop.wake('poke'),
    onTrading: tell,
    onState(state) {
      line = state;
      tellLine();
      if (state === 'ended') loop.wake('poke');
    },
  });
  // Counted: a look at the first few alone is answered from a cache that misses what pages write.
  const writes = liveQuery(() => database.outbox.count()).subscribe({
    next: (count) => count > 0 && loop.wake('write'),
    error: (error: unknown) => loop.note({ failure: storeFailure(error).code }),
  });
  channel.addEventListener('message', ({ data }: MessageEvent<ReplicaMessage>) => {
    switch (data.kind) {
      case 'ping':
        return tell({ kind: 'pong' });
      case 'line?':
        return tellLine();
      case 'touch':
        return rounds.touch(data.collection, data.row);
      case 'repair':
        return loop.wake('repair');
      case 'retry':
      case 'unlocked':
        live.hurry();
        return loop.wake('retry');
      default:
    }
  });
  const online = () => loop.wake('online');
  addEventListener('online', online);
  return async () => {
    removeEventListener('online', online);
    channel.close();
    writes.unsubscribe();
    live.close();
    rounds.stop();
    await loop.stop();
    database.close();
  };
}

let close: () => Promise<void> = async () => undefined;

Comlink.expose({
  async start(options) {
    close = await open(options);
  },
  stop: () => close(),
} satisfies ReplicaWorker);
