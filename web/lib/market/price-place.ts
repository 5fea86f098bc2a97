/** Who tells the prices of a watched symbol: a trading account, a public source, or what is stored. */
import type { Instrument } from '#core/broker/instrument.ts';
import { isTickSeries, type PriceSeries } from '#core/collections/price-series.ts';
import { timeframeMs } from '#core/market/timeframe.ts';

/** A trading account and all that it quotes. */
export interface Broker {
  readonly accountId: string;
  readonly name: string;
  readonly isSimulated: boolean;
  /** Its terminal is heard and connected. */
  readonly isOnline: boolean;
  readonly instruments: ReadonlyMap<string, Instrument>;
}

export type PricePlace =
  | { readonly kind: 'account'; readonly broker: Broker; readonly instrument: Instrument }
  | { readonly kind: 'provider'; readonly provider: string }
  | { readonly kind: 'stored'; readonly series: PriceSeries };

export interface KnownPlaces {
  readonly brokers: readonly Broker[];
  /** Symbols that a public source was found to have. */
  readonly providers: ReadonlyMap<string, string>;
  readonly series: readonly PriceSeries[];
  /** The account that goes before all others. */
  readonly preferred: string | null;
}

/** What is live goes before what is stored; null where nobody has the symbol. */
export function placeOf(symbol: string, known: KnownPlaces): PricePlace | null {
  const { brokers, providers, preferred } = known;
  const quoting = brokers.filter(({ instruments }) => instruments.has(symbol));
  const rank = (broker: Broker) =>
    broker.accountId === preferred ? 0 : broker.isOnline ? (broker.isSimulated ? 2 : 1) : 3;
  const broker = quoting.toSorted((a, b) => rank(a) - rank(b))[0];
  const instrument = broker?.instruments.get(symbol);
  if (broker && instrument) return { kind: 'account', broker, instrument };
  const provider = providers.get(symbol);
  if (provider !== undefined) return { kind: 'provider', provider };
  const series = longestOf(known.series, symbol);
  return series && { kind: 'stored', series };
}

/** Of a symbol's stored bars those that make days, else the nearest to days. */
function longestOf(all: readonly PriceSeries[], symbol: string): PriceSeries | null {
  const away = ({ timeframe }: PriceSeries) => {
    const days = (timeframeMs(timeframe) ?? 0) / 86_400_000;
    return days > 1 ? days : 1 - days;
  };
  const own = all.filter((each) => each.symbol === symbol && !isTickSeries(each));
  return own.toSorted((a, b) => b.lastMs - a.lastMs || away(a) - away(b))[0] ?? null;
}

/** Differs where other prices are meant. */
export function placeKey(symbol: string, place: PricePlace): string {
  switch (place.kind) {
    case 'account':
      return `account ${place.broker.accountId} ${symbol}`;
    case 'provider':
      return `provider ${place.provider} ${symbol}`;
    case 'stored':
      return `stored ${place.series.id} ${place.series.lastMs} ${place.series.bars}`;
  }
}
