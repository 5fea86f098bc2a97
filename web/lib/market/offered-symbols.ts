/** Symbols that can be put on a watchlist: of trading accounts and of what is stored. */
import type { PriceSeries } from '#core/collections/price-series.ts';
import { storedSymbols, type OfferedSymbol } from '../chart/symbol-search.ts';
import type { Broker } from './price-place.ts';
import { say } from '../words/language.ts';

/** A symbol once, however many have it: the places are told together. */
export function offeredSymbols(
  brokers: readonly Broker[],
  series: readonly PriceSeries[],
): readonly OfferedSymbol[] {
  const bySymbol = new Map<string, OfferedSymbol>();
  const take = (offered: OfferedSymbol) => {
    const known = bySymbol.get(offered.symbol);
    const place = known ? `${known.place}; ${offered.place}` : offered.place;
    bySymbol.set(offered.symbol, { ...offered, about: known?.about ?? offered.about, place });
  };
  for (const { name, isSimulated, instruments, accountId } of brokers) {
    const place = isSimulated ? say`${name}, simulated` : name;
    for (const { symbol, description } of instruments.values()) {
      take({ symbol, accountId, about: description, place });
    }
  }
  for (const each of storedSymbols(series)) take(each);
  return [...bySymbol.values()];
}
