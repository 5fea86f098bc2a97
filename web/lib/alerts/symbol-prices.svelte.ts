/** The symbols of an account and the price of one, while a dialog is open: asking wakes its terminal. */
import { untrack } from 'svelte';
import { ask } from '../account/ask.ts';

const askEveryMs = 1_500;

export class SymbolPrices {
  symbols = $state.raw<readonly string[]>([]);
  bid = $state<number | null>(null);
  private of = '';

  /** Call it while a component is set up; asks for nothing while the account is null. */
  follow(wanted: () => { readonly accountId: string | null; readonly symbol: string }): void {
    $effect(() => {
      const { accountId, symbol } = wanted();
      this.bid = null;
      if (accountId === null) return;
      const look = () => void this.look(accountId, symbol);
      // What it answers is no reason to ask anew.
      untrack(() => {
        if (this.of !== accountId) this.symbols = [];
        look();
      });
      const timer = setInterval(look, askEveryMs);
      return () => clearInterval(timer);
    });
  }

  private async look(accountId: string, symbol: string): Promise<void> {
    const isKnown = this.symbols.includes(symbol);
    const symbols = isKnown ? [symbol] : [];
    const book = await ask((server) => server.orders.book.query({ accountId, symbols }));
    if (book.ok && isKnown) {
      this.bid = book.value.quotes.find((quote) => quote.symbol === symbol)?.bid ?? null;
    }
    if (this.of === accountId && this.symbols.length > 0) return;
    const answer = await ask((server) => server.orders.instruments.query({ accountId }));
    if (!answer.ok) return;
    this.of = accountId;
    this.symbols = answer.value.instruments.map((each) => each.symbol);
  }
}
