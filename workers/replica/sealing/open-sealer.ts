/**
 * Which sealer an account's data need on this device, or why there is none yet.
 *
 * A device that has known the account encrypted sends nothing in clear because the server says so:
 * that encryption ended must be proved with the key, or be accepted by the person.
 */
import type { Sealing } from '#core/sync/protocol.ts';
import type { ReplicaStore } from '../replica-store.ts';
import { chunkBox, type ChunkBox, type ChunkCache } from './chunk-box.ts';
import type { ChunkTransfer } from './chunk-transfer.ts';
import { clearCipher, type Cipher } from './cipher.ts';
import { isProofOfEnd, type DeviceKeys } from './data-key.ts';
import { keyCipher } from './key-cipher.ts';
import { storedRows } from './known-rows.ts';
import { madeSealer } from './made-sealer.ts';
import { sealedNames } from './names.ts';
import type { Sealer } from './sealer.ts';
import type { AsideShelf } from './set-aside.ts';

/** What a device knows of an account that is, or was, encrypted. */
export interface KeyRecord {
  readonly epoch: number;
  /** Null while it is locked, and where `isClear`. */
  readonly keys: DeviceKeys | null;
  /** Encryption ended with this epoch: it was proved, or accepted. */
  readonly isClear?: true;
}

export interface KeyShelf {
  /** Null = the account was never known to be encrypted. */
  read(): Promise<KeyRecord | null>;
  write(record: KeyRecord): Promise<void>;
}

/** How encryption ended, as the server keeps it. */
export interface EndOfSealing {
  readonly epoch: number;
  readonly proof: string;
}

export interface SealerSources {
  readonly userId: string;
  readonly store: ReplicaStore;
  readonly keys: KeyShelf;
  readonly asides: AsideShelf;
  /** For chunks of an epoch of `Sealing`. */
  transferOf(epoch: number): ChunkTransfer;
  readonly cache: ChunkCache;
  /** Null where the server has none, or does not answer. */
  endOfSealing(): Promise<EndOfSealing | null>;
  nowMs(): number;
}

export type SealerChoice =
  | {
      readonly kind: 'ready';
      readonly sealer: Sealer;
      readonly box: ChunkBox;
      /** See `Cipher`. */
      readonly keyId: string;
    }
  /** The passphrase or the recovery code is needed. */
  | { readonly kind: 'locked' }
  /** The server says that encryption ended, and cannot prove it. */
  | { readonly kind: 'unproved' };

export async function openSealer(sources: SealerSources, sealing: Sealing): Promise<SealerChoice> {
  const record = await sources.keys.read();
  if (sealing.encrypted) {
    if (record?.epoch === sealing.epoch && record.keys) {
      return sealerOfKeys(sources, record.keys, sealing.epoch);
    }
    // Keys of before stay: they may prove that encryption ended.
    const isNews = !record || (record.isClear && record.epoch < sealing.epoch);
    if (isNews) await sources.keys.write({ epoch: sealing.epoch, keys: null });
    return { kind: 'locked' };
  }
  if (record && !isClear(record, sealing)) {
    if (!(await isEndProved(sources, record, sealing.epoch))) return { kind: 'unproved' };
    await sources.keys.write({ epoch: sealing.epoch, keys: null, isClear: true });
  }
  return ready(sources, clearCipher(sealing.epoch), sealing.epoch, async () => undefined);
}

function isClear(record: KeyRecord, sealing: Sealing): boolean {
  return record.isClear === true && record.epoch === sealing.epoch;
}

async function isEndProved(
  { endOfSealing, userId }: SealerSources,
  { keys }: KeyRecord,
  epoch: number,
): Promise<boolean> {
  const end = keys && (await endOfSealing());
  return end?.epoch === epoch && isProofOfEnd(keys!, end.proof, { userId, epoch });
}

function sealerOfKeys(sources: SealerSources, keys: DeviceKeys, epoch: number): SealerChoice {
  const rows = storedRows(sources.store, sealedNames(keys.names));
  const cipher = keyCipher(keys, sources.userId, rows);
  return ready(sources, cipher, epoch, (collection) => rows.refresh(collection));
}

function ready(
  { transferOf, cache, asides, nowMs }: SealerSources,
  cipher: Cipher,
  epoch: number,
  refreshRows: (collection: string) => Promise<void>,
): SealerChoice {
  const box = chunkBox(cipher, transferOf(epoch), cache);
  const sealer = madeSealer({ cipher, box, asides, epoch, nowMs, refreshRows });
  return { kind: 'ready', sealer, box, keyId: cipher.keyId };
}
