/** What is held of each symbol, and of each currency behind the symbols, on one account. */
import type { Position } from '#core/broker/book.ts';
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import { moneyOfMove } from '#core/risk/move.ts';
import { pairOf, type Rate } from './rates.ts';

export interface Held {
  /** Of the account's money. */
  readonly currency: string;
  readonly equity: number | null;
  readonly positions: readonly Pick<
    Position,
    'symbol' | 'side' | 'volumeLots' | 'openPrice' | 'profit' | 'swap'
  >[];
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly quotes: ReadonlyMap<string, Quote>;
}

export interface SymbolExposure {
  readonly symbol: string;
  readonly positions: number;
  readonly buyLots: number;
  readonly sellLots: number;
  /** Bought less sold. */
  readonly netLots: number;
  /** Account money that the net is worth at the price now; null where the symbol is not known. */
  readonly notional: number | null;
  /** Account money; of both sides the larger counts, as is usual. */
  readonly margin: number | null;
  /** Of equity. */
  readonly marginRatio: number | null;
}

const tidyLots = (lots: number): number => Number(lots.toFixed(8));

/** The largest first. */
export function exposureBySymbol(held: Held): readonly SymbolExposure[] {
  const bySymbol = new Map<string, { buy: number; sell: number; count: number }>();
  for (const { symbol, side, volumeLots } of held.positions) {
    const sums = bySymbol.get(symbol) ?? { buy: 0, sell: 0, count: 0 };
    sums[side] += volumeLots;
    sums.count++;
    bySymbol.set(symbol, sums);
  }
  return [...bySymbol]
    .map(([symbol, sums]) => exposureOf(held, symbol, sums))
    .sort((a, b) => Math.abs(b.notional ?? 0) - Math.abs(a.notional ?? 0));
}

function exposureOf(
  held: Held,
  symbol: string,
  { buy, sell, count }: { readonly buy: number; readonly sell: number; readonly count: number },
): SymbolExposure {
  const instrument = held.instruments.get(symbol);
  const price = priceOf(held, symbol);
  const netLots = tidyLots(buy - sell);
  const margin = instrument ? Math.max(buy, sell) * instrument.marginPerLot : null;
  const isWorth = instrument && price !== null && instrument.tickSize > 0;
  return {
    ...{ symbol, positions: count, buyLots: tidyLots(buy), sellLots: tidyLots(sell), netLots },
    notional: isWorth ? moneyOfMove(price, netLots, instrument) : null,
    margin,
    marginRatio: margin === null || !held.equity ? null : margin / held.equity,
  };
}

function priceOf({ quotes, positions }: Held, symbol: string): number | null {
  const quote = quotes.get(symbol);
  if (quote) return (quote.bid + quote.ask) / 2;
  return positions.find((each) => each.symbol === symbol)?.openPrice ?? null;
}

export interface CurrencyExposure {
  readonly currency: string;
  /** Of that currency itself; negative: owed. */
  readonly amount: number;
  /** In the account's money; null where no price tells. */
  readonly worth: number | null;
}

export interface CurrencyExposures {
  readonly rows: readonly CurrencyExposure[];
  /** Symbols whose names are of no two currencies, and so are not in it. */
  readonly others: readonly string[];
}

/** What one holds and owes of each currency: a bought EURUSD is so many euros and owed dollars. */
export function exposureByCurrency(held: Held, rate: Rate): CurrencyExposures {
  const sums = new Map<string, number>();
  const others = new Set<string>();
  const add = (currency: string, amount: number) =>
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  for (const { symbol, side, volumeLots, openPrice } of held.positions) {
    const pair = pairOf(symbol);
    const instrument = held.instruments.get(symbol);
    if (!pair || !instrument) {
      others.add(symbol);
      continue;
    }
    const units = (side === 'buy' ? 1 : -1) * volumeLots * instrument.contractSize;
    add(pair.base, units);
    add(pair.quote, -units * (priceOf(held, symbol) ?? openPrice));
  }
  const worthOf = (currency: string, amount: number) => {
    const each = rate(currency, held.currency);
    return each === null ? null : amount * each;
  };
  const rows = [...sums].map(([currency, amount]) => ({
    ...{ currency, amount, worth: worthOf(currency, amount) },
  }));
  rows.sort((a, b) => Math.abs(b.worth ?? 0) - Math.abs(a.worth ?? 0));
  return { rows, others: [...others] };
}
