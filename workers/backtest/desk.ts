/** The backtests in progress: each loads, computes in steps, listens for its cancel, and stores. */
import type { Failure } from '#core/errors.ts';
import type { Market } from '#core/execution/order-desk.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { compileRules } from '#core/rules/compile.ts';
import { createKernel } from '#workers/kernel/kernel.ts';
import type { BacktestFailure, BacktestProgress, BacktestRequest, BacktestWorker } from './api.ts';
import { backtest, type FinishedRun } from './engine.ts';
import { openShelf, type PricesOfRun, type ShelfPorts } from './series-shelf.ts';
import { startHash } from './start-hash.ts';
import { runRecord, type RunRecord } from './run-record.ts';

export interface DeskPorts extends ShelfPorts {
  readonly saveRun: (record: RunRecord) => Promise<Result<null, Failure>>;
  /** Resolves after other messages to the worker have been heard. */
  readonly breathe: () => Promise<void>;
  readonly nowMs: () => number;
}

/** Longest stretch of computing before messages are heard again. */
const DEAF_MS = 30;

export function openDesk(ports: DeskPorts): BacktestWorker {
  const kernel = createKernel();
  const shelf = openShelf(ports);
  const cancelled = new Set<string>();
  const running = new Set<string>();

  async function compute(
    request: BacktestRequest,
    prices: PricesOfRun,
    report: (progress: BacktestProgress) => void,
  ): Promise<Result<FinishedRun, BacktestFailure>> {
    const { source, inputs, settings } = request;
    const [{ symbol, bars, inner }, ...others] = prices.markets as [Market, ...Market[]];
    const companions = prices.companions.size > 0 ? { companions: prices.companions } : {};
    const input = { symbol, bars, inner, others, source, inputs, settings, ...companions };
    const steps = backtest(input, kernel, startHash);
    let heardMs = ports.nowMs();
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      const { until, ...reached } = step.value;
      await until;
      if (ports.nowMs() - heardMs < DEAF_MS) continue;
      report(reached);
      await ports.breathe();
      if (cancelled.has(request.runId)) return fail(cancelledFailure);
      heardMs = ports.nowMs();
    }
  }

  return {
    async run(request, onProgress) {
      const { runId } = request;
      const startedMs = ports.nowMs();
      running.add(runId);
      try {
        onProgress({ stage: 'loading', ratio: 0 });
        const prices = await shelf.take(wantedPrices(request));
        if (!prices.ok) return prices;
        const finished = await compute(request, prices.value, onProgress);
        if (!finished.ok) return finished;
        onProgress({ stage: 'saving', ratio: 0.95 });
        await ports.breathe();
        if (cancelled.has(runId)) return fail(cancelledFailure);
        const createdMs = ports.nowMs();
        const clock = { createdMs, tookMs: createdMs - startedMs };
        const saved = await ports.saveRun(runRecord(request, prices.value, finished.value, clock));
        if (!saved.ok) return saved;
        onProgress({ stage: 'saving', ratio: 1 });
        return ok({ runId, hash: finished.value.hash });
      } finally {
        running.delete(runId);
        cancelled.delete(runId);
      }
    },
    async cancel(runId) {
      if (running.has(runId)) cancelled.add(runId);
    },
  };
}

/** A text that cannot be run reads no other symbol; what is wrong with it the engine says. */
function wantedPrices({ seriesId, portfolio = [], source, settings }: BacktestRequest) {
  const symbols = compileRules(source).program?.symbols ?? [];
  return { seriesIds: [...new Set([seriesId, ...portfolio])], symbols, settings };
}

const cancelledFailure: Failure = { code: 'work.cancelled', detail: 'The run was cancelled.' };
