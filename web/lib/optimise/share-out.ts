/**
 * Work shared among workers: each takes items that follow each other. What an item comes to
 * depends on its number alone, so that the number of workers changes nothing.
 */
import type { Failure } from '#core/errors.ts';
import { ok, type Result } from '#core/result.ts';

export interface Shares<Engine, Part> {
  /** How many items there are. */
  readonly items: number;
  readonly workers: number;
  readonly openEngine: () => Engine;
  readonly ask: (
    engine: Engine,
    range: { readonly from: number; readonly to: number },
    onProgress: (ratio: number) => void,
  ) => Promise<Result<Part, Failure>>;
  /** Hears 0 … 1. */
  readonly onProgress: (ratio: number) => void;
}

export interface SharedWork<Part> {
  /** The parts in the order of their items, or the first failure. */
  readonly ended: Promise<Result<readonly Part[], Failure>>;
  /** At once. */
  stop(): void;
}

export function shareOut<Engine extends { stop(): void }, Part>({
  items,
  workers,
  openEngine,
  ask,
  onProgress,
}: Shares<Engine, Part>): SharedWork<Part> {
  const count = Math.max(1, Math.min(workers, items));
  const border = (share: number) => Math.floor((share * items) / count);
  const ratios = new Float64Array(count);
  const engines = Array.from({ length: count }, openEngine);
  const answers = engines.map((engine, at) =>
    ask(engine, { from: border(at), to: border(at + 1) }, (ratio) => {
      ratios[at] = ratio;
      onProgress(ratios.reduce((sum, one) => sum + one, 0) / count);
    }),
  );
  const stop = () => engines.forEach((engine) => engine.stop());
  const ended = Promise.all(answers).then((results): Result<readonly Part[], Failure> => {
    stop();
    const parts: Part[] = [];
    for (const result of results) {
      if (!result.ok) return result;
      parts.push(result.value);
    }
    return ok(parts);
  });
  return { ended, stop };
}
