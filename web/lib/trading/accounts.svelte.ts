/** The trading accounts of who is signed in, kept as they are now. */
import type { AccountView } from '#core/broker/views.ts';
import type { CallFailure } from '../account/api.ts';
import { ask } from '../account/ask.ts';
import { database } from '../state/database.ts';
import { followTrading } from './trading-news.ts';

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
      const again = () => document.visibilityState === 'visible' && void this.refresh();
      const unfollow = followTrading({
        database: database.name,
        accountId: null,
        onChange: again,
        onQuotes: () => undefined,
        onLine: () => undefined,
      });
      const timer = setInterval(again, everyMs);
      void this.refresh();
      return () => {
        unfollow();
        clearInterval(timer);
      };
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
