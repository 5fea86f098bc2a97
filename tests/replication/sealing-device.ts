/** A device as it is shipped, its storage in memory: writes, rounds and keys against a real server. */
import { ok, type Result } from '../../core/result.ts';
import type { Failure } from '../../core/errors.ts';
import type { Json } from '../../core/sync/fragment.ts';
import type { Sealing } from '../../core/sync/protocol.ts';
import type { RoundEnd } from '../../workers/replica/loop.ts';
import { replicaEngine } from '../../workers/replica/engine.ts';
import { memoryPacks } from '../../workers/replica/packs.ts';
import { replicaRounds } from '../../workers/replica/round.ts';
import { noCache } from '../../workers/replica/sealing/chunk-box.ts';
import { chunkTransfer } from '../../workers/replica/sealing/chunk-transfer.ts';
import { currentSealer } from '../../workers/replica/sealing/current-sealer.ts';
import { deviceKeys, openEnvelope, type Secret } from '../../workers/replica/sealing/data-key.ts';
import { cheapStretch } from '../../workers/replica/sealing/made-account.ts';
import type { KeyRecord } from '../../workers/replica/sealing/open-sealer.ts';
import { memoryAsides } from '../../workers/replica/sealing/set-aside.ts';
import { replicaServer, type Fetch } from '../../workers/replica/transport.ts';
import { replicaWriter, type Writer } from '../../workers/replica/writer.ts';
import type { EncryptionState } from '../../sync/replication/encryption.ts';
import type { Installation } from '../accounts/installation.ts';
import type { Person } from '../accounts/people.ts';
import type { Visitor } from '../accounts/visitor.ts';
import { memoryReplica } from '../simulation/replica-store.ts';

export interface SealingDevice {
  readonly who: Visitor;
  readonly writer: Writer;
  sync(): Promise<RoundEnd>;
  /** Cells of all rows, deleted ones too, by collection and row. */
  rows(): Promise<Readonly<Record<string, Readonly<Record<string, Json>>>>>;
  /** What of the server's was set aside, and why. */
  aside(): Promise<readonly string[]>;
  caughtUp(): Promise<{ readonly epoch: number; readonly cursor: number }>;
  keep(dataKey: Uint8Array<ArrayBuffer>, epoch: number): Promise<void>;
  unlock(secret: Secret): Promise<boolean>;
  keys(): KeyRecord | null;
  acceptClear(epoch: number): void;
}

let made = 0;

export async function openSealingDevice(at: Installation, person: Person): Promise<SealingDevice> {
  const who = await person.signedIn();
  const { userId } = person;
  const store = memoryReplica();
  const random = () => (++made * 0.618_034) % 1;
  const chance = { nowMs: Date.now, random };
  const asides = memoryAsides();
  let record: KeyRecord | null = null;
  const fetch: Fetch = (url, init) => {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    return globalThis.fetch(at.address + url, { ...init, headers });
  };
  const stateOf = () => who.get<EncryptionState & Record<string, unknown>>('encryption.state');
  const seals = currentSealer({
    userId,
    store,
    keys: {
      read: async () => record,
      write: async (next) => void (record = next),
    },
    asides,
    transferOf: (epoch) => chunkTransfer({ fetch, wait: async () => undefined, userId, epoch }),
    cache: noCache,
    async endOfSealing() {
      const { epoch, endProof } = await stateOf();
      return endProof === null ? null : { epoch, proof: endProof };
    },
    nowMs: Date.now,
  });
  const engine = replicaEngine({ store, sealer: seals.current, ...chance });
  const rounds = replicaRounds({
    engine,
    server: replicaServer(fetch),
    packs: memoryPacks(),
    userId,
    openSealer: seals.open,
    carry: async () => false,
    note: () => undefined,
    onBootstrapped: async () => undefined,
    failureOf(error) {
      throw error;
    },
  });
  const keep = async (dataKey: Uint8Array<ArrayBuffer>, epoch: number) => {
    record = { epoch, keys: await deviceKeys(dataKey) };
  };
  return {
    who,
    writer: replicaWriter(store, { ...chance, isOwned: () => true }),
    sync: () => rounds.run({ pull: true, repair: true, held: true }),
    async rows() {
      const found: [string, Readonly<Record<string, Json>>][] = [];
      await store.transact('all', async (tx) => {
        for (const collection of await tx.collections()) {
          for (const { id, cells } of await tx.rowsAfter(collection, null, Infinity)) {
            found.push([`${collection} ${id}`, { ...cells }]);
          }
        }
      });
      return Object.fromEntries(found.toSorted(([one], [other]) => (one < other ? -1 : 1)));
    },
    aside: async () => (await asides.all()).map(({ reason }) => reason),
    async caughtUp() {
      const { sealing, cursor } = await engine.state();
      return { epoch: sealing.epoch, cursor };
    },
    keep,
    async unlock(secret) {
      const { envelope, epoch } = await stateOf();
      const dataKey = envelope && (await openEnvelope(envelope, userId, secret, cheapStretch));
      if (dataKey) await keep(dataKey, epoch);
      return dataKey !== null;
    },
    keys: () => record,
    acceptClear: (epoch) => void (record = { epoch, keys: null, isClear: true }),
  };
}

/** Switches it on from this device, whose key the account's then is. */
export async function enable(
  device: SealingDevice,
  key: { readonly dataKey: Uint8Array<ArrayBuffer>; readonly envelope: unknown },
): Promise<Result<Sealing, Failure>> {
  // What it pushed itself it must have seen as well.
  await device.sync();
  const input = { ...(await device.caughtUp()), envelope: key.envelope };
  const sealing = await device.who.post<Sealing & Record<string, unknown>>(
    'encryption.enable',
    input,
  );
  await device.keep(key.dataKey, sealing.epoch);
  return ok(sealing);
}
