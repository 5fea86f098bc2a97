/**
 * A Dexie query that answers again whenever its rows change, in this tab, another or a worker.
 *
 * Call it while a component is being set up: `const series = live(() => database.series.toArray())`,
 * then read `series.value` (undefined until the first answer) and `series.failure`. A query over
 * changing state names it second: `live(() => database.series.get(id), () => id)`.
 */
import { liveQuery } from 'dexie';
import type { Failure } from '#core/errors.ts';
import { storeFailure } from '#workers/store/failure.ts';

export class Live<T> {
  value = $state.raw<T | undefined>(undefined);
  /** True once the query has answered, also with undefined. */
  ready = $state(false);
  failure = $state.raw<Failure | null>(null);
}

export function live<T>(query: () => T | Promise<T>, dependency?: () => unknown): Live<T> {
  const answer = new Live<T>();
  $effect(() => {
    dependency?.();
    answer.ready = false;
    const subscription = liveQuery(query).subscribe({
      next: (value) => {
        answer.value = value;
        answer.ready = true;
        answer.failure = null;
      },
      error: (error: unknown) => {
        answer.ready = true;
        answer.failure = storeFailure(error);
      },
    });
    return () => subscription.unsubscribe();
  });
  return answer;
}
