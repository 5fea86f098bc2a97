/** Which of the symbols on offer a typed text means, the likeliest first. */

import { isTickSeries, type PriceSeries } from '#core/collections/price-series.ts';
import { say } from '../words/language.ts';

export interface OfferedSymbol {
  readonly symbol: string;
  readonly accountId: string | null;
  /** Where it is from, in words. */
  readonly place: string;
  readonly about: string;
}

/** A long list is of no use: more typing is. */
const mostFound = 100;

export function searchSymbols(
  all: readonly OfferedSymbol[],
  query: string,
): readonly OfferedSymbol[] {
  const wanted = query.trim().toLowerCase();
  const rank = ({ symbol, about }: OfferedSymbol): number => {
    const name = symbol.toLowerCase();
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    if (name.includes(wanted)) return 2;
    return about.toLowerCase().includes(wanted) ? 3 : 4;
  };
  return all
    .filter((each) => rank(each) < 4)
    .toSorted((a, b) => rank(a) - rank(b) || a.symbol.localeCompare(b.symbol))
    .slice(0, mostFound);
}

/** The symbols of stored bars, each with the timeframes it is stored in. */
export function storedSymbols(
  all: readonly Pick<PriceSeries, 'symbol' | 'timeframe'>[],
): readonly OfferedSymbol[] {
  const frames = new Map<string, string[]>();
  for (const each of all) {
    if (isTickSeries(each)) continue;
    frames.set(each.symbol, [...(frames.get(each.symbol) ?? []), each.timeframe]);
  }
  return [...frames].map(([symbol, timeframes]) => ({
    ...{ symbol, accountId: null, place: say`stored here` },
    about: timeframes.join(', '),
  }));
}

/** The first account that quotes a symbol, which is left as it is where none does. */
export function whereQuoted(
  symbol: string,
  offered: readonly OfferedSymbol[],
): { readonly symbol: string; readonly accountId: string | null } {
  const found = offered.find((each) => each.accountId !== null && each.symbol === symbol);
  return { symbol, accountId: found?.accountId ?? null };
}
