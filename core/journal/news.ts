/** News that were announced: whose they are, and whether a round trip was opened near them. */
import type { RoundTrip } from './round-trip.ts';

export type NewsImpact = 'high' | 'medium' | 'low';
export const newsImpacts: readonly NewsImpact[] = ['high', 'medium', 'low'];

export interface NewsEvent {
  /** UTC. */
  readonly atMs: number;
  /** `USD`. */
  readonly currency: string;
  readonly impact: NewsImpact;
  readonly title: string;
}

/** How long before and after the event counts as near. */
export interface NewsWindow {
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** Opened near an event; it came while it was open; neither. */
export type NewsKey = 'near' | 'through' | 'away';

/** The times of what moves a market most, by currency, rising. */
export interface NewsBook {
  readonly timesMs: ReadonlyMap<string, Float64Array>;
  /** Days on which something is known; of others nothing is said. */
  readonly days: ReadonlySet<number>;
}

const dayMs = 86_400_000;
/** Calendars have days without any news, and whole weekends. */
const daysAround = 4;

export function newsBook(events: readonly NewsEvent[]): NewsBook {
  const times = new Map<string, number[]>();
  const days = new Set<number>();
  for (const { atMs, currency, impact } of events) {
    const day = Math.floor(atMs / dayMs);
    for (let around = -daysAround; around <= daysAround; around++) days.add(day + around);
    if (impact !== 'high') continue;
    const known = times.get(currency);
    if (known) known.push(atMs);
    else times.set(currency, [atMs]);
  }
  const sorted = Array.from(times, ([currency, all]) => [currency, Float64Array.from(all).sort()]);
  return { timesMs: new Map(sorted as [string, Float64Array][]), days };
}

/** Null where nothing is known of that day, or of what moves the symbol. */
export function newsKeyOf(
  { timesMs, days }: NewsBook,
  { beforeMs, afterMs }: NewsWindow,
): (trip: Pick<RoundTrip, 'symbol' | 'openedMs' | 'closedMs' | 'isWhole'>) => NewsKey | null {
  const currenciesBySymbol = new Map<string, readonly string[]>();
  return ({ symbol, openedMs, closedMs, isWhole }) => {
    let currencies = currenciesBySymbol.get(symbol);
    if (!currencies) currenciesBySymbol.set(symbol, (currencies = symbolCurrencies(symbol)));
    if (!isWhole || currencies.length === 0 || !days.has(Math.floor(openedMs / dayMs))) return null;
    let isThrough = false;
    for (const currency of currencies) {
      const times = timesMs.get(currency);
      if (!times) continue;
      const at = firstFrom(times, openedMs - afterMs);
      if (at < times.length && times[at]! <= openedMs + beforeMs) return 'near';
      isThrough ||= at < times.length && closedMs !== null && times[at]! < closedMs;
    }
    return isThrough ? 'through' : 'away';
  };
}

/** Index of the first that is not before; as many as there are where none is. */
function firstFrom(times: Float64Array, ms: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

const codes = new Set(
  (
    'AUD BRL CAD CHF CLP CNH CNY CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KRW MXN NOK NZD PLN RON RUB ' +
    'SEK SGD THB TRY TWD USD ZAR'
  ).split(' '),
);
/** Indices by how brokers begin their names. */
const indices: readonly (readonly [RegExp, string])[] = [
  [/^(US|SPX|SP500|NAS|NDX|DJ|DOW|WALL|RUSSELL|DXY|USTEC|ES|NQ|YM)/, 'USD'],
  [/^(GER|DE|DAX|EU|STOXX|ESTX|FRA|FR4|CAC|ESP|SPA|IBEX|ITA|IT4|NETH|NL2)/, 'EUR'],
  [/^(UK|FTSE)/, 'GBP'],
  [/^(JP|JPN|NI|NIK)/, 'JPY'],
  [/^(AUS|AU2|ASX)/, 'AUD'],
  [/^(HK|HSI)/, 'HKD'],
  [/^(SUI|SWI|CH20|SMI)/, 'CHF'],
  [/^(GOLD|SILVER|OIL|WTI|BRENT|UKOIL|USOIL|XAU|XAG|XPT|XPD|XTI|XBR|BTC|ETH)/, 'USD'],
];

/** Currencies whose news move it: both of a pair, that of an index; none where nobody can tell. */
export function symbolCurrencies(symbol: string): readonly string[] {
  const plain = symbol.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  const halves = [plain.slice(0, 3), plain.slice(3, 6)];
  const own = halves.filter((code) => codes.has(code));
  // `USDX` begins like a pair: only two halves that are both known, or one after a metal, are.
  if (own.length === 2 || codes.has(halves[1]!)) return [...new Set(own)];
  return indices.flatMap(([begin, currency]) => (begin.test(plain) ? [currency] : [])).slice(0, 1);
}

/** Those of its currencies from some time before to some time after, in order of time. */
export function newsAround(
  events: readonly NewsEvent[],
  symbol: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): readonly NewsEvent[] {
  const currencies = symbolCurrencies(symbol);
  return events
    .filter(({ atMs, currency }) => atMs >= fromMs && atMs <= toMs && currencies.includes(currency))
    .toSorted((a, b) => a.atMs - b.atMs);
}
