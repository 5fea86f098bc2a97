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
