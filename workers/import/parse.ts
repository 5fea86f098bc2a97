/** A whole file in memory → bars: for the command line, the tests and small files. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { inflate, isGzip, MOST_TEXT_BYTES } from './inflate.ts';
import { createSession, type ParsedBars, type ParseOptions } from './session.ts';

/**
 * The bars of a price file in any known format, gzipped or not, with everything that is wrong
 * with its lines. Never throws, whatever the bytes.
 */
export function parseBars(
  bytes: Uint8Array,
  fileName: string,
  options: ParseOptions = {},
): Result<ParsedBars, Failure> {
  const text = isGzip(bytes) ? inflate(bytes, MOST_TEXT_BYTES) : ok(bytes);
  if (!text.ok) return text;
  const session = createSession(fileName, options, text.value.length);
  const failure = session.feed(text.value);
  return failure ? fail(failure) : session.finish();
}
