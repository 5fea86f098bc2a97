/** One worker's part of a search: batches of trials, each computed, stored and handed over. */
import { assert } from '#core/assert.ts';
import type { Failure } from '#core/errors.ts';
import { createEvaluator, type Evaluator } from '#core/optimise/evaluator.ts';
import { noneDrawn } from '#core/optimise/guided.ts';
import { batchCount, changedBeside, pricesChanged, type Sweep } from '#core/optimise/sweep.ts';
import type { TrialColumns } from '#core/optimise/measures.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { createTrialEngine } from '#workers/kernel/skim-engine.ts';
import type { OptimiseWorker } from './api.ts';
import type { TakePrices } from './search-prices.ts';

export interface BatchPorts {
  readonly takePrices: TakePrices;
  readonly saveBatch: (
    sweepId: string,
    batch: number,
    columns: TrialColumns,
  ) => Promise<Result<null, Failure>>;
}

export function openBatches(ports: BatchPorts): Pick<OptimiseWorker, 'open' | 'batch'> {
  let opened: { readonly sweep: Sweep; readonly evaluator: Evaluator } | null = null;
  return {
    async open(asked) {
      const sweep: Sweep = { ...asked, drawn: noneDrawn(asked) };
      const prices = await ports.takePrices(sweep);
      if (!prices.ok) return prices;
      const { bars, beside, marks } = prices.value;
      const changed = changedBeside(sweep, marks);
      if (changed) return fail(pricesChanged(changed));
      const evaluator = createEvaluator(sweep, bars, createTrialEngine() ?? undefined, beside);
      if (!evaluator.ok) return evaluator;
      opened = { sweep, evaluator: evaluator.value };
      return ok(null);
    },
    async batch(index, combinations) {
      assert(opened !== null, 'a search is open');
      const { sweep, evaluator } = opened;
      assert(index >= 0 && index < batchCount(sweep), 'the batch is one of the search');
      const from = index * sweep.batchTrials;
      if (combinations) sweep.drawn?.set(combinations, from);
      const columns = evaluator.evaluate(from, Math.min(from + sweep.batchTrials, sweep.trials));
      const saved = await ports.saveBatch(sweep.id, index, columns);
      return saved.ok ? ok(columns) : saved;
    },
  };
}
