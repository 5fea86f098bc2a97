/** A whole search in one thread, from its first trial to its last. */
import type { Evaluator } from './evaluator.ts';
import { drawOn } from './guided.ts';
import { emptyColumns, placeColumns, type TrialColumns } from './measures.ts';
import type { Sweep } from './sweep.ts';

/** Yields the finished part, 0 … 1. `evaluator` is one of this very `sweep`. */
export function* searchWhole(sweep: Sweep, evaluator: Evaluator): Generator<number, TrialColumns> {
  const { trials, batchTrials } = sweep;
  const layout = { segments: sweep.segments.length, figures: sweep.figures };
  const columns = emptyColumns(trials, layout);
  for (let from = 0; from < trials; from += batchTrials) {
    const to = Math.min(from + batchTrials, trials);
    drawOn(sweep, columns);
    placeColumns(columns, evaluator.evaluate(from, to), from, layout);
    yield to / trials;
  }
  return columns;
}
