/** Binance's public market data, which needs no key: bars, prices and movers of its spot pairs. */
import { z } from 'zod';
import { fail, ok } from '#core/result.ts';
import type { Mover } from '#core/market/market-views.ts';
import type { Provider, Question } from '../provider.ts';
import { ranked } from './ranking.ts';
import { amount, barsOf, figure, price, shaped, symbolName } from './readings.ts';

const intervals: Readonly<Record<string, string>> = {
  ...{ M1: '1m', M3: '3m', M5: '5m', M15: '15m', M30: '30m', H1: '1h', H2: '2h', H4: '4h' },
  ...{ H6: '6h', H8: '8h', H12: '12h', D1: '1d', W1: '1w', MN1: '1M' },
};
const symbolShape = /^[A-Z0-9]{3,20}$/;

const klines = z
  .array(
    z
      .tuple([z.int().min(0), price, price, price, price, amount])
      .rest(z.unknown())
      .transform(([openMs, open, high, low, close, volume]) => {
        return { openMs, open, high, low, close, volume };
      }),
  )
  .max(2_000);

const bars: Question<'bars'> = {
  place({ symbol, timeframe, beforeMs, limit }) {
    const interval = intervals[timeframe];
    if (!symbolShape.test(symbol)) return fail('symbol');
    if (interval === undefined) return fail('timeframe');
    const until = beforeMs === null ? {} : { endTime: String(beforeMs - 1) };
    const query = { symbol, interval, limit: String(limit), ...until };
    return ok({ path: '/api/v3/klines', query });
  },
  read({ value }, ask) {
    const read = shaped(klines, value);
    return read.ok ? barsOf(read.value, ask) : read;
  },
};

const tickers = z
  .array(
    z.object({
      symbol: symbolName,
      bidPrice: amount,
      askPrice: amount,
      lastPrice: amount,
      closeTime: z.int(),
    }),
  )
  .max(5_000);

const quotes: Question<'quotes'> = {
  place({ symbols }) {
    if (!symbols.every((symbol) => symbolShape.test(symbol))) return fail('symbol');
    return ok({ path: '/api/v3/ticker/24hr', query: { symbols: JSON.stringify(symbols) } });
  },
  read({ value, nowMs }) {
    const read = shaped(tickers, value);
    if (!read.ok) return read;
    const orNone = (each: number) => (each > 0 ? each : null);
    return ok(
      read.value.map(({ symbol, bidPrice, askPrice, lastPrice, closeTime }) => ({
        symbol,
        bid: orNone(bidPrice),
        ask: orNone(askPrice),
        last: orNone(lastPrice),
        timeMs: Math.min(closeTime, nowMs),
      })),
    );
  },
};

const day = z
  .array(
    z.object({ symbol: symbolName, openPrice: figure, lastPrice: figure, quoteVolume: amount }),
  )
  .max(10_000);
/** Pairs against this coin stand for the dollar; others would count the same coin again. */
const dollar = 'USDT';

const movers: Question<'movers'> = {
  place: () => ok({ path: '/api/v3/ticker/24hr', query: { type: 'MINI' } }),
  read({ value }) {
    const read = shaped(day, value);
    if (!read.ok) return read;
    const all = read.value
      .filter(({ symbol, openPrice, lastPrice }) => {
        return symbol.endsWith(dollar) && openPrice > 0 && lastPrice > 0;
      })
      .map(({ symbol, openPrice, lastPrice, quoteVolume }): Mover => {
        const name = symbol.slice(0, -dollar.length);
        const changeRatio = lastPrice / openPrice - 1;
        return { symbol, name, priceUsd: lastPrice, changeRatio, volumeUsd: quoteVolume };
      });
    return ok(ranked(all));
  },
};

export const binance: Provider = {
  name: 'binance',
  title: 'Binance',
  homepage: 'https://developers.binance.com/docs/binance-spot-api-docs/faqs/market_data_only',
  url: 'https://data-api.binance.vision',
  key: 'none',
  pace: { requests: 60, perMs: 60_000 },
  mostBars: 1_000,
  asks: { bars, quotes, movers },
  refusal(value, status) {
    if (status < 400) return null;
    const read = z.object({ code: z.int() }).safeParse(value);
    if (read.data?.code === -1121 || read.data?.code === -1100) return 'symbol';
    return read.data?.code === -1003 ? 'limited' : 'failed';
  },
};
