/** Which symbols of which trading accounts are asked for, and which of those told are among them. */
import type { Quote } from '#core/broker/instrument.ts';
import type { PricePlace } from './price-place.ts';

/** Symbols by account. */
export type WantedQuotes = ReadonlyMap<string, readonly string[]>;

export function wantedQuotes(
  watched: readonly { readonly symbol: string; readonly place: PricePlace | null }[],
): WantedQuotes {
  const byAccount = new Map<string, string[]>();
  for (const { symbol, place } of watched) {
    if (place?.kind !== 'account') continue;
    const { accountId } = place.broker;
    byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), symbol]);
  }
  return byAccount;
}

/** The same for the same question, and back. */
export const wantedKey = (wanted: WantedQuotes): string => JSON.stringify([...wanted]);
export const wantedOf = (key: string): WantedQuotes =>
  new Map(JSON.parse(key) as [string, string[]][]);

export type Chosen = (
  quotes: readonly Quote[],
  accountId: string,
) => readonly (readonly [accountId: string, quote: Quote])[];

export function chosenOf(wanted: WantedQuotes): Chosen {
  const sets = new Map([...wanted].map(([id, symbols]) => [id, new Set(symbols)]));
  return (quotes, accountId) => {
    const own = sets.get(accountId);
    return own ? quotes.filter((q) => own.has(q.symbol)).map((q) => [accountId, q] as const) : [];
  };
}

/** Each account with so many symbols at most in one question. */
export function inQuestions(
  wanted: WantedQuotes,
  mostSymbols: number,
): readonly { readonly accountId: string; readonly symbols: string[] }[] {
  return [...wanted].flatMap(([accountId, all]) =>
    inParts(all, mostSymbols).map((symbols) => ({ accountId, symbols })),
  );
}

/** The same items in order, so many at most in one part. */
export function inParts<T>(items: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, part) =>
    items.slice(part * most, (part + 1) * most),
  );
}
