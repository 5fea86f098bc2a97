/** What a file seems to hold, before any of it is imported. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { ColumnRole, ImportPreview } from './api.ts';
import { guessFromName } from './file-name.ts';
import { openFile, ReadStopped } from './read-file.ts';
import { createSession, HEAD_BYTES } from './session.ts';
import { sniff, type LayoutChoice } from './sniff.ts';
import { createTextDecoder } from './text.ts';

/**
 * Format, columns, first rows and guesses, from the beginning of the file alone.
 *
 * `roles` are what the columns hold by the choice of the person importing: which zone and
 * which order of dates the file leaves open depends on the column that holds the time.
 *
 * Errors: those of `sniff`, `import.archive-damaged`, `import.file-unreadable`,
 * `import.too-large`.
 */
export async function previewFile(
  file: Blob,
  fileName: string,
  roles?: readonly ColumnRole[],
): Promise<Result<ImportPreview, Failure>> {
  let head: Uint8Array;
  try {
    head = await readHead(file);
  } catch (error) {
    if (error instanceof ReadStopped) return fail(error.failure);
    throw error;
  }
  const text = createTextDecoder()(head, true);
  const sniffed = sniff(text, fileName, { roles });
  if (!sniffed.ok) return sniffed;
  const { layout, rows } = sniffed.value;
  const guess = guessFromName(fileName);
  return ok({
    format: layout.format,
    separator: layout.separator,
    columns: layout.roles.map((role, i) => ({ header: layout.headers[i] ?? '', role })),
    rows,
    symbol: guess.symbol,
    timeframe: timeframeOf(head, fileName, { roles }) ?? guess.timeframe,
    statedZone: layout.statedZone,
    suggestedZone: layout.suggestedZone,
    dateOrder: layout.dateOrder,
    bytes: file.size,
  });
}

async function readHead(file: Blob): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const { bytes } of (await openFile(file)).pieces) {
    const part = bytes.subarray(0, HEAD_BYTES - size);
    parts.push(part);
    size += part.length;
    if (size >= HEAD_BYTES) break;
  }
  const head = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    head.set(part, at);
    at += part.length;
  }
  return head;
}

/** The timeframe of the first rows, or `ticks`; null when they do not tell or hold no prices. */
function timeframeOf(head: Uint8Array, fileName: string, choice: LayoutChoice): string | null {
  const session = createSession(fileName, choice, head.length);
  if (session.feed(head)) return null;
  const parsed = session.finish();
  return parsed.ok ? parsed.value.timeframe : null;
}
