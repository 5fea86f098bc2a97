/** Studies and checks of a run: loads the prices, computes in steps, reports now and then. */
import type { Failure } from '#core/errors.ts';
import type { Bars } from '#core/market/bars.ts';
import { checkRun } from '#core/optimise/checks/check-run.ts';
import { realityPart } from '#core/optimise/studies/reality-check.ts';
import { runStudy, type Trade } from '#core/optimise/studies/run-study.ts';
import type { Result } from '#core/result.ts';
import { innerKind, trade } from '#workers/backtest/trade.ts';
import { createKernel } from '#workers/kernel/kernel.ts';
import type { AnalyseWorker } from './api.ts';

export interface StudyPorts {
  readonly loadBars: (seriesId: string) => Promise<Result<Bars, Failure>>;
  readonly nowMs: () => number;
}

const REPORT_MS = 100;

export function openStudies({
  loadBars,
  nowMs,
}: StudyPorts): Pick<AnalyseWorker, 'study' | 'reality' | 'check'> {
  const kernel = createKernel();
  // Prices that never were have nothing inside their bars.
  const run: Trade = (bars, signals, settings) => {
    const conditions = innerKind(settings)
      ? { ...settings, path: 'pessimistic' as const }
      : settings;
    return finish(trade([{ symbol: '', bars, inner: null }], [signals], conditions, kernel));
  };

  function drive<T>(steps: Generator<number, T>, onProgress: (ratio: number) => void): T {
    let reportedMs = nowMs();
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      if (nowMs() - reportedMs < REPORT_MS) continue;
      reportedMs = nowMs();
      onProgress(step.value);
    }
  }
  return {
    async study(request, range, onProgress) {
      const bars = await loadBars(request.seriesId);
      return bars.ok ? drive(runStudy(request, bars.value, range, run), onProgress) : bars;
    },
    async reality(request, range, onProgress) {
      const bars = await loadBars(request.sweep.seriesId);
      return bars.ok ? drive(realityPart(request, bars.value, range), onProgress) : bars;
    },
    async check(question, onProgress) {
      const bars = await loadBars(question.seriesId);
      return bars.ok ? drive(checkRun(question, bars.value), onProgress) : bars;
    },
  };
}

function finish<T>(steps: Generator<number, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
