import { describe, expect, test } from 'vitest';
import { chunkBox, noCache, type ChunkCache } from './chunk-box.ts';
import { chunkTransfer, hashOf } from './chunk-transfer.ts';
import { clearCipher, type Bytes } from './cipher.ts';
import { madeServer } from './made-account.ts';
import { packBytes, unpackBytes } from './packing.ts';

const bytes = Uint8Array.of(1, 2, 3);
const hash = await hashOf(bytes);

/** Told apart faster than by `toEqual`. */
function isSame(one: Uint8Array | string | null, other: Uint8Array): boolean {
  return one instanceof Uint8Array && Buffer.compare(one, other) === 0;
}

/** A network that answers these, one after the other; null = it is down. */
function network(...answers: readonly (Response | null)[]) {
  const asked: { url: string; init: RequestInit }[] = [];
  const waits: number[] = [];
  const seen = { isFull: false };
  const transfer = chunkTransfer({
    async fetch(url, init) {
      asked.push({ url, init });
      const answer = answers[asked.length - 1];
      if (!answer) throw new TypeError('no network');
      return answer;
    },
    wait: async (ms) => void waits.push(ms),
    userId: 'user-1',
    epoch: 3,
    onFull: () => (seen.isFull = true),
  });
  return { transfer, asked, waits, seen };
}

describe('a chunk', () => {
  test('goes to its place, as one of our own sends it', async () => {
    const { transfer, asked } = network(new Response(null, { status: 201 }));
    expect(await transfer.put(hash, bytes)).toBe(true);
    const [{ url, init }] = asked as [(typeof asked)[0]];
    expect(url).toBe(`/chunks/${hash}`);
    expect(init.method).toBe('PUT');
    expect(init.headers).toMatchObject({
      'x-offing-client': 'web',
      'x-offing-account': 'user-1',
      'x-offing-epoch': '3',
    });
    expect(init.body).toEqual(bytes);
  });

  test('that the server has no room for says so, and no other one does', async () => {
    const full = network(new Response(null, { status: 413 }));
    expect(await full.transfer.put(hash, bytes)).toBe(false);
    expect(full.seen.isFull).toBe(true);
    const other = network(new Response(null, { status: 409 }));
    expect(await other.transfer.put(hash, bytes)).toBe(false);
    expect(other.seen.isFull).toBe(false);
  });

  test('is tried again while the server or the network is away, and not for ever', async () => {
    const back = network(null, new Response(null, { status: 503 }), new Response(bytes));
    expect(await back.transfer.get(hash)).toEqual(bytes);
    expect(back.waits).toHaveLength(2);
    const gone = network(null, null, null, new Response(bytes));
    expect(await gone.transfer.get(hash)).toBeNull();
    expect(gone.asked).toHaveLength(3);
  });

  test('waits as long as the server asks, within bounds', async () => {
    const busy = (seconds: string) =>
      new Response(null, { status: 429, headers: { 'retry-after': seconds } });
    const { transfer, waits } = network(busy('2'), busy('3600'), new Response(bytes));
    expect(await transfer.get(hash)).toEqual(bytes);
    expect(waits).toEqual([2_000, 10_000]);
  });

  test('is not asked for again where the server has it not or no room for it', async () => {
    const missing = network(new Response(null, { status: 404 }));
    expect(await missing.transfer.get(hash)).toBeNull();
    const full = network(new Response(null, { status: 413 }));
    expect(await full.transfer.put(hash, bytes)).toBe(false);
    expect(missing.waits.length + full.waits.length).toBe(0);
  });

  test('is refused when its bytes are not those of its name', async () => {
    const { transfer } = network(new Response(Uint8Array.of(1, 2, 4)));
    expect(await transfer.get(hash)).toBeNull();
  });
});

describe('bytes in chunks', () => {
  const random = crypto.getRandomValues.bind(crypto);
  const large = new Uint8Array(2_500_000);
  for (let at = 0; at < large.length; at += 65_536) random(large.subarray(at, at + 65_536));

  test('come back whole, packed where that helps', async () => {
    for (const content of [new Uint8Array(1), new Uint8Array(3_000_000), large]) {
      const packed = await packBytes(content as Bytes);
      expect(packed.gzip).toBe(content.length === 3_000_000);
      expect(Math.max(...packed.chunks.map(({ length }) => length))).toBeLessThanOrEqual(1_048_576);
      expect(isSame(await unpackBytes(packed, content.length), content)).toBe(true);
    }
  });

  test('are refused where they are not as long as they should be, a bomb at its first excess', async () => {
    const packed = await packBytes(new Uint8Array(3_000_000));
    for (const length of [2_999_999, 3_000_001, 10]) {
      expect(await unpackBytes(packed, length)).toBeNull();
    }
    expect(await unpackBytes({ chunks: [Uint8Array.of(1, 2, 3)], gzip: true }, 3)).toBeNull();
  });

  test('that were fetched in part are not fetched again', async () => {
    const server = madeServer();
    const { place } = await chunkBox(clearCipher(1), server, noCache).put(large);
    expect(place.hashes.length).toBe(3);
    const kept = new Map<string, Bytes>();
    const cache: ChunkCache = {
      get: async (hash) => kept.get(hash) ?? null,
      keep: async (hash, chunk) => void kept.set(hash, chunk),
      drop: async (hashes) => hashes.forEach((each) => kept.delete(each)),
    };
    const box = chunkBox(clearCipher(1), server, cache);
    const last = server.chunks.get(place.hashes[2]!)!;
    server.chunks.delete(place.hashes[2]!);
    expect(await box.get(place)).toBe('away');
    server.chunks.clear();
    server.chunks.set(place.hashes[2]!, last);
    expect(isSame(await box.get(place), large)).toBe(true);
    expect(kept.size).toBe(0);
  });
});
