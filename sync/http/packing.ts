/** Bodies packed with gzip: unpacked no further than is allowed, packed where it saves something. */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { fail, ok, type Result } from '#core/result.ts';
import { readBytes, type BodyProblem } from './json-body.ts';

const unpack = promisify(gunzip);
const pack = promisify(gzip);

/** Shorter answers are sent as they are. */
const shortestPacked = 1_024;

/**
 * What a packed body holds; `mostBytes` bounds it packed and unpacked, so that a small one cannot
 * fill the memory.
 *
 * Errors: `not-packed` for anything but gzip; those of `readBytes`.
 */
export async function readPacked(
  request: IncomingMessage,
  mostBytes: number,
): Promise<Result<Buffer, BodyProblem | 'not-packed'>> {
  const bytes = await readBytes(request, mostBytes);
  if (!bytes.ok) return bytes;
  try {
    return ok(await unpack(bytes.value, { maxOutputLength: mostBytes }));
  } catch (error) {
    const { code } = error as { readonly code?: string };
    return fail(code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'not-packed');
  }
}

/**
 * The text packed, or null where it is too short or the caller does not take it.
 *
 * Packing may tell by its length what else is in an answer; here nobody but our own pages can
 * make a call whose answer holds both their text and somebody's data.
 */
export async function packedFor(
  { headers }: Pick<IncomingMessage, 'headers'>,
  text: string,
): Promise<Buffer | null> {
  if (text.length < shortestPacked || !takesGzip(headers['accept-encoding'])) return null;
  // The first level: pages of fragments are large and wanted soon.
  return pack(text, { level: 1 });
}

function takesGzip(header: string | string[] | undefined): boolean {
  const offers = String(header ?? '').split(',');
  return offers.some((offer) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$)[\d.]+\s*)?$/i.test(offer));
}
