/**
 * Prices of public sources, asked for by the clock. Which source has a symbol is found out once: a
 * question with one symbol that a source does not know would be refused whole.
 */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { MarketQuote } from '#core/market/market-views.ts';
import { ask } from '../account/ask.ts';
import { inParts } from './wanted-quotes.ts';

const everyMs = 15_000;
const mostSymbols = 50;
const pauseMs = 300;

export class ProviderQuotes {
  /** The source that has a symbol. */
  readonly homes = new SvelteMap<string, string>();
  private readonly quotes = new SvelteMap<string, MarketQuote>();
  /** Nobody has these: they are not asked for again while the page is open. */
  private readonly unknown = new SvelteSet<string>();

  of(symbol: string): MarketQuote | undefined {
    return this.quotes.get(symbol);
  }

  /** `symbols` are those that no account quotes. Call it while a component is set up. */
  follow(symbols: () => readonly string[]): void {
    const key = $derived(JSON.stringify(symbols()));
    $effect(() => {
      const wanted = JSON.parse(key) as readonly string[];
      if (wanted.length === 0) return;
      let isOver = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const again = async () => {
        if (document.visibilityState === 'visible') await this.ask(wanted, () => isOver);
        if (!isOver) timer = setTimeout(() => void again(), everyMs);
      };
      void again();
      return () => {
        isOver = true;
        clearTimeout(timer);
      };
    });
  }

  /** Whether a source has it, once asked; null where none answers. */
  async find(symbol: string): Promise<boolean | null> {
    const answer = await ask((server) =>
      server.market.quotes.query({ source: { provider: 'any' }, symbols: [symbol] }),
    );
    if (!answer.ok) return null;
    const found = answer.value.there?.find((each) => each.symbol === symbol);
    if (found) {
      this.homes.set(symbol, found.source);
      this.quotes.set(symbol, found);
      return true;
    }
    const reasons = Object.values(answer.value.without ?? {});
    const isKnown = answer.value.there !== null || reasons.every((why) => why === 'symbol');
    if (isKnown) this.unknown.add(symbol);
    return isKnown ? false : null;
  }

  private async ask(wanted: readonly string[], isOver: () => boolean): Promise<void> {
    for (const symbol of wanted) {
      if (this.homes.has(symbol) || this.unknown.has(symbol)) continue;
      await this.find(symbol);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      if (isOver()) return;
    }
    for (const provider of new SvelteSet(this.homes.values())) {
      const own = wanted.filter((symbol) => this.homes.get(symbol) === provider);
      for (const symbols of inParts(own, mostSymbols)) {
        const answer = await ask((server) =>
          server.market.quotes.query({ source: { provider }, symbols }),
        );
        const there = answer.ok ? (answer.value.there ?? []) : [];
        for (const each of there) this.quotes.set(each.symbol, each);
      }
    }
  }
}
