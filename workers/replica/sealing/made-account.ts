/** An account for tests: its keys made cheaply, its chunks in memory. */
import { chunkBox, noCache } from './chunk-box.ts';
import type { ChunkTransfer } from './chunk-transfer.ts';
import { clearCipher, type Bytes, type Cipher } from './cipher.ts';
import { deviceKeys, makeDataKey, type Stretch } from './data-key.ts';
import { keyCipher, type KnownRows } from './key-cipher.ts';
import { madeSealer } from './made-sealer.ts';
import type { Sealer } from './sealer.ts';
import { memoryAsides, type AsideShelf } from './set-aside.ts';

/** Used as Argon2id is, at none of its cost and with none of its strength. */
export const cheapStretch: Stretch = (passphrase, salt) => {
  const out = new Uint8Array(32);
  const text = new TextEncoder().encode(`${passphrase} ${salt.join()}`);
  let sum = 7;
  for (let i = 0; i < 4 * text.length; i++) {
    sum = Math.imul(sum ^ text[i % text.length]!, 0x01000193) >>> 0;
    out[i % 32]! ^= sum >>> 11;
  }
  return out;
};

export interface MadeServer extends ChunkTransfer {
  readonly chunks: Map<string, Bytes>;
  isAway: boolean;
}

export function madeServer(): MadeServer {
  const chunks = new Map<string, Bytes>();
  const server: MadeServer = {
    chunks,
    isAway: false,
    async put(hash, bytes) {
      if (!server.isAway) chunks.set(hash, bytes);
      return !server.isAway;
    },
    get: async (hash) => (server.isAway ? null : (chunks.get(hash) ?? null)),
  };
  return server;
}

export interface MadeDevice {
  readonly sealer: Sealer;
  readonly cipher: Cipher;
  readonly asides: AsideShelf;
  /** What `refreshRows` finds. */
  readonly stored: Map<string, string>;
  nowMs: number;
}

/** A device that has the key, or of an account in clear. */
export async function madeDevice(
  server: ChunkTransfer,
  account: { readonly userId: string; readonly dataKey: Bytes } | null,
): Promise<MadeDevice> {
  const learned = new Map<string, string>();
  const stored = new Map<string, string>();
  const rows: KnownRows = {
    rowOf: (collection, sealed) => learned.get(`${collection} ${sealed}`),
    learn: (collection, sealed, row) => void learned.set(`${collection} ${sealed}`, row),
  };
  const cipher = account
    ? keyCipher(await deviceKeys(account.dataKey), account.userId, rows)
    : clearCipher(epochOf(account));
  const asides = memoryAsides();
  const epoch = epochOf(account);
  const device: MadeDevice = {
    cipher,
    asides,
    stored,
    nowMs: 0,
    sealer: madeSealer({
      cipher,
      box: chunkBox(cipher, server, noCache),
      asides,
      epoch,
      nowMs: () => device.nowMs,
      async refreshRows() {
        for (const [key, row] of stored) learned.set(key, row);
      },
    }),
  };
  return device;
}

/** An account begins in clear. */
function epochOf(account: object | null): number {
  return account ? 2 : 1;
}

export async function madeAccount(userId = 'user-1') {
  return { userId, ...(await makeDataKey(userId, 'a quiet harbour wall', cheapStretch)) };
}
