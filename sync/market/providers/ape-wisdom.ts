/** ApeWisdom: how often shares and coins are mentioned in the forums of Reddit. */
import { z } from 'zod';
import { ok } from '#core/result.ts';
import type { Provider, Question } from '../provider.ts';
import { amount, shaped, shownText, symbolName } from './readings.ts';

const answer = z.object({
  results: z
    .array(
      z.object({
        ticker: symbolName,
        name: shownText.transform((text) => text.replaceAll('&amp;', '&')),
        mentions: amount,
        mentions_24h_ago: amount.nullish(),
      }),
    )
    .max(1_000),
});
const mostShown = 50;

const mentions: Question<'mentions'> = {
  place: () => ok({ path: '/api/v1.0/filter/all/page/1', query: {} }),
  read({ value }) {
    const read = shaped(answer, value);
    if (!read.ok) return read;
    const most = read.value.results
      .map((each) => ({
        symbol: each.ticker,
        name: each.name,
        mentions: each.mentions,
        mentionsBefore: each.mentions_24h_ago ?? null,
      }))
      .sort((a, b) => b.mentions - a.mentions)
      .slice(0, mostShown);
    return ok({ most });
  },
};

export const apeWisdom: Provider = {
  name: 'apewisdom',
  title: 'ApeWisdom (Reddit mentions)',
  homepage: 'https://apewisdom.io/api/',
  url: 'https://apewisdom.io',
  key: 'none',
  pace: { requests: 6, perMs: 60_000 },
  asks: { mentions },
};
