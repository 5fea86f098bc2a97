/** The Fear & Greed index of the crypto market, by alternative.me: one figure a day. */
import { z } from 'zod';
import { fail, ok } from '#core/result.ts';
import type { Provider, Question } from '../provider.ts';
import { figure, shaped } from './readings.ts';

const answer = z.object({
  data: z
    .array(
      z.object({
        value: figure.refine((value) => value >= 0 && value <= 100),
        timestamp: figure.refine((seconds) => Number.isSafeInteger(seconds) && seconds > 0),
      }),
    )
    .max(400),
});
const days = 90;

const index: Question<'index'> = {
  place: () => ok({ path: '/fng/', query: { limit: String(days) } }),
  read({ value, nowMs }) {
    const read = shaped(answer, value);
    if (!read.ok) return read;
    const past = read.value.data
      .map((each) => ({ timeMs: Math.min(each.timestamp * 1_000, nowMs), value: each.value }))
      .sort((a, b) => a.timeMs - b.timeMs);
    const last = past.at(-1);
    return last ? ok({ ...last, past }) : fail('nonsense');
  },
};

export const fearGreed: Provider = {
  name: 'fear-greed',
  title: 'Fear & Greed Index (alternative.me)',
  homepage: 'https://alternative.me/crypto/fear-and-greed-index/',
  url: 'https://api.alternative.me',
  key: 'none',
  pace: { requests: 10, perMs: 60_000 },
  asks: { index },
};
