/** The latest quotes of each account's broker, as its connector told them to this process. */
import type { Quote } from '#core/broker/instrument.ts';

export interface QuoteBoard {
  put(accountId: string, quote: Quote): void;
  of(accountId: string, symbol: string): Quote | null;
  all(accountId: string): readonly Quote[];
  /** Its connector is away: an old price is no price. */
  forget(accountId: string): void;
}

export function quoteBoard(): QuoteBoard {
  const boards = new Map<string, Map<string, Quote>>();
  return {
    put(accountId, quote) {
      const board = boards.get(accountId) ?? new Map<string, Quote>();
      boards.set(accountId, board.set(quote.symbol, quote));
    },
    of: (accountId, symbol) => boards.get(accountId)?.get(symbol) ?? null,
    all: (accountId) => [...(boards.get(accountId)?.values() ?? [])],
    forget: (accountId) => void boards.delete(accountId),
  };
}
