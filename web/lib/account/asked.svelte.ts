/**
 * What a procedure answers, asked when a component appears and again by `refresh()`.
 *
 * Call it while a component is being set up: `const tokens = asked((s) => s.security.tokens.query())`,
 * then read `tokens.value` (undefined until the first answer) and `tokens.failure`. What depends on
 * changing state names it second: it is asked again whenever that changes.
 */
import { untrack } from 'svelte';
import type { CallFailure, Procedure } from './api.ts';
import { ask } from './ask.ts';

export class Asked<T> {
  value = $state.raw<T | undefined>(undefined);
  failure = $state.raw<CallFailure | null>(null);
  private readonly procedure: Procedure<T>;

  constructor(procedure: Procedure<T>) {
    this.procedure = procedure;
  }
  async refresh(): Promise<void> {
    const answer = await ask(this.procedure);
    // What was answered before stays in sight beside the failure.
    if (answer.ok) this.value = answer.value;
    this.failure = answer.ok ? null : answer.error;
  }
}

export function asked<T>(procedure: Procedure<T>, dependency?: () => unknown): Asked<T> {
  const answer = new Asked(procedure);
  $effect(() => {
    dependency?.();
    untrack(() => void answer.refresh());
  });
  return answer;
}
