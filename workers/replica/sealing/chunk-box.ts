/** Contents too large for a fragment: put into chunks on the server, sealed where the account is. */
import type { ChunkTransfer } from './chunk-transfer.ts';
import { hashOf } from './chunk-transfer.ts';
import type { Bytes, Cipher } from './cipher.ts';
import { packBytes, unpackBytes } from './packing.ts';

/** Chunks that were fetched, until all of a content are there. */
export interface ChunkCache {
  get(hash: string): Promise<Bytes | null>;
  /** What cannot be kept for want of room is not. */
  keep(hash: string, bytes: Bytes): Promise<void>;
  drop(hashes: readonly string[]): Promise<void>;
}

export interface ContentPlace {
  readonly hashes: readonly string[];
  /** Of the content. */
  readonly bytes: number;
  readonly gzip: boolean;
}

export interface ChunkBox {
  /** Where the content lies from now on, and whether the server has all of it. */
  put(content: Bytes): Promise<{ readonly place: ContentPlace; readonly isStored: boolean }>;
  /** The content; `away` where it cannot be had now, `damaged` where it never can. */
  get(place: ContentPlace): Promise<Bytes | 'away' | 'damaged'>;
}

const atOnce = 4;

export function chunkBox(
  cipher: Pick<Cipher, 'sealChunk' | 'openChunk'>,
  transfer: ChunkTransfer,
  cache: ChunkCache,
): ChunkBox {
  async function fetched(hash: string): Promise<Bytes | null> {
    const kept = await cache.get(hash);
    if (kept) return kept;
    const bytes = await transfer.get(hash);
    if (bytes) await cache.keep(hash, bytes);
    return bytes;
  }
  return {
    async put(content) {
      const { chunks, gzip } = await packBytes(content);
      const stored = await eachOf(chunks, async (chunk) => {
        const bytes = await cipher.sealChunk(chunk);
        const hash = await hashOf(bytes);
        return { hash, isStored: await transfer.put(hash, bytes) };
      });
      const place = { hashes: stored.map(({ hash }) => hash), bytes: content.length, gzip };
      return { place, isStored: stored.every(({ isStored }) => isStored) };
    },
    async get({ hashes, bytes, gzip }) {
      const sealed = await eachOf(hashes, fetched);
      const chunks = [];
      for (const each of sealed) {
        if (each === null) return 'away';
        const clear = await cipher.openChunk(each);
        if (clear === null) return 'damaged';
        chunks.push(clear);
      }
      const content = await unpackBytes({ chunks, gzip }, bytes);
      await cache.drop(hashes);
      return content ?? 'damaged';
    },
  };
}

/** A few at a time: each holds a mebibyte or two. */
async function eachOf<A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<B[]> {
  const done: B[] = [];
  for (let at = 0; at < items.length; at += atOnce) {
    done.push(...(await Promise.all(items.slice(at, at + atOnce).map(work))));
  }
  return done;
}

/** For tests, and where nothing is kept. */
export const noCache: ChunkCache = {
  get: async () => null,
  keep: async () => undefined,
  drop: async () => undefined,
};
