/** A whole file in memory → bars or ticks: for the command line, the tests and small files. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { inflate, isGzip, MOST_TEXT_BYTES } from './inflate.ts';
import {
  createSession,
  type ParsedBars,
  type ParsedPrices,
  type ParsedTicks,
  type ParseOptions,
} from './session.ts';

/**
 * What a price file in any known format holds, gzipped or not, with everything that is wrong
 * with its lines. Never throws, whatever the bytes.
 */
export function parsePrices(
  bytes: Uint8Array,
  fileName: string,
  options: ParseOptions = {},
): Result<ParsedPrices, Failure> {
  const text = isGzip(bytes) ? inflate(bytes, MOST_TEXT_BYTES) : ok(bytes);
  if (!text.ok) return text;
  const session = createSession(fileName, options, text.value.length);
  const failure = session.feed(text.value);
  return failure ? fail(failure) : session.finish();
}

/** The bars of a price file; `import.tick-file` where it holds ticks. */
export function parseBars(
  bytes: Uint8Array,
  fileName: string,
  options: ParseOptions = {},
): Result<ParsedBars, Failure> {
  const parsed = parsePrices(bytes, fileName, options);
  if (!parsed.ok) return parsed;
  if (parsed.value.kind === 'bars') return ok(parsed.value);
  const detail = 'This file holds ticks (single quotes), where bars are needed.';
  return fail({ code: 'import.tick-file', detail });
}

/** The ticks of a price file; `import.no-ticks` where it holds bars. */
export function parseTicks(
  bytes: Uint8Array,
  fileName: string,
  options: ParseOptions = {},
): Result<ParsedTicks, Failure> {
  const parsed = parsePrices(bytes, fileName, options);
  if (!parsed.ok) return parsed;
  if (parsed.value.kind === 'ticks') return ok(parsed.value);
  const detail = 'This file holds bars, where ticks (single quotes) are needed.';
  return fail({ code: 'import.no-ticks', detail });
}
