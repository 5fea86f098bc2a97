/** Bytes of any length as chunks, by gzip where that makes them smaller, and whole again. */
import { CHUNK_BYTES } from '#core/sync/protocol.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface Packed {
  /** At least one, in order. */
  readonly chunks: readonly Bytes[];
  readonly gzip: boolean;
}

export async function packBytes(bytes: Bytes): Promise<Packed> {
  const zipped = await through(bytes, new CompressionStream('gzip'), Infinity);
  const gzip = zipped !== null && zipped.length < bytes.length;
  const content = gzip ? zipped : bytes;
  const chunks = [];
  for (let at = 0; at === 0 || at < content.length; at += CHUNK_BYTES) {
    chunks.push(content.slice(at, at + CHUNK_BYTES));
  }
  return { chunks, gzip };
}

/** Null where the chunks do not make exactly `length` bytes; a bomb is stopped there. */
export async function unpackBytes({ chunks, gzip }: Packed, length: number): Promise<Bytes | null> {
  const content = joined(chunks);
  const bytes = gzip ? await through(content, new DecompressionStream('gzip'), length) : content;
  return bytes?.length === length ? bytes : null;
}

/** Null where it gives more than `most` bytes, or what comes is no gzip. */
async function through(
  bytes: Bytes,
  by: CompressionStream | DecompressionStream,
  most: number,
): Promise<Bytes | null> {
  const reader = new Blob([bytes]).stream().pipeThrough(by).getReader();
  const parts: Bytes[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return joined(parts);
      length += value.length;
      if (length > most) return null;
      parts.push(value);
    }
  } catch (error) {
    // Damaged gzip is told by a TypeError alone.
    if (error instanceof TypeError) return null;
    throw error;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function joined(parts: readonly Bytes[]): Bytes {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
