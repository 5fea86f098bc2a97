/** What the batches of a guided search try, handed out once the generation before them is done. */
import { drawOn } from '#core/optimise/guided.ts';
import type { TrialColumns } from '#core/optimise/measures.ts';
import type { Sweep } from '#core/optimise/sweep.ts';

export interface GuidedChoices {
  /** Waits for trials that the choice depends on. */
  chosen(batch: number): Promise<readonly number[]>;
  /** To be called whenever `columns` have more. */
  goOn(): void;
}

/** `columns` are those that the search fills; `sweep.drawn` is filled here. */
export function guidedChoices(sweep: Sweep, columns: TrialColumns): GuidedChoices {
  const waiting = new Map<number, (combinations: readonly number[]) => void>();
  const choice = (batch: number) => {
    const from = batch * sweep.batchTrials;
    const drawn = sweep.drawn!.subarray(from, from + sweep.batchTrials);
    return drawn.includes(-1) ? null : [...drawn];
  };
  return {
    chosen(batch) {
      const known = choice(batch);
      if (known) return Promise.resolve(known);
      return new Promise((resolve) => waiting.set(batch, resolve));
    },
    goOn() {
      drawOn(sweep, columns);
      for (const [batch, give] of waiting) {
        const known = choice(batch);
        if (!known) continue;
        waiting.delete(batch);
        give(known);
      }
    },
  };
}
