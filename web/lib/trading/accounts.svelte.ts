/** The trading accounts of who is signed in, kept as they are now. */
import type { AccountView } from '#core/broker/views.ts';
import type { CallFailure } from '../account/api.ts';
import { ask } from '../account/ask.ts';
import { askAgain } from './ask-again.ts';

export class Accounts {
  list = $state.raw<readonly AccountView[] | undefined>(undefined);
  failure = $state.raw<CallFailure | null>(null);
  nowMs = $state(Date.now());
  private isAsking = false;

  /** Those that can be traded on, paper and real alike. */
  readonly usable: readonly AccountView[] = $derived(
    (this.list ?? []).filter(({ state }) => state !== 'revoked'),
  );

  /** Asks anew so often; call it while a component is set up. */
  follow({ everyMs }: { readonly everyMs: number }): void {
    $effect(() => {
      void this.refresh();
      return askAgain(() => void this.refresh(), everyMs);
    });
  }

  async refresh(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    const answer = await ask((server) => server.terminals.list.query());
    this.isAsking = false;
    this.nowMs = Date.now();
    this.failure = answer.ok ? null : answer.error;
    if (answer.ok) this.list = answer.value.accounts;
  }
}
