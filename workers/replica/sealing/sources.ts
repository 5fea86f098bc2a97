/** Everything that opening a sealer takes, over the trader's database and the server of the page. */
import { anything, flag, object, orNull, readShape, text, whole } from '#core/collections/shape.ts';
import { readEnvelope, type KeyEnvelope } from '#core/sync/key-envelope.ts';
import type { Sealing } from '#core/sync/protocol.ts';
import type { Database } from '#workers/store/database.ts';
import { dexieStore } from '../dexie-store.ts';
import { clientHeader, type Fetch } from '../transport.ts';
import { chunkTransfer } from './chunk-transfer.ts';
import { dexieAsides, dexieChunks, dexieKeys } from './dexie-shelves.ts';
import type { EndOfSealing, SealerSources } from './open-sealer.ts';

/** `onFull` is called when the server has no room for a chunk. */
export function sealerSources(
  database: Database,
  userId: string,
  fetch: Fetch,
  onFull?: () => void,
): SealerSources {
  return {
    userId,
    store: dexieStore(database),
    keys: dexieKeys(database),
    asides: dexieAsides(database),
    transferOf: (epoch) => chunkTransfer({ fetch, wait, userId, epoch, ...(onFull && { onFull }) }),
    cache: dexieChunks(database, Date.now),
    endOfSealing: async () => (await askSealing(fetch))?.end ?? null,
    nowMs: Date.now,
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What the server says of an account's encryption. */
export interface SealingState {
  readonly sealing: Sealing;
  /** Null for an account in clear. */
  readonly envelope: KeyEnvelope | null;
  readonly end: EndOfSealing | null;
}

const shape = object<{
  readonly epoch: number;
  readonly encrypted: boolean;
  readonly envelope: unknown;
  readonly endProof: string | null;
}>({
  epoch: whole,
  encrypted: flag,
  envelope: orNull(anything),
  endProof: orNull(text(100)),
});
const patienceMs = 30_000;

/** Null where it cannot be asked now, or answers something else. */
export async function askSealing(fetch: Fetch): Promise<SealingState | null> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const answer = await fetch('/trpc/encryption.state', { headers: clientHeader, signal });
    const body = (await answer.json()) as { readonly result?: { readonly data?: unknown } };
    return readState(body.result?.data);
  } catch {
    // No network, or no server of ours.
    return null;
  }
}

function readState(data: unknown): SealingState | null {
  const read = readShape(data, 'state', shape);
  if ('fault' in read) return null;
  const { epoch, encrypted, envelope, endProof } = read.value;
  return {
    sealing: { epoch, encrypted },
    envelope: readEnvelope(envelope),
    end: endProof === null ? null : { epoch, proof: endProof },
  };
}
