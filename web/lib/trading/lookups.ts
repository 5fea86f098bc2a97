/** Lists by what they are looked up by; made anew with each change, so that whoever reads sees it. */
import type { Quote } from '#core/broker/instrument.ts';

export function bySymbol<T extends { readonly symbol: string }>(
  ...lists: readonly (readonly T[])[]
): ReadonlyMap<string, T> {
  return new Map(lists.flat().map((each) => [each.symbol, each]));
}

export function byId<T extends { readonly id: string }>(
  ...lists: readonly (readonly T[])[]
): ReadonlyMap<string, T> {
  return new Map(lists.flat().map((each) => [each.id, each]));
}

/** What is known and what is told: of each symbol the newer. */
export function newerQuotes(
  known: ReadonlyMap<string, Quote>,
  told: readonly Quote[],
): ReadonlyMap<string, Quote> {
  const next = new Map(known);
  for (const quote of told) {
    if ((next.get(quote.symbol)?.timeMs ?? -Infinity) <= quote.timeMs)
      next.set(quote.symbol, quote);
  }
  return next;
}

/** Prices by account and symbol. */
export type AccountQuotes = ReadonlyMap<string, ReadonlyMap<string, Quote>>;
export const noQuotes: ReadonlyMap<string, Quote> = new Map();
export const noAccountQuotes: AccountQuotes = new Map();

/** What is known of several accounts and what is told of them. */
export function newerAccountQuotes(
  known: AccountQuotes,
  told: readonly (readonly [accountId: string, quote: Quote])[],
): AccountQuotes {
  const next = new Map(known);
  for (const accountId of new Set(told.map(([id]) => id))) {
    const own = told.filter(([id]) => id === accountId).map(([, quote]) => quote);
    next.set(accountId, newerQuotes(next.get(accountId) ?? noQuotes, own));
  }
  return next;
}
