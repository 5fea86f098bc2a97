/** Gzip unpacked in one go, checked against its own length and checksum, up to a limit. */
import { Gunzip } from 'fflate';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';

/** Text longer than this is refused; 4 GB of bars are some forty million. */
export const MOST_TEXT_BYTES = 4 * 2 ** 30;
const STEP_BYTES = 65_536;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

export const archiveDamaged: Failure = {
  code: 'import.archive-damaged',
  detail: 'The compressed file is damaged or cut short.',
};

export function tooLarge(limitBytes: number): Failure {
  return {
    code: 'import.too-large',
    detail: `The file holds more than ${Math.round(limitBytes / 2 ** 20)} MB of text.`,
    figures: { limitBytes },
  };
}

/**
 * The content of a gzip file. Errors: `import.archive-damaged`, and `import.too-large` beyond
 * `limitBytes`, noticed while unpacking, whatever the file says of its size.
 */
export function inflate(bytes: Uint8Array, limitBytes: number): Result<Uint8Array, Failure> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const members: number[] = [];
  const gunzip = new Gunzip((part) => {
    parts.push(part);
    size += part.length;
  });
  gunzip.onmember = () => members.push(size);
  try {
    for (let from = 0; from < bytes.length; from += STEP_BYTES) {
      const to = Math.min(bytes.length, from + STEP_BYTES);
      gunzip.push(bytes.subarray(from, to), to === bytes.length);
      if (size > limitBytes) return fail(tooLarge(limitBytes));
    }
  } catch {
    // fflate reports damage by throwing.
    return fail(archiveDamaged);
  }
  const out = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return isWhole(bytes, out.subarray(members.at(-1) ?? 0)) ? ok(out) : fail(archiveDamaged);
}

/** Whether the last member has the checksum and length that the file ends with. */
function isWhole(packed: Uint8Array, member: Uint8Array): boolean {
  if (packed.length < 18) return false;
  const view = new DataView(packed.buffer, packed.byteOffset + packed.length - 8, 8);
  return (
    view.getUint32(4, true) === member.length % 2 ** 32 && view.getUint32(0, true) === crc32(member)
  );
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = crcTable[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
