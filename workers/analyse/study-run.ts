/** Studies and checks of a run: loads the prices, computes in steps, reports now and then. */
import { onBarsAlone } from '#core/execution/asked-prices.ts';
import { checkRun } from '#core/optimise/checks/check-run.ts';
import { walksBarsAlone } from '#core/optimise/studies/registry.ts';
import { realityPart } from '#core/optimise/studies/reality-check.ts';
import { runStudy, type Trade } from '#core/optimise/studies/run-study.ts';
import { trade } from '#workers/backtest/trade.ts';
import { createKernel } from '#workers/kernel/kernel.ts';
import type { PricedRun, TakePrices } from '#workers/optimise/search-prices.ts';
import type { AnalyseWorker } from './api.ts';

export interface StudyPorts {
  readonly takePrices: TakePrices;
  readonly nowMs: () => number;
}

const REPORT_MS = 100;

export function openStudies({
  takePrices,
  nowMs,
}: StudyPorts): Pick<AnalyseWorker, 'study' | 'reality' | 'check'> {
  const kernel = createKernel();
  const run: Trade = (bars, signals, settings, inner) =>
    finish(trade([{ symbol: '', bars, inner }], [signals], settings, kernel));
  const barsAlone = <R extends PricedRun>(of: R): R => ({
    ...of,
    settings: onBarsAlone(of.settings),
  });

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
      const asked = walksBarsAlone(request.study) ? barsAlone(request) : request;
      const prices = await takePrices(asked);
      if (!prices.ok) return prices;
      const { bars, beside } = prices.value;
      return drive(runStudy(asked, bars, range, run, beside), onProgress);
    },
    async reality(request, range, onProgress) {
      const prices = await takePrices(request.sweep);
      if (!prices.ok) return prices;
      const { bars, beside } = prices.value;
      return drive(realityPart(request, bars, range, beside), onProgress);
    },
    async check(question, onProgress) {
      // What rules ask for does not depend on how their orders fill.
      const prices = await takePrices(barsAlone(question));
      if (!prices.ok) return prices;
      const { bars, beside } = prices.value;
      return drive(checkRun(question, bars, beside.companions), onProgress);
    },
  };
}

function finish<T>(steps: Generator<number, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
