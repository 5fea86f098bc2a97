/** The backtests in progress: each loads, computes in steps, listens for its cancel, and stores. */
import type { Failure } from '#core/errors.ts';
import type { Market } from '#core/execution/order-desk.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { compileRules } from '#core/rules/compile.ts';
import { createKernel } from '#workers/kernel/kernel.ts';
import type { GuardPorts } from '#workers/code/guard.ts';
import type { BacktestFailure, BacktestProgress, BacktestRequest, BacktestWorker } from './api.ts';
import { codeBacktest } from './code-engine.ts';
import { backtest, type BacktestStep, type FinishedRun } from './engine.ts';
import { openShelf, type PricesOfRun, type ShelfPorts } from './series-shelf.ts';
import { startHash } from './start-hash.ts';
import { runRecord, type RunRecord } from './run-record.ts';

export interface DeskPorts extends ShelfPorts {
  /** Runs strategies in code, apart from everything here. */
  readonly guard: GuardPorts;
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
    const steps = stepsOf(request, prices);
    let heardMs = ports.nowMs();
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      const { until, ...reached } = step.value;
      await until;
      if (ports.nowMs() - heardMs < DEAF_MS) continue;
      report(reached);
      await ports.breathe();
      if (cancelled.has(request.runId)) {
        const given = fail(cancelledFailure);
        steps.return(given);
        return given;
      }
      heardMs = ports.nowMs();
    }
  }

  function stepsOf(
    { language, source, inputs, settings }: BacktestRequest,
    { markets, companions }: PricesOfRun,
  ): Generator<BacktestStep, Result<FinishedRun, BacktestFailure>> {
    if (language === 'code') {
      return codeBacktest({ markets, source, inputs, settings }, ports.guard, startHash);
    }
    const [{ symbol, bars, inner }, ...others] = markets as [Market, ...Market[]];
    const read = companions.size > 0 ? { companions } : {};
    const input = { symbol, bars, inner, others, source, inputs, settings, ...read };
    return backtest(input, kernel, startHash);
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
function wantedPrices(request: BacktestRequest) {
  const { seriesId, portfolio = [], language, source, settings } = request;
  const program = language === 'code' ? null : compileRules(source).program;
  const symbols = program?.symbols ?? [];
  return { seriesIds: [...new Set([seriesId, ...portfolio])], symbols, settings };
}

const cancelledFailure: Failure = { code: 'work.cancelled', detail: 'The run was cancelled.' };
