/** A file on the trader's disk → bars in the database, and a report of every line that was odd. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { parseTimeframe } from '#core/market/timeframe.ts';
import type { Database } from '#workers/store/database.ts';
import { saveBars } from '#workers/store/save-bars.ts';
import type { ImportProgress, ImportReport, ImportRequest } from './api.ts';
import { countProblems, type Problems } from './problems.ts';
import { openFile, ReadStopped } from './read-file.ts';
import { createSession, type ParsedBars } from './session.ts';

export interface ImportContext {
  readonly database: Database;
  readonly nowMs: () => number;
  readonly isCancelled: () => boolean;
  readonly onProgress: (progress: ImportProgress) => void;
}

const cancelled: Failure = { code: 'work.cancelled', detail: 'The import was cancelled.' };
/** Share of the whole that reading, and reading with checking, take. */
const READ = 0.7;
const CHECKED = 0.8;

/**
 * Reads, checks and stores all bars of a file, in one transaction or not at all.
 *
 * Errors: those of `previewFile` and `parseBars`, and those of `saveBars`.
 */
export async function importFile(
  file: Blob,
  fileName: string,
  request: ImportRequest,
  context: ImportContext,
): Promise<Result<ImportReport, Failure>> {
  const startMs = context.nowMs();
  const timeframe = request.timeframe === null ? null : parseTimeframe(request.timeframe);
  if (request.timeframe !== null && timeframe === null) {
    const detail = `"${request.timeframe}" is no timeframe.`;
    return fail({ code: 'import.timeframe-mismatch', detail });
  }
  const read = await parseFile(file, fileName, { ...request, timeframe }, context);
  if (!read.ok) return read;
  if (context.isCancelled()) return fail(cancelled);
  const { parsed, problems } = read.value;
  const { bars, lines } = parsed;
  const saved = await saveBars(context.database, {
    symbol: request.symbol.trim().toUpperCase(),
    timeframe: parsed.timeframe,
    bars,
    source: {
      fileName,
      format: parsed.format,
      zone: parsed.zone,
      problems: countProblems(problems.counts),
    },
    onConflict: request.onConflict,
    nowMs: startMs,
    isCancelled: context.isCancelled,
    onProgress: (ratio) =>
      context.onProgress({ stage: 'saving', ratio: CHECKED + (1 - CHECKED) * ratio }),
  });
  if (!saved.ok) return saved;
  const outcome = request.onConflict === 'keep' ? 'the stored bar is kept' : 'replaced';
  for (const index of saved.value.conflicts) {
    const time = new Date(bars.timesMs[index]!).toISOString();
    const say = () => `${time} is stored with other values: ${outcome}`;
    problems.add('conflict', lines[index]!, say);
  }
  return ok({
    series: saved.value.series,
    rows: parsed.rows,
    added: saved.value.added,
    unchanged: saved.value.unchanged,
    replaced: saved.value.replaced,
    counts: problems.counts,
    problems: problems.list,
    tookMs: context.nowMs() - startMs,
  });
}

interface FileRead {
  readonly parsed: ParsedBars;
  readonly problems: Problems;
}

async function parseFile(
  file: Blob,
  fileName: string,
  request: ImportRequest,
  context: ImportContext,
): Promise<Result<FileRead, Failure>> {
  try {
    const { expectedBytes, pieces } = await openFile(file);
    const session = createSession(fileName, request, expectedBytes);
    for await (const { bytes, ratio } of pieces) {
      if (context.isCancelled()) return fail(cancelled);
      const failure = session.feed(bytes);
      if (failure) return fail(failure);
      context.onProgress({ stage: 'reading', ratio: READ * ratio });
    }
    context.onProgress({ stage: 'checking', ratio: READ });
    const parsed = session.finish();
    return parsed.ok ? ok({ parsed: parsed.value, problems: session.problems }) : parsed;
  } catch (error) {
    if (error instanceof ReadStopped) return fail(error.failure);
    throw error;
  }
}
