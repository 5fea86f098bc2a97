/** CoinGecko: the crypto market as a whole, and the movers among its larger coins. */
import { z } from 'zod';
import { ok } from '#core/result.ts';
import type { Mover } from '#core/market/market-views.ts';
import type { Provider, Question } from '../provider.ts';
import { ranked } from './ranking.ts';
import { amount, figure, shaped, shownText, symbolName } from './readings.ts';

const inDollars = z.object({ usd: amount.optional() });
const whole = z.object({
  data: z.object({
    total_market_cap: inDollars,
    total_volume: inDollars,
    market_cap_percentage: z.record(
      symbolName,
      amount.refine((percent) => percent <= 100),
    ),
    market_cap_change_percentage_24h_usd: figure.nullish(),
  }),
});
const mostShares = 10;

/** More may be asked with a key; without one it is the same. */
const withKey = (key: string | null): Readonly<Record<string, string>> =>
  key === null ? {} : { x_cg_demo_api_key: key };

const overview: Question<'overview'> = {
  place: (_, key) => ok({ path: '/api/v3/global', query: withKey(key) }),
  read({ value }) {
    const read = shaped(whole, value);
    if (!read.ok) return read;
    const { total_market_cap: cap, total_volume: volume, ...rest } = read.value.data;
    const change = rest.market_cap_change_percentage_24h_usd ?? null;
    return ok({
      capitalisationUsd: cap.usd ?? null,
      capitalisationChangeRatio: change === null ? null : change / 100,
      volumeUsd: volume.usd ?? null,
      dominance: Object.entries(rest.market_cap_percentage)
        .map(([symbol, percent]) => ({ symbol: symbol.toUpperCase(), ratio: percent / 100 }))
        .sort((a, b) => b.ratio - a.ratio)
        .slice(0, mostShares),
    });
  },
};

const coins = z
  .array(
    z.object({
      symbol: symbolName,
      name: shownText,
      current_price: amount.nullable(),
      total_volume: amount.nullable(),
      price_change_percentage_24h: figure.nullable(),
    }),
  )
  .max(250);

const movers: Question<'movers'> = {
  place: (_, key) =>
    ok({
      path: '/api/v3/coins/markets',
      query: {
        ...{ vs_currency: 'usd', order: 'market_cap_desc', per_page: '250', page: '1' },
        ...withKey(key),
      },
    }),
  read({ value }) {
    const read = shaped(coins, value);
    if (!read.ok) return read;
    const all = read.value.flatMap((coin): readonly Mover[] => {
      const { current_price: priceUsd, price_change_percentage_24h: percent } = coin;
      if (priceUsd === null || percent === null) return [];
      const about = { symbol: coin.symbol.toUpperCase(), name: coin.name };
      return [{ ...about, priceUsd, changeRatio: percent / 100, volumeUsd: coin.total_volume }];
    });
    return ok(ranked(all));
  },
};

export const coingecko: Provider = {
  name: 'coingecko',
  title: 'CoinGecko',
  homepage: 'https://www.coingecko.com/en/api',
  url: 'https://api.coingecko.com',
  key: 'welcome',
  pace: { requests: 5, perMs: 60_000 },
  asks: { overview, movers },
};
