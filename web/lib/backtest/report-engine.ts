/** What is worked out of a stored run: each question has a worker of its own, and ends it. */
import type { Failure } from '#core/errors.ts';
import type { Result } from '#core/result.ts';
import { openAnalyseEngine, type AnalyseEngine } from '#lib/state/analyse-engine.ts';
import type { RunContents, RunLines, RunReport } from '#workers/analyse/api.ts';

type Answer<T> = Promise<Result<T, Failure>>;

/**
 * How long a worker outlives its answer, until the page has drawn it: a worker that ends gives
 * back the memory of maybe millions of bars, and holds up whoever asks for some meanwhile.
 */
const DRAWN_MS = 500;

/** Aborting ends the worker at once. Errors also: `work.crashed`, `work.cancelled`. */
export function loadReport(runId: string, signal?: AbortSignal): Answer<RunReport> {
  return ask((engine) => engine.report(runId), signal);
}

/** As `loadReport`, for what is shown of a run besides its row; null where that is not stored. */
export function loadContents(runId: string, signal?: AbortSignal): Answer<RunContents | null> {
  return ask((engine) => engine.contents(runId), signal);
}

/** As `loadReport`, for the lines that one market of the run draws. */
export function loadLines(runId: string, market: number, signal?: AbortSignal): Answer<RunLines> {
  return ask((engine) => engine.lines(runId, market), signal);
}

async function ask<T>(
  question: (engine: AnalyseEngine) => Answer<T>,
  signal: AbortSignal | undefined,
): Answer<T> {
  const engine = openAnalyseEngine();
  const stop = () => engine.stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await question(engine);
  } finally {
    signal?.removeEventListener('abort', stop);
    setTimeout(stop, DRAWN_MS);
  }
}
