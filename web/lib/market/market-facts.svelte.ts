/** What public sources say of the market as a whole, asked for by the clock while the page is seen. */
import type {
  FearIndex,
  MarketMovers,
  MarketOverview,
  Part,
  SocialMentions,
  SourceView,
} from '#core/market/market-views.ts';
import type { CallFailure } from '../account/api.ts';
import { ask } from '../account/ask.ts';

export interface Facts {
  readonly overview: Part<MarketOverview>;
  readonly movers: Part<MarketMovers>;
  readonly index: Part<FearIndex>;
  readonly mentions: Part<SocialMentions>;
  readonly sources: readonly SourceView[];
  /** When all of it was asked. */
  readonly askedMs: number;
}

const everyMs = 120_000;

export class MarketFacts {
  value = $state.raw<Facts | null>(null);
  failure = $state.raw<CallFailure | null>(null);
  /** Not a state: whoever asks in an effect would ask anew when the answer is there. */
  private isAsking = false;

  /** Call it while a component is set up. */
  follow(): void {
    $effect(() => {
      void this.refresh();
      const timer = setInterval(() => {
        if (document.visibilityState === 'visible') void this.refresh();
      }, everyMs);
      return () => clearInterval(timer);
    });
  }

  async refresh(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    const answer = await ask(async ({ market }) => {
      const [overview, movers, sentiment] = await Promise.all([
        market.overview.query(),
        market.movers.query(),
        market.sentiment.query(),
      ]);
      // Asked last: how the sources stand after these questions.
      const { sources } = await market.sources.query();
      return { overview, movers, ...sentiment, sources, askedMs: Date.now() };
    });
    this.isAsking = false;
    this.failure = answer.ok ? null : answer.error;
    if (answer.ok) this.value = answer.value;
  }
}
