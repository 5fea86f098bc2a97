/** A file on the trader's disk → bars or ticks in the database, and a report of every line that was odd. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { TICKS } from '#core/collections/price-series.ts';
import { parseTimeframe } from '#core/market/timeframe.ts';
import type { Database } from '#workers/store/database.ts';
import type { MergedSeries } from '#workers/store/merge-series.ts';
import { saveBars, type SaveRequest } from '#workers/store/save-bars.ts';
import { saveTicks } from '#workers/store/save-ticks.ts';
import type { ImportProgress, ImportReport, ImportRequest } from './api.ts';
import { countProblems, type Problems } from './problems.ts';
import { openFile, ReadStopped } from './read-file.ts';
import { createSession, type ParsedBars, type ParsedPrices } from './session.ts';

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
 * Reads, checks and stores all bars or ticks of a file, in one transaction or not at all.
 *
 * Errors: those of `previewFile` and `parsePrices`, and those of `saveBars`.
 */
export async function importFile(
  file: Blob,
  fileName: string,
  request: ImportRequest,
  context: ImportContext,
): Promise<Result<ImportReport, Failure>> {
  const startMs = context.nowMs();
  const timeframe = readTimeframe(request.timeframe);
  if (!timeframe.ok) return timeframe;
  const options = { ...request, timeframe: timeframe.value };
  const read = await parseFile(file, fileName, options, context);
  if (!read.ok) return read;
  if (context.isCancelled()) return fail(cancelled);
  const { parsed, problems } = read.value;
  const save = {
    symbol: request.symbol.trim().toUpperCase(),
    source: {
      fileName,
      format: parsed.format,
      zone: parsed.zone,
      problems: countProblems(problems.counts),
    },
    nowMs: startMs,
    isCancelled: context.isCancelled,
    onProgress: (ratio: number) =>
      context.onProgress({ stage: 'saving', ratio: CHECKED + (1 - CHECKED) * ratio }),
  };
  const saved =
    parsed.kind === 'ticks'
      ? await saveTicks(context.database, { ...save, ticks: parsed.ticks })
      : await saveParsedBars(context.database, parsed, request.onConflict, save, problems);
  if (!saved.ok) return saved;
  const { series, added, unchanged, replaced } = saved.value;
  return ok({
    series,
    rows: parsed.rows,
    added,
    unchanged,
    replaced,
    counts: problems.counts,
    problems: problems.list,
    tookMs: context.nowMs() - startMs,
  });
}

/** The one name of a timeframe, or `ticks`. */
function readTimeframe(text: string | null): Result<string | null, Failure> {
  if (text === null || text === TICKS) return ok(text);
  const timeframe = parseTimeframe(text);
  if (timeframe !== null) return ok(timeframe);
  return fail({ code: 'import.timeframe-mismatch', detail: `"${text}" is no timeframe.` });
}

/** Bars stored, and each of them that is stored with other values reported. */
async function saveParsedBars(
  database: Database,
  { bars, lines, timeframe }: ParsedBars,
  onConflict: ImportRequest['onConflict'],
  save: Omit<SaveRequest, 'bars' | 'timeframe' | 'onConflict'>,
  problems: Problems,
): Promise<Result<MergedSeries, Failure>> {
  const saved = await saveBars(database, { ...save, bars, timeframe, onConflict });
  if (!saved.ok) return saved;
  const outcome = onConflict === 'keep' ? 'the stored bar is kept' : 'replaced';
  for (const index of saved.value.conflicts) {
    const time = new Date(bars.timesMs[index]!).toISOString();
    const say = () => `${time} is stored with other values: ${outcome}`;
    problems.add('conflict', lines[index]!, say);
  }
  return saved;
}

interface FileRead {
  readonly parsed: ParsedPrices;
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
