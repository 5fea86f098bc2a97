/** What one currency is worth in another, as far as the prices at hand tell; nothing is guessed. */
import type { Quote } from '#core/broker/instrument.ts';

/** Currencies as brokers write them into the names of symbols, metals and coins among them. */
const known = new Set(
  (
    'USD EUR GBP JPY CHF AUD CAD NZD SEK NOK DKK PLN CZK HUF TRY ZAR MXN SGD HKD CNH CNY INR IDR ' +
    'THB KRW ILS RUB BRL XAU XAG XPT XPD BTC ETH LTC XRP BCH SOL ADA DOT UST USDT USDC'
  ).split(' '),
);

export interface Pair {
  readonly base: string;
  readonly quote: string;
}

/** `EURUSD`, `EURUSD.m`, `BTCUSDT`, `EUR/USD`; null where the name is of no two currencies. */
export function pairOf(symbol: string): Pair | null {
  const letters = /^([A-Z]{3,4})[/_-]?([A-Z]{3,4})(?![A-Z])/;
  const at = symbol.toUpperCase();
  const strict = letters.exec(at) ?? /^([A-Z]{3})([A-Z]{3})/.exec(at);
  const pair = strict && splitOf(`${strict[1]}${strict[2]}`);
  return pair ?? null;
}

function splitOf(letters: string): Pair | null {
  for (const cut of [3, 4]) {
    const base = letters.slice(0, cut);
    const rest = letters.slice(cut);
    const quote = known.has(rest) ? rest : rest.slice(0, 3);
    if (known.has(base) && known.has(quote) && base !== quote) return { base, quote };
  }
  return null;
}

/** How many of `to` one of `from` is; null where no price, nor two of them in a row, tells. */
export type Rate = (from: string, to: string) => number | null;

/** By the middle of bid and ask. */
export function ratesOf(quotes: Iterable<Quote>): Rate {
  const direct = new Map<string, Map<string, number>>();
  const note = (from: string, to: string, rate: number) => {
    const there = direct.get(from) ?? new Map<string, number>();
    if (!there.has(to)) there.set(to, rate);
    direct.set(from, there);
  };
  for (const { symbol, bid, ask } of quotes) {
    const pair = pairOf(symbol);
    const middle = (bid + ask) / 2;
    if (!pair || !(middle > 0)) continue;
    note(pair.base, pair.quote, middle);
    note(pair.quote, pair.base, 1 / middle);
  }
  return (from, to) => {
    if (from === to) return 1;
    const first = direct.get(from);
    const straight = first?.get(to);
    if (straight !== undefined) return straight;
    for (const [by, rate] of first ?? []) {
      const second = direct.get(by)?.get(to);
      if (second !== undefined) return rate * second;
    }
    return null;
  };
}
