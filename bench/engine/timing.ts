/** Medians of repeated work, in milliseconds. */
import { median } from '../web/median.ts';

export function medianMs(work: () => unknown, repetitions: number): number {
  const times: number[] = [];
  for (let k = 0; k < repetitions; k++) {
    const startMs = performance.now();
    work();
    times.push(performance.now() - startMs);
  }
  return median(times);
}

/** What a computation comes to when nobody listens to its progress. */
export function finish<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
