/** What an optimise worker can be asked, over Comlink. */
import type { Failure } from '#core/errors.ts';
import type { Result } from '#core/result.ts';
import type { Luck, LuckRequest } from '#core/optimise/luck.ts';
import type { TrialColumns } from '#core/optimise/measures.ts';
import type { Sweep } from '#core/optimise/sweep.ts';

export interface OptimiseWorker {
  /** Loads the bars and compiles the rules, once for all batches of the search. */
  open(sweep: Sweep): Promise<Result<null, Failure>>;
  /**
   * Computes the batch, stores it in one transaction and hands over what was stored. Nothing of
   * it is stored on failure, nor when the worker is ended before it answers. Of a guided search
   * the combinations it tries are given.
   */
  batch(index: number, combinations?: readonly number[]): Promise<Result<TrialColumns, Failure>>;
  /** Stores nothing; `onProgress` hears 0 … 1. Ended by ending the worker. */
  luck(request: LuckRequest, onProgress: (ratio: number) => void): Promise<Result<Luck, Failure>>;
}
