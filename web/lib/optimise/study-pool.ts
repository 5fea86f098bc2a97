/**
 * A study shared among workers: each takes paths that follow each other. A path depends on its
 * number alone, so that the number of workers changes nothing.
 */
import type { Failure } from '#core/errors.ts';
import type { StudyPart, StudyRequest } from '#core/optimise/studies/run-study.ts';
import { summarise, type StudySummary } from '#core/optimise/studies/summary.ts';
import { ok, type Result } from '#core/result.ts';
import type { AnalyseEngine } from './analyse-engine.ts';

export interface StudyPoolOptions {
  readonly paths: number;
  readonly workers: number;
  readonly openEngine: () => Pick<AnalyseEngine, 'study' | 'stop'>;
  /** Hears 0 … 1. */
  readonly onProgress: (ratio: number) => void;
}

export interface StudyPool {
  /** null where the run has too little to study. */
  readonly ended: Promise<Result<StudySummary | null, Failure>>;
  stop(): void;
}

export function openStudyPool(
  request: StudyRequest,
  { paths, workers, openEngine, onProgress }: StudyPoolOptions,
): StudyPool {
  const count = Math.max(1, Math.min(workers, paths));
  const border = (share: number) => Math.floor((share * paths) / count);
  const ratios = new Float64Array(count);
  const engines = Array.from({ length: count }, openEngine);
  const answers = engines.map((engine, at) =>
    engine.study(request, { from: border(at), to: border(at + 1) }, (ratio) => {
      ratios[at] = ratio;
      onProgress(ratios.reduce((sum, one) => sum + one, 0) / count);
    }),
  );
  const stop = () => engines.forEach((engine) => engine.stop());
  const ended = Promise.all(answers).then((results): Result<StudySummary | null, Failure> => {
    stop();
    const parts: StudyPart[] = [];
    for (const result of results) {
      if (!result.ok) return result;
      if (result.value) parts.push(result.value);
    }
    return ok(parts.length === 0 ? null : summarise(parts));
  });
  return { ended, stop };
}
