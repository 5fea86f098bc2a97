/** The text of a file in pieces, unpacked on the way when it is gzipped; never all of it at once. */
import type { Failure } from '#core/errors.ts';
import { archiveDamaged, MOST_TEXT_BYTES, tooLarge } from './inflate.ts';

export interface FilePiece {
  readonly bytes: Uint8Array;
  /** Share of the file, as it lies on the disk, that has been read. */
  readonly ratio: number;
}

/** How reading a file can fail, thrown by the iteration of `readFile` and by nothing else. */
export class ReadStopped {
  readonly failure: Failure;
  constructor(failure: Failure) {
    this.failure = failure;
  }
}

/** Large enough that the parts outweigh the calls, small enough that cancelling feels instant. */
const PIECE_BYTES = 4 * 2 ** 20;
const PIECES_AHEAD = 3;

export interface FileText {
  /** Bytes of text to come; 0 when not known. */
  readonly expectedBytes: number;
  readonly pieces: AsyncIterable<FilePiece>;
}

/**
 * The pieces of `file`. Iterating throws `ReadStopped` with `import.archive-damaged`,
 * `import.too-large` or `import.unreadable`.
 */
export async function openFile(file: Blob, limitBytes = MOST_TEXT_BYTES): Promise<FileText> {
  const mark = new Uint8Array(await guard(file.slice(0, 2).arrayBuffer()));
  const packed = mark[0] === 0x1f && mark[1] === 0x8b;
  if (packed) return { expectedBytes: 0, pieces: unpack(file, limitBytes) };
  if (file.size > limitBytes) throw new ReadStopped(tooLarge(limitBytes));
  return { expectedBytes: file.size, pieces: slice(file) };
}

async function* slice(file: Blob): AsyncGenerator<FilePiece> {
  const asked: Promise<ArrayBuffer>[] = [];
  let askedBytes = 0;
  for (let from = 0; from < file.size; from += PIECE_BYTES) {
    // The next pieces are read while this one is worked on.
    while (asked.length < PIECES_AHEAD && askedBytes < file.size) {
      const reading = file.slice(askedBytes, askedBytes + PIECE_BYTES).arrayBuffer();
      askedBytes += PIECE_BYTES;
      // Whoever waits for it hears of its failure; until then it is no one's.
      reading.catch(() => undefined);
      asked.push(reading);
    }
    const bytes = new Uint8Array(await guard(asked.shift()!));
    yield { bytes, ratio: Math.min(1, (from + PIECE_BYTES) / file.size) };
  }
}

async function* unpack(file: Blob, limitBytes: number): AsyncGenerator<FilePiece> {
  let packedBytes = 0;
  let textBytes = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      packedBytes += chunk.length;
      controller.enqueue(chunk);
    },
  });
  const text = file
    .stream()
    .pipeThrough(counter)
    .pipeThrough(new DecompressionStream('gzip'))
    .getReader();
  try {
    for (;;) {
      const { done, value } = await text.read().catch(() => {
        throw new ReadStopped(archiveDamaged);
      });
      if (done) return;
      textBytes += value.length;
      if (textBytes > limitBytes) throw new ReadStopped(tooLarge(limitBytes));
      yield { bytes: value, ratio: Math.min(1, packedBytes / file.size) };
    }
  } finally {
    // Also reached when the import is cancelled: the stream is let go, its outcome moot.
    text.cancel().catch(() => undefined);
  }
}

async function guard<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch {
    const detail = 'The file can no longer be read: it was moved, changed or is not permitted.';
    throw new ReadStopped({ code: 'import.file-unreadable', detail });
  }
}
