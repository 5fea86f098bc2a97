/**
 * Prices on their way to those who look: of each symbol the latest, a few times a second.
 *
 * It holds one quote a symbol, however many arrive, and of an account that nobody looks at none.
 */
import type { Quote } from '#core/broker/instrument.ts';
import { MOST_QUOTES } from '#core/sync/live.ts';

export const quotesEveryMs = 250;
/** How long a look lasts: whoever goes on looking says so again. */
export const lookMs = 90_000;

export interface QuoteStream {
  /** Somebody looks at these symbols of the account. */
  look(accountId: string, symbols: readonly string[], nowMs: number): void;
  put(accountId: string, quotes: readonly Quote[]): void;
  /** What moved since the last time, by account, of what is looked at. */
  take(nowMs: number): readonly { readonly accountId: string; readonly quotes: readonly Quote[] }[];
  looked(accountId: string): readonly string[];
  forget(accountId: string): void;
}

interface Watched {
  /** Until when each symbol is looked at. */
  readonly untilMs: Map<string, number>;
  readonly moved: Map<string, Quote>;
}

export function quoteStream(): QuoteStream {
  const watched = new Map<string, Watched>();
  return {
    look(accountId, symbols, nowMs) {
      const there = watched.get(accountId) ?? { untilMs: new Map(), moved: new Map() };
      watched.set(accountId, there);
      for (const symbol of symbols) {
        there.untilMs.delete(symbol);
        there.untilMs.set(symbol, nowMs + lookMs);
      }
      // Those looked at last stay.
      for (const symbol of there.untilMs.keys()) {
        if (there.untilMs.size <= MOST_QUOTES) break;
        there.untilMs.delete(symbol);
        there.moved.delete(symbol);
      }
    },
    put(accountId, quotes) {
      const there = watched.get(accountId);
      if (!there) return;
      for (const quote of quotes) {
        if (there.untilMs.has(quote.symbol)) there.moved.set(quote.symbol, quote);
      }
    },
    take(nowMs) {
      const said = [];
      for (const [accountId, there] of watched) {
        for (const [symbol, untilMs] of there.untilMs) {
          if (untilMs > nowMs) continue;
          there.untilMs.delete(symbol);
          there.moved.delete(symbol);
        }
        if (there.moved.size > 0) said.push({ accountId, quotes: [...there.moved.values()] });
        there.moved.clear();
        if (there.untilMs.size === 0) watched.delete(accountId);
      }
      return said;
    },
    looked: (accountId) => [...(watched.get(accountId)?.untilMs.keys() ?? [])],
    forget: (accountId) => void watched.delete(accountId),
  };
}
