/** The bots of who is signed in, kept as they are now. */
import type { BotView } from '#core/automation/bot-views.ts';
import type { CallFailure } from '../account/api.ts';
import { ask } from '../account/ask.ts';
import { askAgain } from '../trading/ask-again.ts';

const atMostEveryMs = 2_000;

export class Bots {
  list = $state.raw<readonly BotView[] | undefined>(undefined);
  failure = $state.raw<CallFailure | null>(null);
  /** Rises with whatever may have changed. */
  changes = $state(0);
  private askedMs = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly alive: readonly BotView[] = $derived(
    (this.list ?? []).filter(({ state }) => state === 'running' || state === 'paused'),
  );

  /** Asks anew so often, and when something is said to have changed; call it during set-up. */
  follow({ everyMs }: { readonly everyMs: number }): void {
    $effect(() => {
      const stop = askAgain(() => this.soon(), everyMs);
      void this.refresh();
      return () => {
        stop();
        clearTimeout(this.timer);
      };
    });
  }

  async refresh(): Promise<void> {
    this.askedMs = Date.now();
    const answer = await ask((server) => server.bots.list.query());
    this.failure = answer.ok ? null : answer.error;
    if (!answer.ok) return;
    this.list = answer.value.bots;
    this.changes++;
  }

  private soon(): void {
    if (this.timer !== undefined) return;
    const waitMs = Math.max(0, this.askedMs + atMostEveryMs - Date.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.refresh();
    }, waitMs);
  }
}
