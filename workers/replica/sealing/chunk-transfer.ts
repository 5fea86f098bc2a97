/** Chunks to and from the server, by the SHA-256 of their bytes; what does not match is refused. */
import { chunkHeaders } from '#core/sync/protocol.ts';
import { clientHeader, type Fetch } from '../transport.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface ChunkTransfer {
  /**
   * Whether the server has it now; false where it has no room or cannot be reached, where another
   * account is signed in, and where encryption was switched.
   */
  put(hash: string, bytes: Bytes): Promise<boolean>;
  /** Null where it cannot be had now: there is no network, or the server has it not. */
  get(hash: string): Promise<Bytes | null>;
}

export interface TransferParts {
  readonly fetch: Fetch;
  /** Whose chunks these are. */
  readonly userId: string;
  /** Of `Sealing`: how they are sealed. */
  readonly epoch: number;
  /** Empty = that of the page. */
  readonly origin?: string;
  wait(ms: number): Promise<void>;
  /** The server has no room for a chunk. */
  onFull?(): void;
}

const tries = 3;
const firstWaitMs = 500;
const mostWaitMs = 10_000;
const patienceMs = 120_000;
/** No chunk of ours is too long by itself. */
const tooLarge = 413;

export async function hashOf(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function chunkTransfer(parts: TransferParts): ChunkTransfer {
  const { fetch, userId, epoch, origin = '', wait, onFull } = parts;
  /** The answer that counts, null where there was none. */
  async function ask(hash: string, init: RequestInit): Promise<Response | null> {
    for (let attempt = 1; ; attempt++) {
      const answer = await once(`${origin}/chunks/${hash}`, init);
      const again = answer === null || answer.status === 429 || answer.status >= 500;
      if (!again || attempt === tries) return answer;
      await wait(waitOf(answer, attempt));
    }
  }
  async function once(url: string, init: RequestInit): Promise<Response | null> {
    try {
      return await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) });
    } catch {
      // No network or no server: the same to who waits for the chunk.
      return null;
    }
  }
  return {
    async put(hash, bytes) {
      const headers = {
        ...clientHeader,
        [chunkHeaders.account]: userId,
        [chunkHeaders.epoch]: String(epoch),
        'content-type': 'application/octet-stream',
      };
      const answer = await ask(hash, { method: 'PUT', headers, body: bytes });
      if (answer?.status === tooLarge) onFull?.();
      return answer?.ok ?? false;
    },
    async get(hash) {
      const answer = await ask(hash, { headers: clientHeader });
      if (!answer?.ok) return null;
      const bytes = await answer.arrayBuffer().then(
        (buffer) => new Uint8Array(buffer),
        () => null,
      );
      return bytes && (await hashOf(bytes)) === hash ? bytes : null;
    },
  };
}

function waitOf(answer: Response | null, attempt: number): number {
  const asked = Number(answer?.headers.get('retry-after') ?? Number.NaN) * 1_000;
  const own = firstWaitMs * 4 ** (attempt - 1);
  return Math.min(Number.isFinite(asked) && asked > 0 ? asked : own, mostWaitMs);
}
