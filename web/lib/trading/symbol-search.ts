/** Symbols that fit what is typed, the likeliest first; fast over thousands of them. */
import type { Instrument } from '#core/broker/instrument.ts';

/** 0 begins with it … 3 its description holds it; null: it does not fit. */
function rank({ symbol, description }: Instrument, sought: string): number | null {
  const name = symbol.toLowerCase();
  if (name === sought) return 0;
  if (name.startsWith(sought)) return 1;
  if (name.includes(sought)) return 2;
  return description.toLowerCase().includes(sought) ? 3 : null;
}

/** All of them while nothing is typed; of equal rank in the order in which the broker lists them. */
export function matchingSymbols(
  instruments: readonly Instrument[],
  typed: string,
): readonly Instrument[] {
  const sought = typed.trim().toLowerCase();
  if (sought === '') return instruments;
  const byRank: Instrument[][] = [[], [], [], []];
  for (const each of instruments) {
    const at = rank(each, sought);
    if (at !== null) byRank[at]?.push(each);
  }
  return byRank.flat();
}
